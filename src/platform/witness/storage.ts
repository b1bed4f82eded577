import { addDays } from '#core/dates.ts'
import { newId } from '#core/ids.ts'
import type { Witness } from '#core/outside.ts'
import { chunksOf, type Storage } from '../storage.ts'
import { isWhole } from './whole.ts'

/** How many days back the last line is looked for before everything is listed. */
const nearDays = 7

/**
 * A witness in an object store: one object for each line, TENANT/YYYY-MM-DD/ID. Ids are of the time (UUIDv7), so the order
 * of keys is the order of lines. That nobody replaces or removes one is the bucket's task (versions, object lock).
 */
export function storageWitness(name: string, storage: Storage): Witness {
  const newest = new Map<string, string>()
  const keysIn = async (folder: string) => {
    const keys: string[] = []
    for await (const { key } of storage.list(folder)) keys.push(key)
    return keys.sort()
  }
  /** Keys from the newest on, a day at a time, as far as a day back; then all. */
  async function* backwards(tenant: string) {
    const today = new Date().toISOString().slice(0, 10)
    let found = false
    // Tomorrow too: clocks of several machines differ.
    for (let back = -1; back < nearDays && !found; back++) {
      for (const key of (await keysIn(`${tenant}/${addDays(today, -back)}`)).reverse()) {
        found = true
        yield key
      }
    }
    yield* (await keysIn(tenant)).reverse()
  }
  const newestKey = async (tenant: string) => {
    for await (const key of backwards(tenant)) return key
    return null
  }
  const read = async (key: string) => {
    const found = await storage.get(key)
    if (!found) return ''
    const parts: Uint8Array[] = []
    for await (const part of chunksOf(found.stream)) parts.push(part)
    return Buffer.concat(parts).toString('utf8').trimEnd()
  }
  return {
    name,

    async keep(tenant, line, at) {
      const known = newest.get(tenant)
      // Never before what is there already, even when the clock was set back: then others may have gone further meanwhile.
      const before = known && timeOf(known) < at.getTime() ? known : await newestKey(tenant)
      const time = Math.max(at.getTime(), before === null ? 0 : timeOf(before) + 1)
      const key = `${tenant}/${new Date(time).toISOString().slice(0, 10)}/${newId(time)}`
      const body = Buffer.from(`${line}\n`)
      await storage.put(key, once(body), { size: body.length })
      newest.set(tenant, key)
    },

    async last(tenant) {
      for await (const key of backwards(tenant)) {
        const line = await read(key)
        if (isWhole(line)) return line
      }
      return null
    },

    async *lines(tenant) {
      for (const key of await keysIn(tenant)) yield await read(key)
    },
  }
}

/** The milliseconds that a key was made of (RFC 9562: the first 48 bits). */
const timeOf = (key: string): number => Number.parseInt((key.split('/').at(-1) ?? '').replace('-', '').slice(0, 12), 16)

async function* once(body: Uint8Array) {
  yield body
}
