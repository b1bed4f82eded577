import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Account, cleanEnvironment, identity } from './account.ts'
import type { Binaries } from './binaries.ts'
import { databaseProcesses, endServer, gone, signal } from './processes.ts'
import { flushFolder, readIfThere } from './record.ts'

/** PostgreSQL's own folder (a "cluster"), who runs it and with what. */
export type Cluster = { folder: string; account: Account; binaries: Binaries }

/**
 * The title (cluster_name) that all processes of a database folder carry. From the folder's inode, not from its path:
 * a folder may be reached by two paths (mounts) or be renamed, while a copy of it is another database.
 */
export function titleOf(folder: string): string {
  const { dev, ino } = statSync(folder)
  return `attaka-${createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 12)}`
}

/** What initdb is told. Without --locale, LC_CTYPE is C in many containers and pg_trgm finds nothing in Japanese. */
const shape = [
  '--username=postgres',
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale-provider=icu',
  '--icu-locale=ja-JP',
  '--locale=C.UTF-8',
  '--data-checksums',
  '--no-instructions',
  ...['--set', 'timezone=UTC', '--set', 'log_timezone=UTC'],
]

/**
 * Makes the database folder if there is none. It is made under another name, so that one with the right name is whole
 * whenever we are killed.
 * @returns whether it was made now
 * @throws with what initdb said, or one sentence when the folder is of another PostgreSQL version
 */
export async function ensureCluster({ folder, account, binaries }: Cluster, password: string): Promise<boolean> {
  const version = readIfThere(join(folder, 'PG_VERSION'))?.trim()
  if (version === binaries.major) return false
  if (existsSync(folder)) {
    const is = version ? `of PostgreSQL ${version}` : 'not a database folder'
    throw new Error(`${folder} is ${is}, but PostgreSQL ${binaries.major} is bundled: it can't be used as it is.`)
  }
  const place = dirname(folder)
  const workshop = join(place, `${workshopPrefix}${randomBytes(6).toString('hex')}`)
  const draft = join(workshop, 'cluster')
  const passwordFile = join(workshop, 'password')
  mkdirSync(workshop, { mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (account) for (const path of [workshop, passwordFile]) chownSync(path, account.uid, account.gid)

  await run(binaries.initdb, [...shape, `--pgdata=${draft}`, `--pwfile=${passwordFile}`], account, '')
  renameSync(draft, folder)
  flushFolder(place)
  rmSync(workshop, { recursive: true, force: true })
  return true
}

const workshopPrefix = 'postgres.new-'

/** Takes away what starts left that were killed while they made a database folder, and ends an initdb still at it. */
export async function removeDrafts(place: string): Promise<void> {
  const drafts = readdirSync(place).filter((name) => name.startsWith(workshopPrefix))
  if (drafts.length === 0) return
  const beginning = `--pgdata=${join(place, workshopPrefix)}`
  const makers = () => databaseProcesses((args) => args.some((arg) => arg.startsWith(beginning)))
  signal(makers(), 'SIGKILL', true)
  await gone(makers, 5_000)
  for (const name of drafts) rmSync(join(place, name), { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
}

/**
 * Ends a server that still runs on this folder although nobody watches it: the caller holds the folder's lock.
 * @throws one sentence when that server is there but can't be told to be ours
 */
export async function endOrphans({ folder }: Cluster): Promise<void> {
  const title = existsSync(folder) ? titleOf(folder) : null
  const ours = (args: readonly string[]) =>
    args.includes(folder) ||
    (title !== null && (args.includes(`cluster_name=${title}`) || args[0]!.startsWith(`postgres: ${title}: `)))
  const note = join(folder, 'postmaster.pid')
  const postmaster = Number(readIfThere(note)?.split('\n')[0] ?? 0)
  await endServer(() => databaseProcesses(ours), postmaster)

  // PostgreSQL takes whatever bears that number for a running server. In a container whose first process collects no
  // children, the dead server itself keeps it for ever; after a restart of the machine it may be anybody's.
  if (!existsSync(note) || !existsSync(`/proc/${postmaster}`)) return
  if (databaseProcesses(() => true).includes(postmaster)) {
    throw new Error(`Process ${postmaster} seems to use the database folder ${folder}: stop it first.`)
  }
  rmSync(note)
}

/**
 * Gives the superuser a new password without the old one, for a data folder whose `database.json` was lost.
 * The server must not run.
 */
export async function resetPassword({ folder, account, binaries }: Cluster, password: string): Promise<void> {
  const statement = `alter role postgres password '${password}'\n`
  await run(binaries.postgres, ['--single', '-D', folder, 'postgres'], account, statement)
}

/** In a process group of its own: the terminal's Ctrl-C is ours to pass on, and the group can be ended as one. */
function run(program: string, args: readonly string[], account: Account, input: string): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { ...identity(account), env: cleanEnvironment, cwd: '/', detached: true })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (said += piece))
    child.stdin.on('error', () => {})
    child.stdin.end(input)
    child.on('error', fail)
    child.on('close', (code) => {
      if (code === 0) done()
      else fail(new Error(`${program} failed (${code}): ${said.trim().split('\n').slice(-5).join(' ')}`))
    })
  })
}
