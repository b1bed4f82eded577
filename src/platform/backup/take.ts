import { createReadStream } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type pg from 'pg'
import { locks } from '../locks.ts'
import { chunksOf, type Storage } from '../storage.ts'
import { syncFolder } from '../sync-folder.ts'
import {
  BackupRefused,
  type KeptFile,
  type Manifest,
  mayBePart,
  pathOfFile,
  type SavedFile,
  writeManifest,
} from './manifest.ts'
import { filesIn, type Part, writePart } from './parts.ts'
import { connectAdmin, jobsVersion, listPartitions, listSequences, listTables, saveTable } from './tables.ts'

/** What a backup is taken of. */
export type Source = {
  /** The superuser's address: row-level security would hide rows from anybody else. */
  adminUrl: string
  storage: Pick<Storage, 'get'>
  /** A query that lists the kept files of the whole database: `key`, `size`, `sha256`. */
  keptFiles: string
  /** Files and folders that belong to the data folder, by the names that they get in the backup. */
  others: readonly { name: string; path: string }[]
  /** The version of the program. */
  attaka: string
}

/**
 * Takes a backup into a new or empty folder, while the application works on. Everything is of one moment: tables by one
 * snapshot; and the files that this snapshot names, which are never changed, and of which none is removed meanwhile
 * because the backup holds the lock that removals ask for. Interrupted at any moment it leaves no manifest.
 *
 * @returns the manifest, and the files that the storage had lost or damaged before
 */
export async function takeBackup(source: Source, folder: string): Promise<{ manifest: Manifest; lost: SavedFile[] }> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if ((await readdir(folder)).length > 0)
    throw new BackupRefused(`${folder} is not empty: a backup needs a folder of its own.`)
  const admin = await connectAdmin(source.adminUrl)
  try {
    await admin.query('select pg_advisory_lock($1)', [locks.removals])
    // Before the snapshot: what a witness knows must be in the database that is saved.
    const others = await saveOthers(source.others, folder)
    await admin.query('begin isolation level repeatable read read only')
    const tables = []
    for (const shape of await listTables(admin)) tables.push(await saveTable(admin, shape, folder))
    const told = await shapeOf(admin)
    const { rows: kept } = await admin.query<KeptFile>(source.keptFiles)
    const sequences = await listSequences(admin)
    const partitions = await listPartitions(admin)
    await admin.query('commit')

    const files = await saveFiles(source.storage, kept, folder)
    const list = files.map((file) => `${JSON.stringify(file)}\n`).join('')
    const manifest: Manifest = {
      format: 'attaka-backup',
      version: 1,
      attaka: source.attaka,
      madeAt: new Date().toISOString(),
      ...told,
      tables,
      partitions,
      sequences,
      files: {
        ...(await writePart(folder, 'files.jsonl', Readable.from([Buffer.from(list)]))),
        count: files.length,
        bytes: files.reduce((sum, { size }) => sum + size, 0),
      },
      others,
    }
    await syncAll(folder)
    await writeManifest(folder, manifest)
    return { manifest, lost: lostOf(files, kept) }
  } finally {
    // Ends the transaction and frees the lock, whatever happened.
    await admin.end().catch(() => undefined)
  }
}

async function shapeOf(admin: pg.Client) {
  const { rows } = await admin.query<Manifest['migrations'][number]>(
    'select module, name, sha256 from migration order by at, module, name',
  )
  const server = await admin.query<{ version: string }>("select current_setting('server_version') as version")
  return { migrations: rows, server: server.rows[0]?.version ?? '', jobs: await jobsVersion(admin) }
}

async function saveOthers(others: Source['others'], folder: string): Promise<Part[]> {
  const parts: Part[] = []
  for (const { name, path } of others) {
    const inside = await filesIn(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOTDIR') return null
      throw error
    })
    for (const one of inside ?? ['']) {
      if (!mayBePart(one || name))
        throw new BackupRefused(
          `${JSON.stringify(join(path, one))} can't be restored under such a name: move it away first.`,
        )
      // Up to where it reaches now: a witness may be told more while we read.
      const from = createReadStream(one ? join(path, one) : path)
      parts.push(await writePart(folder, one ? `${name}/${one}` : name, from))
    }
  }
  return parts
}

/** Copies the bytes; what the storage has lost is noted, and what is not what it should be is saved as it is. */
async function saveFiles(storage: Source['storage'], kept: readonly KeptFile[], folder: string): Promise<SavedFile[]> {
  const saved: SavedFile[] = []
  for (const { key, size, sha256 } of kept.toSorted((one, other) => (one.key < other.key ? -1 : 1))) {
    const found = await storage.get(key)
    if (!found) {
      saved.push({ key, size: Number(size), sha256, missing: true })
      continue
    }
    const part = await writePart(folder, pathOfFile(key), chunksOf(found.stream))
    saved.push({ key, size: part.size, sha256: part.sha256 })
  }
  return saved
}

const lostOf = (saved: readonly SavedFile[], kept: readonly KeptFile[]): SavedFile[] => {
  const right = new Map(kept.map(({ key, sha256 }) => [key, sha256]))
  return saved.filter(({ key, sha256, missing }) => missing || right.get(key) !== sha256)
}

/** The names of the parts are durable before the manifest is. */
async function syncAll(folder: string) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  for (const entry of entries) if (entry.isDirectory()) await syncFolder(join(entry.parentPath, entry.name))
  await syncFolder(folder)
}
