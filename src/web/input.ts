import { Readable } from 'node:stream'
import { Busboy, type BusboyInstance } from '@fastify/busboy'
import { Refusal } from '#core/refusal.ts'
import { ja } from '#core/words.ja.ts'
import { holding, readText } from './body.ts'
import type { Ctx } from './context.ts'
import { assertOwnForm, assertSameSite } from './guard.ts'
import { Unreadable } from './trouble.ts'

/** What a form sent: names to values, in order; repeated names keep all their values. */
export type Typed = Record<string, string | string[]>

/** One typed value as text; nothing where there is none, or several. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** A file in a form, to be read before the next part arrives. */
export type IncomingFile = { field: string; name: string; type: string; stream: AsyncIterable<Uint8Array> }

/** Text larger than this in one form is refused before it is read. */
export const formBytes = 512 * 1024
/**
 * A form whose files are being received counts as so much that is held, whatever a storage needs for them (an object store
 * takes parts of five megabytes): so eight at once of one address, beside what was typed in them.
 */
const fileRoom = 1000 * 1024
/** A form with files; each file has its own limit where it is received. */
export const uploadBytes = 64 * 1024 * 1024

/**
 * Reads a posted form, URL-encoded or multipart. Files go to `receive` as they arrive; what it returns stands in the
 * field's place. Without `receive`, files are refused.
 */
export const readForm = (c: Ctx, receive?: Receive) => readBody(c, assertOwnForm, receive)

/**
 * What was typed in a form of ours by a browser that has lost its secret since. Only to be shown to them again, never to
 * be acted upon: that the browser says it comes from this very site is all that is known. Files are let go.
 */
export const readStray = (c: Ctx) => readBody(c, assertSameSite, async () => null)

type Receive = (file: IncomingFile, typed: Typed) => Promise<string | null>
type Assert = (c: Ctx, typed: Typed) => void

async function readBody(c: Ctx, assertOurs: Assert, receive?: Receive): Promise<Typed> {
  const type = c.req.header('content-type') ?? ''
  if (type.startsWith('multipart/form-data')) return readMultipart(c, type, assertOurs, receive)
  if (type && !type.startsWith('application/x-www-form-urlencoded')) throw new Unreadable(415, 'not a form')
  const typed: Typed = Object.create(null)
  for (const [name, value] of new URLSearchParams(await readText(c, formBytes))) put(typed, name, value)
  assertOurs(c, typed)
  return remembered(c, checked(typed))
}

const read = new WeakMap<Request, Typed>()

const remembered = (c: Ctx, typed: Typed) => {
  read.set(c.req.raw, typed)
  return typed
}

/** What this request's form held, once it was read and found to be ours. */
export const typedIn = (c: Ctx): Typed | undefined => read.get(c.req.raw)

/** Reads a JSON body for the API. */
export async function readJson(c: Ctx): Promise<unknown> {
  const text = await readText(c, formBytes)
  if (text === '') return {}
  let value: unknown
  try {
    value = JSON.parse(text, (key, inner) => (key === '__proto__' ? undefined : inner))
  } catch {
    throw new Unreadable(400, 'not JSON')
  }
  if (!wellFormed(value)) throw new Unreadable(400, 'not well-formed text')
  return value
}

async function readMultipart(c: Ctx, type: string, assertOurs: Assert, receive?: Receive): Promise<Typed> {
  if (Number(c.req.header('content-length') ?? 0) > uploadBytes) throw new Unreadable(413, 'too large')
  const typed: Typed = Object.create(null)
  let parser: BusboyInstance
  try {
    parser = new Busboy({
      headers: { 'content-type': type },
      limits: { fieldSize: formBytes, fields: 500, files: 20, parts: 520, headerPairs: 20 },
    })
  } catch {
    throw new Unreadable(400, 'not multipart')
  }
  const body = c.req.raw.body
  if (!body) throw new Unreadable(400, 'empty')
  // Files stream past, text stays: it is counted as that of any other form, and let go once it was looked at.
  const [hold, room] = [holding(c, formBytes), holding(c, fileRoom)]
  const work: Promise<unknown>[] = []
  const whole = new Promise<void>((resolve, reject) => {
    const parts = new Set<Readable>()
    let failed = false
    const fail = (error: unknown) => {
      failed = true
      source.destroy()
      // Whoever reads a part must hear that no more will come.
      for (const part of parts) part.destroy(new Unreadable(400, 'cut off'))
      reject(error)
    }
    parser.on('field', (name, value, nameCut, valueCut) => {
      if (nameCut || valueCut) return fail(new Unreadable(413, 'too large'))
      try {
        hold.add(Buffer.byteLength(name) + Buffer.byteLength(value))
      } catch (error) {
        return fail(error)
      }
      put(typed, name, value)
    })
    parser.on('file', (field, stream, name, _encoding, mime) => {
      // A part that is cut off raises its error on its own stream; unheard, it would end the process.
      stream.on('error', () => undefined)
      parts.add(stream)
      stream.on('close', () => parts.delete(stream))
      // Browsers send an empty part for a file field that was left alone. What the parser still had when all was given up
      // is nobody's: its end may never come.
      if (!name || failed) {
        stream.resume()
        return
      }
      try {
        // The form's token comes first in every form of ours: nothing is received for a forged one.
        assertOurs(c, typed)
      } catch (error) {
        return fail(error)
      }
      if (!receive) return fail(new Unreadable(400, 'no file expected'))
      try {
        // Once for a form: its files come one after another, and those that come at once are small.
        if (work.length === 0) room.add(fileRoom)
      } catch (error) {
        return fail(error)
      }
      const received = receive({ field, name, type: mime, stream }, typed)
        .then((value) => value !== null && put(typed, field, value))
        .finally(() => stream.resume())
      received.catch(fail)
      work.push(received)
    })
    for (const limit of ['fieldsLimit', 'filesLimit', 'partsLimit'] as const) {
      parser.on(limit, () => fail(new Unreadable(413, 'too many parts')))
    }
    parser.on('error', () => fail(new Unreadable(400, 'broken multipart')))
    parser.on('finish', () => Promise.all(work).then(() => resolve(), reject))
    const source = Readable.fromWeb(body as never)
    source.on('error', () => fail(new Unreadable(400, 'cut off')))
    let size = 0
    source.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > uploadBytes) fail(new Unreadable(413, 'too large'))
    })
    source.pipe(parser)
  })
  // A form that is refused is answered once nothing works on its files any more: whoever received one has cleared it away.
  await whole
    .finally(() => Promise.allSettled(work))
    .finally(() => {
      hold.free()
      room.free()
    })
  assertOurs(c, typed)
  return remembered(c, checked(typed))
}

/** Field names can be anything, so the object they land in has no prototype. */
function put(typed: Typed, name: string, value: string) {
  const before = typed[name]
  // In place: copied for every value, a body full of one name would take minutes.
  if (Array.isArray(before)) before.push(value)
  else typed[name] = before === undefined ? value : [before, value]
}

/** PostgreSQL can't store NUL, and half a character is no text: refused in the person's words. */
function checked(typed: Typed): Typed {
  const fields: Record<string, string> = {}
  for (const [name, value] of Object.entries(typed)) {
    if (!wellFormed(name)) throw new Unreadable(400, 'not well-formed text')
    // U+FFFD stands where a byte sequence could not be read.
    if (!wellFormed(value) || String(value).includes('\ufffd')) fields[name] = ja.text.unreadable
  }
  if (Object.keys(fields).length > 0) throw new Refusal('invalid', 'control characters', fields)
  return typed
}

/** Whether every string inside can be stored: no NUL, no lone surrogate. */
export function wellFormed(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed()
  if (Array.isArray(value)) return value.every(wellFormed)
  if (value && typeof value === 'object') {
    return Object.entries(value).every(([key, inner]) => wellFormed(key) && wellFormed(inner))
  }
  return true
}
