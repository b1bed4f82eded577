import { Overloaded } from '#platform/fair-queue.ts'
import type { Ctx } from './context.ts'
import { Unreadable } from './trouble.ts'

/** All that this process holds of bodies at once, in bytes; files stream past it. Beyond, people are asked to wait. */
const mostHeld = 64 * 1024 * 1024
let held = 0

/**
 * Reads the whole body as UTF-8; anything else than well-formed text within `limit` bytes is refused.
 * @throws Overloaded when too much is being read for others
 */
export async function readText(c: Ctx, limit: number): Promise<string> {
  const length = Number(c.req.header('content-length') ?? 0)
  if (length > limit) throw new Unreadable(413, 'too large')
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of unbroken(c.req.raw.body)) {
      size += chunk.byteLength
      held += chunk.byteLength
      if (size > limit) throw new Unreadable(413, 'too large')
      if (held > mostHeld) throw new Overloaded('too much is being read')
      chunks.push(chunk)
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch (error) {
    if (error instanceof TypeError) throw new Unreadable(400, 'not UTF-8')
    throw error
  } finally {
    held -= size
  }
}

/** A sender who hangs up is no fault of ours: its ECONNRESET would be taken for the database's. */
async function* unbroken(body: ReadableStream<Uint8Array> | null) {
  try {
    yield* body ?? []
  } catch {
    throw new Unreadable(400, 'cut off')
  }
}
