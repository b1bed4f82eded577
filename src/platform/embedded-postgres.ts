import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { serverAccount } from './embedded/account.ts'
import { prepareBinaries } from './embedded/binaries.ts'
import { type Cluster, endOrphans, ensureCluster, removeDrafts, resetPassword } from './embedded/cluster.ts'
import { type FolderLock, lockFolder } from './embedded/lock.ts'
import { choosePlace, clusterIn, openSocketFolder, prepareDataDir, rememberPlace } from './embedded/place.ts'
import { freePort, launch, type Postmaster, untilReady } from './embedded/postmaster.ts'
import { openRecord, type ServerRecord, saveRecord } from './embedded/record.ts'
import { type Addresses, addresses, checkPromises, setUp, withDatabase } from './embedded/setup.ts'
import { supervise } from './embedded/supervisor.ts'

export { withDatabase }

/** Lies in a data folder from the beginning of a restore to its end. */
export const unfinishedRestore = 'restore-unfinished'

/** A PostgreSQL 18 of our own, for as long as this process lives. */
export type EmbeddedServer = Addresses & {
  /** The login `attaka_owner`: owns the database `attaka` and what migrations make in it; neither superuser nor createrole. */
  ownerUrl: string
  /** The login `app`: owns nothing, bypasses nothing. The application's pool uses this one. */
  appUrl: string
  /** The superuser: for start-up, and for tests that make databases from a template. */
  adminUrl: string
  /** The folder that really holds the database. */
  where: string
  /** What whoever started it should know, in sentences. */
  notes: readonly string[]
  /** Lets connected clients finish for a moment, then stops the server, waits for its end and frees the data folder. */
  stop(): Promise<void>
  /** Stops at once and waits for nothing, for a second Ctrl-C. Nothing committed is lost; the next start recovers. */
  quit(): void
}

export type EmbeddedOptions = {
  /** Made if absent. Holds the database (unless the server's user can't enter it) and its passwords. */
  dataDir: string
  /** Takes the server's own lines and ours. They hold no values of rows. */
  log(line: string): void
  /** Told when the server has died and when it answers again; meanwhile connections fail. */
  onChange?(state: 'down' | 'up'): void
  /** Server settings for test servers only; what is set here is left out of the check of durability. */
  postgresFlags?: Readonly<Record<string, string>>
  /** Restoring is begun on an empty folder and ended by us: anybody else is refused until then. */
  restoring?: boolean
  /** How long another copy on the same folder, which may just be ending, is waited for. Default 5000. */
  lockWaitMs?: number
}

/**
 * Starts PostgreSQL on a data folder, or refuses with one sentence: it is in use, of another version, out of reach.
 *
 * Killed at any moment, the next call finishes or clears what was begun: the folder's lock is the kernel's and dies
 * with us; the database folder gets its name when it is whole; roles, database and extension are made if absent; and a
 * server that was left running is stopped in good order before ours starts. While we live, a server that dies is
 * started again.
 */
export async function startEmbeddedServer(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { log, onChange = () => {}, postgresFlags = {}, lockWaitMs = 5_000 } = options
  if (process.platform !== 'linux')
    throw new Error('The bundled database runs on Linux only: give DATABASE_URL instead.')
  const dataDir = prepareDataDir(options.dataDir)
  if (!options.restoring && existsSync(join(dataDir, unfinishedRestore))) {
    throw new Error(
      `${dataDir} holds a restore that was not finished: remove the folder and restore the backup again, or choose another DATA_DIR.`,
    )
  }
  const locks: FolderLock[] = [await lockFolder(dataDir, lockWaitMs, log)]
  const release = () => {
    for (const lock of locks) lock.release()
  }
  try {
    const account = serverAccount()
    const { record, fresh } = openRecord(dataDir)
    const place = choosePlace(dataDir, record, account)
    // A copied data folder would lead two copies to one place.
    if (place !== dataDir) locks.push(await lockFolder(place, lockWaitMs, log))
    const { copied, ...binaries } = prepareBinaries(place, account)
    const cluster: Cluster = { folder: clusterIn(place), account, binaries }

    await removeDrafts(place)
    await endOrphans(cluster)
    const made = await ensureCluster(cluster, record.passwords.admin)
    if (fresh && !made) await resetPassword(cluster, record.passwords.admin)
    rememberPlace(dataDir, record, place)

    const { server, port, socket } = await firstStart(cluster, record, postgresFlags, log)
    const urls = addresses(record.passwords, port, socket)
    const supervisor = supervise({
      first: server,
      async again(started) {
        await endOrphans(cluster)
        openSocketFolder(cluster)
        const next = launch(cluster, port, socket, postgresFlags, log)
        started(next)
        await untilReady(next, withDatabase(urls.adminUrl, 'postgres'))
      },
      clear: () => endOrphans(cluster),
      log,
      changed: onChange,
    })
    try {
      await setUp(urls, record.passwords)
      await checkPromises(urls, Object.keys(postgresFlags))
    } catch (error) {
      await supervisor.stop()
      throw error
    }
    if (record.port !== port) saveRecord(dataDir, Object.assign(record, { port }))

    let stopped: Promise<void> | undefined
    const stop = () => (stopped ??= supervisor.stop().finally(release))
    return { ...urls, where: cluster.folder, notes: explain(dataDir, cluster, copied), stop, quit: supervisor.quit }
  } catch (error) {
    release()
    throw error
  }
}

/**
 * Starts on the port of last time if it is free, else on another; again on another if somebody was quicker, and without a
 * socket where the machine has none for it.
 */
async function firstStart(
  cluster: Cluster,
  record: ServerRecord,
  flags: Readonly<Record<string, string>>,
  log: (line: string) => void,
): Promise<{ server: Postmaster; port: number; socket: string | null }> {
  let withSocket = true
  for (let tries = 1; ; tries++) {
    const port = await freePort(tries === 1 ? record.port : null)
    const socket = withSocket ? openSocketFolder(cluster) : null
    const server = launch(cluster, port, socket, flags, log)
    try {
      await untilReady(server, withDatabase(addresses(record.passwords, port, null).adminUrl, 'postgres'))
      return { server, port, socket }
    } catch (error) {
      await endOrphans(cluster)
      const taken = server.lastWords().includes('Address already in use')
      const noSocket = socket !== null && /Unix-domain socket|\.s\.PGSQL\./.test(server.lastWords())
      if (noSocket) withSocket = false
      if ((!taken && !noSocket) || tries === 5) throw error
    }
  }
}

function explain(dataDir: string, { folder, account }: Cluster, copied: boolean): string[] {
  const notes: string[] = []
  if (!folder.startsWith(join(dataDir, '/'))) {
    notes.push(
      `The database server runs as the user "${account?.name}", who can't enter ${dataDir}; the database is therefore in ${folder} (noted in ${join(dataDir, 'database.json')}).`,
    )
  }
  if (copied) {
    notes.push(`The PostgreSQL in node_modules can't be run from there, so a copy of it was put beside the database.`)
  }
  return notes
}
