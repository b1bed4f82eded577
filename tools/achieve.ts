import { parseArgs } from 'node:util'
import { answerFile } from '../src/modules/plans/rules/achievement/answer-file.ts'
import { gathered } from '../src/modules/plans/rules/achievement/bytes.ts'
import { mostFaults, readGivenText, WrongGiven, writeWhole, wrongInput } from './operate/given.ts'

/**
 * Computes achievements exactly: npm run -s achieve -- FILE.json [--all-methods]
 * The file holds one object or a list; the answers come as JSON in the same shape and order. docs/achievement.md describes both.
 * Ends with 0, or with 2 where the file is at fault: then every fault is named by its path (the first 100, and how many more), and nothing is
 * printed on stdout.
 */

const usage = 'Usage: npm run -s achieve -- FILE.json [--all-methods]'
function stop(sentences: readonly string[]): never {
  writeWhole(2, Buffer.from(`${sentences.join('\n')}\n`))
  process.exit(wrongInput)
}

function asked() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { 'all-methods': { type: 'boolean', default: false } },
    })
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0) return stop([usage])
    return { file, all: values['all-methods'] }
  } catch (error) {
    return stop([(error as Error).message, usage])
  }
}

function read(file: string): string {
  try {
    return readGivenText(file)
  } catch (error) {
    if (error instanceof WrongGiven) return stop([error.message])
    throw error
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
for (const block of answers.blocks()) writeWhole(1, block)
