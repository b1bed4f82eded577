import { createHash } from 'node:crypto'
import { constants, createWriteStream } from 'node:fs'
import { mkdir, open, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable, Transform, type TransformCallback, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** One file of a backup: `path` within its folder, bytes and SHA-256 (hexadecimal) as they lie there. */
export type Part = { path: string; size: number; sha256: string }

/** What passed through: bytes, lines and SHA-256. Hands everything on as it came. */
export class Counter extends Transform {
  size = 0
  lines = 0
  readonly #hash = createHash('sha256')

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback) {
    this.size += chunk.length
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) this.lines++
    this.#hash.update(chunk)
    done(null, chunk)
  }

  /** To be asked once, at the end. */
  sha256(): string {
    return this.#hash.digest('hex')
  }
}

/** A place for what is only to be counted. */
export const nowhere = async (source: AsyncIterable<Uint8Array>) => {
  for await (const _ of source);
}

/** Writes a part durably through the given steps. What is there already is not overwritten. */
export async function writePart(
  folder: string,
  path: string,
  source: AsyncIterable<Uint8Array>,
  ...steps: readonly Transform[]
): Promise<Part> {
  const whole = join(folder, path)
  await mkdir(dirname(whole), { recursive: true, mode: 0o700 })
  const counter = new Counter()
  const out: Writable = createWriteStream(whole, { flags: 'wx', mode: 0o600, flush: true })
  await pipeline([Readable.from(source), ...steps, counter, out])
  return { path, size: counter.size, sha256: counter.sha256() }
}

/** What a file is now, or null where there is none. A link is none: what it leads to belongs to somebody else. */
export async function measure(path: string): Promise<{ size: number; sha256: string } | null> {
  const counter = new Counter()
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)
    await pipeline(file.createReadStream(), counter, nowhere)
  } catch (error) {
    if (['ENOENT', 'EISDIR', 'ENOTDIR', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  }
  return { size: counter.size, sha256: counter.sha256() }
}

/** Every file below a folder, as paths within it; none where there is no folder. */
export async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw error
    },
  )
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}
