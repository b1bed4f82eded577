import { createHash } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { isKey } from '../storage.ts'
import { syncFolder } from '../sync-folder.ts'
import { filesIn, measure, type Part } from './parts.ts'

/** What can't be backed up or restored as it was asked: one sentence for whoever typed it. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused'
}

const hash = z.string().regex(/^[0-9a-f]{64}$/)
/** Below the backup's own folder: whoever restores somebody else's backup must not write elsewhere. */
const inside = /^(?!\.{1,2}(\/|$))[^/\\\p{Cc}]+(\/(?!\.{1,2}(\/|$))[^/\\\p{Cc}]+)*$/u
const below = z.string().regex(inside)

/** Whether something may stand in a backup under this path: what could not be restored is not saved either. */
export const mayBePart = (path: string): boolean => inside.test(path)
const part = z.object({ path: below, size: z.number(), sha256: hash })

/** One table: its rows as COPY writes them (text, in the order of the primary key), packed with gzip in `part`. */
const table = z.object({
  schema: z.string(),
  name: z.string(),
  columns: z.array(z.string()),
  rows: z.number(),
  /** Of the unpacked rows. */
  sha256: hash,
  part,
})

const manifest = z.object({
  format: z.literal('attaka-backup'),
  version: z.literal(1),
  attaka: z.string(),
  madeAt: z.string(),
  server: z.string(),
  /** The shape of the tables: what had been applied. */
  migrations: z.array(z.object({ module: z.string(), name: z.string(), sha256: hash })),
  /** The shape of the job tables. */
  jobs: z.number(),
  tables: z.array(table),
  /** Parts of tables that come and go with the days: their rows are saved with the table that they are parts of. */
  partitions: z.array(z.object({ schema: z.string(), name: z.string(), of: z.string(), bound: z.string() })),
  sequences: z.array(z.object({ schema: z.string(), name: z.string(), value: z.string().nullable() })),
  /** A line for each kept file: key, size, sha256, or missing: true where the storage had lost it. */
  files: part.extend({ count: z.number(), bytes: z.number() }),
  /** What else lies in the data folder and belongs to it: its secret, what the witness in its folder knows. */
  others: z.array(part),
})

export type Manifest = z.output<typeof manifest>
export type SavedTable = z.output<typeof table>

/** A kept file as the database knows it: `sha256` and `size` as they must be. */
export type KeptFile = { key: string; size: number; sha256: string }

/** A line of the list. A key that the storage wouldn't take is refused here, before anything is written anywhere. */
const savedFile = z.object({
  key: z.string().refine(isKey),
  size: z.int().nonnegative(),
  sha256: hash,
  missing: z.literal(true).optional(),
})
export type SavedFile = z.output<typeof savedFile>

const manifestName = 'manifest.json'

/** Where a kept file lies within the backup. */
export const pathOfFile = (key: string) => `files/${key}`

/** Written last and by renaming: a folder with a manifest is a whole backup. */
export async function writeManifest(folder: string, body: Manifest) {
  const text = JSON.stringify(body)
  const draft = join(folder, `${manifestName}.new`)
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(`${JSON.stringify({ body, sha256: digest(text) })}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, join(folder, manifestName))
  await syncFolder(folder)
}

/** Reads a backup and looks at every byte of it. Throws `BackupRefused` unless it is whole, unaltered and of a known form. */
export async function checkBackup(folder: string): Promise<{ manifest: Manifest; files: SavedFile[] }> {
  const found = await readManifest(folder)
  const files = await readFiles(folder, found)
  const parts: Part[] = [
    ...found.tables.map((one) => one.part),
    found.files,
    ...found.others,
    ...files.filter(({ missing }) => !missing).map(({ key, ...rest }) => ({ path: pathOfFile(key), ...rest })),
  ]
  for (const { path, size, sha256 } of parts) {
    const now = await measure(join(folder, path))
    if (!now) throw new BackupRefused(`The backup ${folder} is not whole: ${path} is missing.`)
    if (now.size !== size || now.sha256 !== sha256)
      throw new BackupRefused(`The backup ${folder} was altered or damaged: ${path} is not what was saved.`)
  }
  const known = new Set([manifestName, ...parts.map(({ path }) => path)])
  const stray = (await filesIn(folder)).find((path) => !known.has(path))
  if (stray) throw new BackupRefused(`The backup ${folder} was altered: ${stray} does not belong to it.`)
  return { manifest: found, files }
}

async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, manifestName), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (['ENOENT', 'ENOTDIR'].includes(error.code ?? '')) return null
    throw error
  })
  if (text === null)
    throw new BackupRefused(`${folder} is not a finished backup: it has no ${manifestName}, which is written last.`)
  const damaged = () => new BackupRefused(`The backup ${folder} was altered or damaged: its ${manifestName} is.`)
  let read: { body?: { format?: unknown; version?: unknown }; sha256?: unknown }
  try {
    read = JSON.parse(text)
  } catch {
    throw damaged()
  }
  if (read?.body?.format !== 'attaka-backup') throw new BackupRefused(`${folder} is not a backup of Attaka.`)
  if (read.sha256 !== digest(JSON.stringify(read.body)) || text !== `${JSON.stringify(read)}\n`) throw damaged()
  if (read.body.version !== 1)
    throw new BackupRefused(`The backup ${folder} was made by a newer Attaka: restore it with that one.`)
  const parsed = manifest.safeParse(read.body)
  if (!parsed.success) throw damaged()
  return parsed.data
}

/** The list of files, which may be long, is a part of its own. */
async function readFiles(folder: string, { files }: Manifest): Promise<SavedFile[]> {
  const text = await readFile(join(folder, files.path), 'utf8').catch(() => null)
  if (text === null) throw new BackupRefused(`The backup ${folder} is not whole: ${files.path} is missing.`)
  if (digest(text) !== files.sha256)
    throw new BackupRefused(`The backup ${folder} was altered or damaged: ${files.path} is not what was saved.`)
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const saved = savedFile.safeParse(readLine(line))
      if (!saved.success)
        throw new BackupRefused(
          `The backup ${folder} was altered or damaged: ${files.path} names what is no kept file.`,
        )
      return saved.data
    })
}

function readLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex')
