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
  const keysIn = async (folder: string) => {
    const keys: string[] = []
    for await (const { key } of storage.list(folder)) keys.push(key)
    return keys.sort()
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
      const key = `${tenant}/${at.toISOString().slice(0, 10)}/${newId(at.getTime())}`
      const body = Buffer.from(`${line}\n`)
      await storage.put(key, one(body), { size: body.length })
    },

    async last(tenant) {
      const today = new Date().toISOString().slice(0, 10)
      // Tomorrow too: clocks of several machines differ.
      for (let back = -1; back < nearDays; back++) {
        for (const key of (await keysIn(`${tenant}/${addDays(today, -back)}`)).reverse()) {
          const line = await read(key)
          if (isWhole(line)) return line
        }
      }
      for (const key of (await keysIn(tenant)).reverse()) {
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

async function* one(body: Uint8Array) {
  yield body
}
