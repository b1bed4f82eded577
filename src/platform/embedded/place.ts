import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { type Account, canEnter, runAs } from './account.ts'
import type { Cluster } from './cluster.ts'
import { flushFolder, type ServerRecord, saveRecord } from './record.ts'

/** Where root may put the database when its server can't enter the data folder. The first that can be written is used. */
const refuges = ['/var/lib', '/srv', '/opt']

/**
 * Makes the data folder if it is not there, open for passing through (0711): the server's user has to reach its own
 * folder in it. What lies in it is closed file by file.
 * @returns its real path, so that two names of one folder are one folder
 * @throws one sentence when it can't be made or written
 */
export function prepareDataDir(dataDir: string): string {
  try {
    if (mkdirSync(dataDir, { recursive: true, mode: 0o711 })) chmodSync(dataDir, 0o711)
    accessSync(dataDir, constants.W_OK | constants.X_OK)
    return realpathSync(dataDir)
  } catch (error) {
    throw new Error(`DATA_DIR ${dataDir} can't be used: ${(error as Error).message}.`)
  }
}

/** The folder, below the place, that is PostgreSQL's own. */
export const clusterIn = (place: string): string => join(place, 'postgres')

/** No socket's path may be longer (`sun_path` on Linux, without the zero behind it). */
const longestSocket = 107

/**
 * The folder, below the place, in which the server listens besides its port: what comes by it saves both sides the work of a
 * network. Null where the path would be too long.
 */
export function socketIn(place: string): string | null {
  const folder = join(place, 'socket')
  return Buffer.byteLength(join(folder, '.s.PGSQL.65535')) <= longestSocket ? folder : null
}

/** What a server leaves in it when it is killed. */
const leftBehind = /^\.s\.PGSQL\.\d+(\.lock)?$/

/**
 * Makes that folder for a server that is about to start, without what one that was killed has left in it. Open for passing
 * through, as the port is: who comes in says a password.
 * @returns null where it can't be had, or where something else bears its name: then the server listens on its port only
 */
export function openSocketFolder({ folder: cluster, account }: Pick<Cluster, 'folder' | 'account'>): string | null {
  const folder = socketIn(dirname(cluster))
  if (!folder) return null
  try {
    if (!lstatSync(folder, { throwIfNoEntry: false })) mkdirSync(folder)
    if (!lstatSync(folder).isDirectory()) return null
    for (const name of readdirSync(folder)) if (leftBehind.test(name)) rmSync(join(folder, name))
    chmodSync(folder, 0o711)
    if (account) lchownSync(folder, account.uid, account.gid)
    return folder
  } catch {
    return null
  }
}

/**
 * The folder that holds the database: the data folder, or, when the server's user can't enter that one, another that
 * is remembered in it. Data that is already there moves along.
 * @throws one sentence when a remembered place is gone, or there is no other place
 */
export function choosePlace(dataDir: string, record: ServerRecord, account: Account): string {
  if (record.place !== null) {
    if (existsSync(clusterIn(record.place))) return record.place
    throw new Error(
      `The database of ${dataDir} was kept in ${record.place}, which is gone: bring that folder back, or remove ${join(dataDir, 'database.json')} to begin without it.`,
    )
  }
  if (account === null || canEnter(account, dataDir)) return dataDir
  const place = openRefuge(dataDir, account)
  if (existsSync(clusterIn(dataDir)) && !existsSync(clusterIn(place))) move(clusterIn(dataDir), clusterIn(place))
  return place
}

/** Notes a place outside the data folder once it holds a database, so that later starts look nowhere else. */
export function rememberPlace(dataDir: string, record: ServerRecord, place: string): void {
  if (place === dataDir || record.place === place) return
  record.place = place
  saveRecord(dataDir, record)
}

function openRefuge(dataDir: string, account: NonNullable<Account>): string {
  // From the path, so that a start that was killed before it could remember anything finds the same place again.
  const name = `attaka-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`
  for (const refuge of refuges) {
    const place = join(refuge, name)
    try {
      mkdirSync(place, { mode: 0o711, recursive: true })
      chmodSync(place, 0o711)
    } catch {
      continue
    }
    if (canEnter(account, place)) return place
  }
  throw new Error(
    `The database server runs as the user "${account.name}", who can't enter ${dataDir}, nor could another folder be made in ${refuges.join(', ')}: open the way with chmod o+x on the folders above it, or choose another DATA_DIR.`,
  )
}

/** Kill-safe: the new name appears only when everything is behind it. */
function move(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    const draft = `${to}.new-${process.pid}`
    const copied = runAs(null, 'cp', ['-a', from, draft])
    if (!copied.ok) throw new Error(`The database could not be moved from ${from} to ${to}: ${copied.said}`)
    runAs(null, 'sync', ['-f', draft])
    renameSync(draft, to)
    renameSync(from, `${from}.moved`)
    rmSync(`${from}.moved`, { recursive: true })
  }
  flushFolder(join(to, '..'))
}
