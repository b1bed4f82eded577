import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { scanJsonText } from '#core/json-text.ts'

/** What a command can't use in a file; `path` leads to the place within it, and is empty for the file as a whole. */
export type GivenFault = { path: string; code: string; ja: string; en: string }

/** A file that was given can't be used: said by the sentences of its message, one a line; the command ends with `wrongInput`. */
export class WrongGiven extends Error {
  readonly file: string
  readonly faults: readonly GivenFault[]
  constructor(file: string, faults: readonly GivenFault[]) {
    const called = file === '-' ? '標準入力 (stdin)' : file
    super(faults.map(({ path, ja, en }) => `${called}: ${path === '' ? '' : `${path}: `}${ja} / ${en}`).join('\n'))
    this.file = called
    this.faults = faults
  }
}

/** More faults than these are counted only. */
export const mostFaults = 100

/** How a command ends where what it was given is wrong: a file, or its own arguments. */
export const wrongInput = 2

/** What is read of any file, in bytes, unless a command's own limit is lower: V8 holds texts of half a GiB. */
export const mostBytes = 256 * 1024 * 1024

/** The bytes of a file; "-" is the standard input. Throws `WrongGiven` where there are none to read, or more than `most`. */
export function readGivenBytes(file: string, most = mostBytes): Uint8Array {
  const chunks: Buffer[] = []
  let size = 0
  try {
    const from = file === '-' ? 0 : openSync(file, 'r')
    try {
      for (let chunk = readChunk(from); chunk.length > 0 && size <= most; chunk = readChunk(from)) {
        chunks.push(chunk)
        size += chunk.length
      }
    } finally {
      if (from !== 0) closeSync(from)
    }
  } catch (error) {
    const reason = (error as Error).message
    throw wrong(file, 'unreadable', `読めません（${reason}）`, `can't be read: ${reason}`)
  }
  if (size > most)
    throw wrong(
      file,
      'too-large',
      `大きすぎます。読むのは${most}バイトまでです`,
      `is too large: at most ${most} bytes are read`,
    )
  return Buffer.concat(chunks)
}

/** A file as text, without its byte order mark. Throws `WrongGiven`, also where it is no UTF-8. */
export function readGivenText(file: string, most = mostBytes): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readGivenBytes(file, most))
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw wrong(file, 'no-text', 'UTF-8の文字ではありません', 'is not text in UTF-8')
  }
}

/** A file as JSON. Throws `WrongGiven`, also where it breaks off, or where a key stands twice, of which a parser would keep the last. */
export function readGivenJson(file: string, most = mostBytes): unknown {
  const text = readGivenText(file, most)
  const { brokenAt, faults } = scanJsonText(text)
  if (brokenAt) {
    const { line, column } = brokenAt
    const ja = `${line}行${column}文字目で、JSONとして読めなくなります`
    throw wrong(file, 'no-json', ja, `is no JSON: it breaks off at line ${line}, column ${column}`)
  }
  if (faults.length > 0) {
    const [ja, en] = ['同じ名前が2つあります', 'stands there twice']
    throw new WrongGiven(
      file,
      faults.map(({ path }) => ({ path, code: 'twice', ja, en })),
    )
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    // Deeper than it was scanned.
    const reason = (error as Error).message
    throw wrong(file, 'no-json', `JSONとして読めません（${reason}）`, `is no JSON: ${reason}`)
  }
}

/** Writes all of it, whatever reads it: a pipe that is full is waited for, one that is closed ends the command in silence. */
export function writeWhole(to: 1 | 2, bytes: Uint8Array): void {
  let rest = bytes
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(to, rest))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EPIPE') process.exit(0)
      if (code !== 'EAGAIN') throw error
      waitABit()
    }
  }
}

const wrong = (file: string, code: string, ja: string, en: string) => new WrongGiven(file, [{ path: '', code, ja, en }])

/** The next bytes; none at the end. A pipe that has nothing to say yet is waited for. */
function readChunk(from: number): Buffer {
  const chunk = Buffer.allocUnsafe(1 << 20)
  for (;;) {
    try {
      return chunk.subarray(0, readSync(from, chunk))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      waitABit()
    }
  }
}

const waitABit = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
