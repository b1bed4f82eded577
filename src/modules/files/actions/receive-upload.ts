import { perform } from '#core/action.ts'
import type { Scene } from '#core/scene.ts'
import { cleanFileName } from '#platform/storage/file-name.ts'
import { type FileFault, FileRefused, type Received, receiveFile } from '#platform/storage/receive.ts'
import { type IncomingFile, uploadBytes } from '#web/input.ts'
import { bounded, type Limits, typesOf, withEnding } from '../limits.ts'
import { forgetArriving } from '../queries.ts'
import { storageKey } from '../rules.ts'
import { beginUpload } from './begin-upload.ts'
import { stageFile } from './stage-file.ts'

/** Why a file was not taken: as `FileFault`, more than one may send in an hour, or the storage is away. */
export type UploadFault = FileFault | 'too-many' | 'away'

export type Upload =
  | { ok: true; token: string; name: string; type: string; size: number }
  | { ok: false; fault: UploadFault }

type Circumstances = {
  /** A hash of the address that asks, for its limit. */
  address?: string | null
  /** How long the sender may be silent, in milliseconds. */
  stallMs?: number
}

/**
 * Takes a file as it arrives, outside of any transaction: may they at all, bytes to the storage while they are checked,
 * then the row. Whatever is refused leaves nothing behind; whatever breaks leaves what the sweep finds. Afterwards the
 * incoming stream is read to its end, so that the rest of a form can be read.
 *
 * Throws a `Refusal` where nobody is known (neither sign-in nor browser), RangeError if `accept` holds no ending that
 * can be received, and what the database throws.
 */
export async function receiveUpload(
  scene: Scene,
  incoming: IncomingFile,
  limits: Limits,
  { address = null, stallMs = 30_000 }: Circumstances = {},
): Promise<Upload> {
  const accept = typesOf(limits.accept)
  if (accept.length === 0) throw new RangeError(`no file can be received as ${limits.accept.join(' ')}`)
  const lent = lend(incoming.stream, stallMs)
  try {
    const { id } = await perform(beginUpload, scene, { address })
    if (!id) return { ok: false, fault: 'too-many' }

    // Browsers write a quotation mark in a name as %22 (HTML, multipart/form-data encoding).
    const name = cleanFileName(incoming.name.replaceAll('%22', '"'))
    const stored = await store(scene, id, lent.chunks, { accept, maxBytes: bounded(limits).maxBytes, name })
    if (typeof stored === 'string') {
      // A storage that failed may have kept something after all: its note stays for the sweep.
      if (stored !== 'away') await scene.change((db) => forgetArriving(db, id))
      return { ok: false, fault: stored }
    }

    const { type, size, sha256 } = stored
    const entry = { id, name: withEnding(name, type), type, size, sha256 }
    const { token } = await perform(stageFile, scene, entry)
    if (!token) {
      await scene.outside.storage.remove(storageKey(scene.tenant, id))
      await scene.change((db) => forgetArriving(db, id))
      return { ok: false, fault: 'too-many' }
    }
    return { ok: true, token, name: entry.name, type, size }
  } finally {
    await lent.drain()
  }
}

/** Stores the bytes, or says why not; nothing is kept of what was refused. */
async function store(
  { tenant, outside }: Scene,
  id: string,
  chunks: AsyncIterable<Uint8Array>,
  checks: { accept: readonly string[]; maxBytes: number; name: string },
): Promise<Received | UploadFault> {
  let away = false
  try {
    return await receiveFile(chunks, checks, async (body) => {
      try {
        await outside.storage.put(storageKey(tenant, id), body)
      } catch (error) {
        away = !(error instanceof FileRefused)
        throw error
      }
    })
  } catch (error) {
    if (error instanceof FileRefused) return error.fault
    if (away) return 'away'
    throw error
  }
}

/**
 * Lends a stream that is part of a larger body: who stops early must not destroy it, or the parser would wait for ever.
 * The first read begins at once, as a part that breaks off before anybody listens would end the process; and a sender
 * who falls silent is given up, since a broken connection does not reach a part's own stream.
 */
function lend(stream: AsyncIterable<Uint8Array>, stallMs: number) {
  const source = stream[Symbol.asyncIterator]()
  let ahead: Promise<IteratorResult<Uint8Array>> | null = source.next()
  ahead.catch(() => undefined)
  let over = false

  const next = async () => {
    const coming = ahead ?? source.next()
    ahead = null
    const silence = Promise.withResolvers<never>()
    const timer = setTimeout(() => silence.reject(new Error('the sender fell silent')), stallMs).unref()
    try {
      const chunk = await Promise.race([coming, silence.promise])
      over = chunk.done === true
      return chunk
    } catch (error) {
      over = true
      coming.catch(() => undefined)
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    chunks: { [Symbol.asyncIterator]: () => ({ next }) } satisfies AsyncIterable<Uint8Array>,
    /** Reads on to the end, as far as any body may go. */
    async drain() {
      for (let size = 0; !over && size <= uploadBytes; ) {
        const chunk = await next().catch(() => null)
        size += chunk?.value?.length ?? 0
      }
      if (!over) source.return?.().catch(() => undefined)
    },
  }
}
