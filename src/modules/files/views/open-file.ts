import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Reference } from '#core/reference.ts'
import { Refusal } from '#core/refusal.ts'
import { ownersOf, type Scene } from '#core/scene.ts'
import { show } from '#core/view.ts'
import { findFile, findStaged, type KeptFile } from '../queries.ts'
import { downloadHeaders } from '../rules.ts'
import { file, fileAbout } from './file.ts'

/** A download: read the stream to its end or cancel it. `gone`: the record is there, its bytes aren't. `away`: try later. */
export type Opened =
  | { found: 'open'; stream: ReadableStream<Uint8Array>; headers: Record<string, string> }
  | { found: 'gone' | 'away' }

/**
 * Opens a kept file. Who may is decided by the module that owns the thing it is about, or by the caller, who then names
 * that thing in `about`. The reading is recorded and committed first. Throws a `Refusal`.
 */
export async function openFile(scene: Scene, id: string, about?: Reference): Promise<Opened> {
  const shown = await show(about ? fileAbout(about) : file, scene, { id })
  const kept = await scene.look(findFile, shown.file)
  if (!kept) throw new Refusal('missing', 'no such file')
  return open(scene, kept)
}

/** Opens a staged file for those who staged it, to see what they attached. Throws `Refusal('missing')`. */
export async function openStaged(scene: Scene, token: string): Promise<Opened> {
  const hash = scene.outside.sealer.hashToken(token)
  const staged = await scene.look((db) => findStaged(db, hash, ownersOf(scene), scene.now).executeTakeFirst())
  if (!staged) throw new Refusal('missing', 'no such staged file')
  return open(scene, staged)
}

type Stored = Omit<KeptFile, 'file'> & { key: string }

async function open({ outside }: Scene, stored: Stored): Promise<Opened> {
  // The storage's own message may name keys and hosts; which request failed stands in the log by its status.
  const bytes = await outside.storage.get(stored.key).catch(() => 'away' as const)
  if (bytes === 'away') return { found: 'away' }
  if (!bytes) return { found: 'gone' }
  if (bytes.size !== stored.size) {
    await bytes.stream.cancel()
    return { found: 'gone' }
  }
  const stream = Readable.toWeb(Readable.from(proven(bytes.stream, stored.sha256))) as ReadableStream<Uint8Array>
  return { found: 'open', stream, headers: downloadHeaders(stored) }
}

/** Holds the last bytes back until all are known to be those that were received: a changed file never arrives whole. */
async function* proven(stream: ReadableStream<Uint8Array>, sha256: string) {
  const hash = createHash('sha256')
  let held: Uint8Array | null = null
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) {
    hash.update(chunk)
    if (held) yield held
    held = chunk
  }
  if (hash.digest('hex') !== sha256) throw new Error('a stored file is not what was received')
  if (held) yield held
}
