import { readFileSync, statSync, writeSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { answerFile } from '../src/modules/plans/rules/achievement/answer-file.ts'
import { gathered } from '../src/modules/plans/rules/achievement/bytes.ts'

/**
 * Computes achievements exactly: npm run -s achieve -- FILE.json [--all-methods]
 * The file holds one object or a list; the answers come as JSON in the same shape and order. docs/achievement.md describes both.
 * Ends with 0, or with 2 where the file is at fault: then every fault is named by its path (the first 100, and how many more), and nothing is
 * printed on stdout.
 */

const usage = 'Usage: npm run -s achieve -- FILE.json [--all-methods]'
/** V8 holds texts of half a GiB. */
const mostBytes = 256 * 1024 * 1024
/** More faults than these are counted only. */
const mostFaults = 100

function stop(sentences: readonly string[]): never {
  writeAll(2, Buffer.from(`${sentences.join('\n')}\n`))
  process.exit(2)
}

function asked() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { 'all-methods': { type: 'boolean', default: false } },
    })
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0) return stop([usage])
    return { file: resolve(file), all: values['all-methods'] }
  } catch (error) {
    return stop([(error as Error).message, usage])
  }
}

function read(file: string): string {
  try {
    const { size } = statSync(file)
    if (size > mostBytes) stop([`${file}: ファイルが大きすぎます（256 MiBまで）。分けてください。`])
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
  } catch (error) {
    return stop([
      error instanceof TypeError
        ? `${file}: UTF-8の文字ではありません。`
        : `${file}: 読めません（${(error as Error).message}）。`,
    ])
  }
}

/** Synchronous and whole, whatever reads it: a pipe that is full is waited for, one that is closed ends us in silence. */
function writeAll(to: 1 | 2, bytes: Uint8Array) {
  let rest = bytes
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(to, rest))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EPIPE') process.exit(0)
      if (code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}

const { file, all } = asked()
// Kept until it is known that there is no fault.
const answers = gathered()
const faults = answerFile(read(file), all, answers.add)
if (faults.length > 0) {
  const more = faults.length - mostFaults
  stop([
    ...faults.slice(0, mostFaults).map(({ path, sentence }) => `${path}: ${sentence}`),
    ...(more > 0 ? [`ほかに${more}か所あります。`] : []),
  ])
}
for (const block of answers.blocks()) writeAll(1, block)
