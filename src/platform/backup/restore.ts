import { createReadStream } from 'node:fs'
import { cp, mkdir, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type pg from 'pg'
import type { Storage } from '../storage.ts'
import { BackupRefused, type Manifest, pathOfFile, type SavedFile } from './manifest.ts'
import { Counter } from './parts.ts'
import {
  addPartitions,
  connectAdmin,
  fillTable,
  hashTable,
  jobsVersion,
  listTables,
  nameOf,
  type Shape,
} from './tables.ts'

/** Where a backup is restored to. */
export type Target = {
  adminUrl: string
  storage: Pick<Storage, 'put'>
  /** Gives the empty database the shape that the backup had: these migrations and no others. */
  prepare(migrations: Manifest['migrations']): Promise<void>
}

/** Throws unless the database holds no table yet. */
export async function assertEmptyDatabase(adminUrl: string, place: string) {
  const admin = await connectAdmin(adminUrl)
  try {
    if ((await listTables(admin)).length > 0)
      throw new BackupRefused(`The database of ${place} holds data: a backup is restored to an empty place only.`)
  } finally {
    await admin.end()
  }
}

/**
 * Fills an empty database and the storage from a backup that has been checked (`checkBackup`). The tables are filled in one
 * transaction, and read again and compared with what was saved before it is committed.
 */
export async function restoreBackup(
  folder: string,
  { manifest, files }: { manifest: Manifest; files: readonly SavedFile[] },
  target: Target,
) {
  await target.prepare(manifest.migrations)
  const admin = await connectAdmin(target.adminUrl)
  try {
    const shapes = await matchingShapes(admin, manifest)
    await admin.query('begin')
    // Foreign keys held when it was saved, in one snapshot; checking them anew would ask for an order of tables.
    await admin.query("set local session_replication_role = 'replica'")
    await addPartitions(admin, manifest.partitions)
    await admin.query(`truncate ${manifest.tables.map(nameOf).join(', ')}`)
    for (const [at, saved] of manifest.tables.entries()) {
      await fillTable(admin, saved, folder)
      const now = await hashTable(admin, shapes[at]!)
      if (now.rows !== saved.rows || now.sha256 !== saved.sha256)
        throw new Error(`The table ${nameOf(saved)} is not what was saved: ${now.rows} rows instead of ${saved.rows}.`)
    }
    for (const sequence of manifest.sequences.filter(({ value }) => value !== null))
      await admin.query('select setval($1::regclass, $2::bigint)', [nameOf(sequence), sequence.value])
    await admin.query('commit')
    await admin.query('analyze')
  } finally {
    await admin.end().catch(() => undefined)
  }
  for (const file of files) if (!file.missing) await restoreFile(folder, file, target.storage)
}

/** The tables as they were made now must be those of the backup, column by column. */
async function matchingShapes(admin: pg.Client, manifest: Manifest): Promise<Shape[]> {
  const version = await jobsVersion(admin)
  const other = `restore it with Attaka ${manifest.attaka}, which made it, and upgrade then`
  if (version !== manifest.jobs)
    throw new BackupRefused(
      `The backup has job tables of version ${manifest.jobs}, this Attaka of ${version}: ${other}.`,
    )
  const shapes = await listTables(admin)
  const said = ({ columns, ...table }: { schema: string; name: string; columns: string[] }) =>
    `${nameOf(table)} (${columns.toSorted().join()})`
  const here = new Map(shapes.map((shape) => [said(shape), shape]))
  const matching = manifest.tables.map((saved) => {
    const shape = here.get(said(saved))
    return shape && { ...shape, columns: saved.columns }
  })
  const missing = manifest.tables.find((_, at) => !matching[at]) ?? (shapes.length > matching.length && shapes[0])
  if (missing)
    throw new BackupRefused(`The tables of the backup are not those of this Attaka (${nameOf(missing)}): ${other}.`)
  return matching as Shape[]
}

async function restoreFile(folder: string, { key, size, sha256 }: SavedFile, storage: Target['storage']) {
  const counter = new Counter()
  await storage.put(key, createReadStream(join(folder, pathOfFile(key))).pipe(counter), { size })
  if (counter.sha256() !== sha256) throw new Error(`The file ${key} changed while it was restored.`)
}

/**
 * Puts back what belonged to the data folder. Returns the places that were not empty and were left as they are: what a
 * witness outside of the data folder knows is worth more than what a backup says of it.
 */
export async function restoreOthers(
  folder: string,
  { others }: Manifest,
  places: readonly { name: string; path: string }[],
): Promise<string[]> {
  const left: string[] = []
  for (const { name, path } of places) {
    const parts = others.filter((one) => one.path === name || one.path.startsWith(`${name}/`))
    if (parts.length === 0) continue
    const there = await readdir(path).catch(() => [])
    if (there.length > 0) {
      left.push(path)
      continue
    }
    for (const part of parts) {
      const to = join(path, part.path.slice(name.length))
      await mkdir(dirname(to), { recursive: true, mode: 0o700 })
      await cp(join(folder, part.path), to, { force: false, errorOnExist: true, preserveTimestamps: true })
    }
  }
  return left
}
