import { createReadStream } from 'node:fs'
import { mkdir, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Witness } from '#core/outside.ts'
import { syncFolder } from '../sync-folder.ts'
import { isWhole } from './whole.ts'

/** More than the longest line. */
const tailBytes = 4 * 1024 * 1024

/**
 * A witness in a folder: TENANT/YYYY-MM-DD.jsonl, to which lines are only added. Operators may let the file system hold
 * that (`chattr +a`). Several processes may share it: on a local file system an append is not torn by another.
 */
export function folderWitness(folder: string): Witness {
  const filesOf = async (tenant: string) => {
    const names = await readdir(join(folder, tenant)).catch(ignoreMissing)
    return (names ?? [])
      .filter((name) => /^\d{4}-\d{2}-\d{2}\.jsonl$/.test(name))
      .sort()
      .map((name) => join(folder, tenant, name))
  }
  return {
    name: folder,

    async keep(tenant, line, at) {
      const home = join(folder, tenant)
      await mkdir(home, { recursive: true, mode: 0o700 })
      // Never before what is there already, even when the clock was set back: the order of names is the order of lines.
      const last = (await filesOf(tenant)).at(-1)
      const today = join(home, `${at.toISOString().slice(0, 10)}.jsonl`)
      const file = await open(last && last > today ? last : today, 'a+', 0o600)
      try {
        const { size } = await file.stat()
        const end = Buffer.alloc(1)
        if (size > 0) await file.read(end, 0, 1, size - 1)
        // Half a line of a crash is closed, so that it does not swallow ours.
        const begin = size > 0 && end[0] !== 10 ? '\n' : ''
        await file.appendFile(`${begin}${line}\n`)
        await file.sync()
      } finally {
        await file.close()
      }
      await syncFolder(home)
      await syncFolder(folder)
    },

    async last(tenant) {
      for (const path of (await filesOf(tenant)).reverse()) {
        const file = await open(path, 'r')
        try {
          const { size } = await file.stat()
          const from = Math.max(0, size - tailBytes)
          const tail = Buffer.alloc(size - from)
          await file.read(tail, 0, tail.length, from)
          const found = tail.toString('utf8').split('\n').findLast(isWhole)
          if (found) return found
        } finally {
          await file.close()
        }
      }
      return null
    },

    async *lines(tenant) {
      for (const path of await filesOf(tenant)) {
        for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
          if (line !== '') yield line
        }
      }
    },
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
