import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What a data folder remembers about its database server, in `database.json` (readable by its owner only). */
export type ServerRecord = {
  /** Absolute, when the data could not live in the data folder itself; null = it does. */
  place: string | null
  /** The TCP port on 127.0.0.1 of the last start. */
  port: number | null
  passwords: { admin: string; owner: string; app: string }
}

/**
 * Reads the record of a data folder, or makes the first one (and keeps it, before anything is made that needs it).
 * @returns fresh: the passwords are new, so an existing server doesn't know them yet
 * @throws one sentence when the file is damaged
 */
export function openRecord(dataDir: string): { record: ServerRecord; fresh: boolean } {
  const path = join(dataDir, 'database.json')
  const text = readIfThere(path)
  if (text !== null) {
    const record = parse(text)
    if (record) return { record, fresh: false }
    throw new Error(`${path} is damaged: move it away and start again (the data is not in it; new passwords are made).`)
  }
  const password = () => randomBytes(24).toString('base64url')
  const record = { place: null, port: null, passwords: { admin: password(), owner: password(), app: password() } }
  saveRecord(dataDir, record)
  return { record, fresh: true }
}

/** Keeps the record so that a crash leaves either the old one or the new one, never half of it. */
export function saveRecord(dataDir: string, record: ServerRecord): void {
  const path = join(dataDir, 'database.json')
  const draft = `${path}.new`
  const file = openSync(draft, 'w', 0o600)
  writeSync(file, `${JSON.stringify(record, null, 2)}\n`)
  fsyncSync(file)
  closeSync(file)
  renameSync(draft, path)
  flushFolder(dirname(path))
}

/** A rename is durable only when its folder is. */
export function flushFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

/** The text of a file, or null if there is no such file. */
export function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

function parse(text: string): ServerRecord | null {
  try {
    const { place, port, passwords } = JSON.parse(text)
    const words = [passwords.admin, passwords.owner, passwords.app]
    const whole =
      (place === null || typeof place === 'string') &&
      (port === null || Number.isInteger(port)) &&
      words.every((word) => typeof word === 'string' && /^[\w-]{20,}$/.test(word))
    return whole ? { place, port, passwords } : null
  } catch {
    return null
  }
}
