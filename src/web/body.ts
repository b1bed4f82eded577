import { Overloaded } from '#platform/fair-queue.ts'
import type { Ctx } from './context.ts'
import { Unreadable } from './trouble.ts'

/**
 * What this process holds of bodies at once, in bytes, in all and of one address; files stream past it. Beyond, people are
 * asked to wait: those of one address, as long as the others leave room.
 */
const mostHeld = { all: 64 * 1024 * 1024, address: 8 * 1024 * 1024 }
const heldOf = new Map<string, number>()
let held = 0

/** Counts what is held of one body. `free` must be called, once, when nothing of it is held any more. */
export function holding({ var: { address } }: Ctx, limit: number) {
  let size = 0
  let over = false
  const put = (bytes: number) => {
    held += bytes
    const near = (heldOf.get(address) ?? 0) + bytes
    if (near > 0) heldOf.set(address, near)
    else heldOf.delete(address)
    return near
  }
  return {
    /** @throws Unreadable over the limit of one body; Overloaded when too much is held of this address, or of all */
    add(bytes: number) {
      // A parser may hand on what it still had after it was told to stop.
      if (over) return
      size += bytes
      const near = put(bytes)
      if (size > limit) throw new Unreadable(413, 'too large')
      if (near > mostHeld.address || held > mostHeld.all) throw new Overloaded('too much is being read')
    },
    free() {
      if (!over) put(-size)
      over = true
    },
  }
}

/**
 * Reads the whole body as UTF-8; anything else than well-formed text within `limit` bytes is refused.
 * @throws Overloaded when too much is being read already
 */
export async function readText(c: Ctx, limit: number): Promise<string> {
  const header = c.req.header('content-length')
  const length = header === undefined ? null : Number(header)
  if (length !== null && length > limit) throw new Unreadable(413, 'too large')
  const hold = holding(c, limit)
  try {
    if (length !== null && length <= small) {
      hold.add(length)
      return utf8(await c.req.raw.arrayBuffer().catch(cutOff))
    }
    const chunks: Uint8Array[] = []
    for await (const chunk of unbroken(c.req.raw.body)) {
      hold.add(chunk.byteLength)
      chunks.push(chunk)
    }
    return utf8(Buffer.concat(chunks))
  } catch (error) {
    if (error instanceof TypeError) throw new Unreadable(400, 'not UTF-8')
    throw error
  } finally {
    hold.free()
  }
}

/** A body that says it is no longer is taken in one piece: to make a web stream of it is more work than to read it. */
const small = 16 * 1024

/** @throws TypeError on anything else than well-formed text */
const utf8 = (bytes: ArrayBuffer | Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes)

/** A sender who hangs up is no fault of ours: its ECONNRESET would be taken for the database's. */
const cutOff = (): never => {
  throw new Unreadable(400, 'cut off')
}

async function* unbroken(body: ReadableStream<Uint8Array> | null) {
  try {
    yield* body ?? []
  } catch {
    cutOff()
  }
}
