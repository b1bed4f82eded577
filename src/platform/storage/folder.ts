import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, stat, unlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { type Body, checkKey, checkSize, chunksOf, type Storage } from '../storage.ts'
import { syncFolder } from '../sync-folder.ts'

const dayMs = 24 * 60 * 60 * 1000

/**
 * Storage in a local folder, made if absent. Several processes may share it.
 * A put writes a temporary file, syncs it, renames it and syncs the folders, so a crash at any moment leaves the old
 * bytes or the new ones (rename(2), fsync(2)).
 */
export function folderStorage(folder: string): Storage {
  const root = resolve(folder)
  const incoming = join(root, '.incoming')
  // A key has no dot: the ending keeps the file `a` apart from the folder of `a/b`.
  const pathOf = (key: string) => join(root, `${checkKey(key)}.file`)
  const ready = durableFolders(dirname(root))
  let swept: Promise<void> | null = null

  return {
    async put(key, body, { size } = {}) {
      const path = pathOf(key)
      await ready(incoming)
      swept ??= sweep(incoming)
      await swept

      const temporary = join(incoming, randomUUID())
      try {
        checkSize(size, await writeDurably(temporary, body))
        await ready(dirname(path))
        await rename(temporary, path)
      } catch (error) {
        await unlink(temporary).catch(ignoreMissing)
        throw error
      }
      await syncFolder(dirname(path))
    },

    async get(key) {
      const file = await open(pathOf(key), 'r').catch(ignoreMissing)
      if (!file) return null
      const { size } = await file.stat()
      return { stream: Readable.toWeb(file.createReadStream()) as ReadableStream<Uint8Array>, size }
    },

    async remove(key) {
      const path = pathOf(key)
      const gone = await unlink(path).then(() => true, ignoreMissing)
      if (gone) await syncFolder(dirname(path))
    },

    list: (within) => (within ? walk(join(root, checkKey(within)), `${within}/`) : walk(root, '')),
  }
}

async function writeDurably(path: string, body: Body): Promise<number> {
  const file = await open(path, 'wx', 0o600)
  try {
    let size = 0
    for await (const chunk of chunksOf(body)) {
      await file.appendFile(chunk)
      size += chunk.length
    }
    await file.sync()
    return size
  } finally {
    await file.close()
  }
}

/**
 * Makes a folder, and every folder above it up to `base`, such that each survives a crash. It does not trust a folder
 * that exists: another process may have made it and not yet synced its parent.
 */
function durableFolders(base: string) {
  const known = new Set<string>()
  return async function ready(path: string): Promise<void> {
    if (known.has(path)) return
    if (path === base) {
      await mkdir(path, { recursive: true, mode: 0o700 })
    } else {
      await ready(dirname(path))
      await mkdir(path, { mode: 0o700 }).catch((error) => {
        if (error.code !== 'EEXIST') throw error
      })
      await syncFolder(dirname(path))
    }
    if (known.size > 10_000) known.clear()
    known.add(path)
  }
}

/** Removes what killed processes left half-written; a living upload is younger than a day. */
async function sweep(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name)
    const info = await stat(path).catch(ignoreMissing)
    if (info && Date.now() - info.mtimeMs > dayMs) await unlink(path).catch(ignoreMissing)
  }
}

async function* walk(folder: string, prefix: string): AsyncGenerator<{ key: string; size: number }> {
  const entries = (await readdir(folder, { withFileTypes: true }).catch(ignoreMissing)) ?? []
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && !entry.name.startsWith('.')) yield* walk(path, `${prefix}${entry.name}/`)
    const info = entry.name.endsWith('.file') ? await stat(path).catch(ignoreMissing) : null
    if (info) yield { key: prefix + entry.name.slice(0, -'.file'.length), size: info.size }
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
  throw error
}
