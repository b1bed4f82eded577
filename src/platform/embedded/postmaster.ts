import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { cleanEnvironment, identity, runAs } from './account.ts'
import { type Cluster, titleOf } from './cluster.ts'

/** A running PostgreSQL server process. */
export type Postmaster = {
  pid: number
  /** Fulfilled when it has ended, with how. */
  ended: Promise<string>
  alive(): boolean
  /** The last lines that it wrote. */
  lastWords(): string
}

/**
 * Settings of every start. Durability is not among them: PostgreSQL's defaults are right and are checked afterwards.
 * The server's own log keeps no values of rows (no details, no statements): they may be personal data.
 */
const settings: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  log_line_prefix: '',
  log_min_messages: 'log',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  // Plans made for the few rows of a new town must not outlive its first busy minutes.
  autovacuum_naptime: '10s',
}

/**
 * Starts the server, in a session of its own so that the terminal's Ctrl-C does not reach it before us.
 * @param socket the folder in which it listens besides its port, if anywhere
 * @param flags further settings; for test servers
 */
export function launch(
  { folder, account, binaries }: Cluster,
  port: number,
  socket: string | null,
  flags: Readonly<Record<string, string>>,
  log: (line: string) => void,
): Postmaster {
  // A list, in which a comma would part two folders.
  const listens = { unix_socket_directories: socket ? `"${socket.replaceAll('"', '""')}"` : '', port: String(port) }
  const all = { ...settings, ...flags, ...listens, cluster_name: titleOf(folder) }
  const args = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const command = [...aside(account), binaries.postgres, '-D', folder, ...args] as [string, ...string[]]
  const child = spawn(command[0], command.slice(1), {
    ...identity(account),
    env: cleanEnvironment,
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const words = collectLines(child, log)
  const ended = new Promise<string>((done) => {
    child.on('error', (error) => done(error.message))
    child.on('exit', (code, signal) => done(signal ? `ended by ${signal}` : `ended with code ${code}`))
  })
  const alive = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null
  return { pid: child.pid ?? 0, ended, alive, lastWords: () => words.join(' ') }
}

/**
 * Where the machine allows it, the server's processes don't push aside whoever has just woken them: they come next
 * (SCHED_BATCH, sched(7)). On two cores they would stop the application in the middle of each thing that it asks.
 */
function aside(account: Cluster['account']): string[] {
  const how = ['--batch', '0']
  return runAs(account, 'chrt', [...how, 'true']).ok ? ['chrt', ...how] : []
}

function collectLines(child: ChildProcess, log: (line: string) => void): string[] {
  const words: string[] = []
  let rest = ''
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      log(line)
      words.push(line)
    }
    words.splice(0, words.length - 8)
  })
  return words
}

/**
 * Waits until the server answers. Recovery after a crash may take as long as it needs; a server that is neither there
 * nor ending gets a minute.
 * @throws when it ended, or said no
 */
export async function untilReady(server: Postmaster, url: string): Promise<void> {
  let deadline = Date.now() + 60_000
  for (;;) {
    if (!server.alive()) throw new Error(`PostgreSQL ${await server.ended}: ${server.lastWords()}`)
    const answer = await knock(url)
    if (answer === 'ready') return
    if (answer === 'starting') deadline = Date.now() + 60_000
    else if (answer !== 'ECONNREFUSED' || Date.now() > deadline) {
      throw new Error(`PostgreSQL does not let us in (${answer}): ${server.lastWords()}`)
    }
    await sleep(15)
  }
}

async function knock(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return 'ready'
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    // 57P03: it is there, but still recovering.
    return code === '57P03' ? 'starting' : (code ?? message)
  } finally {
    await client.end().catch(() => {})
  }
}

/**
 * A port on 127.0.0.1 that is free now: the wanted one, or another below the range that the system gives to outgoing
 * connections, so that it is still free when the server has to come back.
 */
export async function freePort(wanted: number | null): Promise<number> {
  if (wanted !== null && (await isFree(wanted))) return wanted
  for (let tries = 0; tries < 200; tries++) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    if (await isFree(port)) return port
  }
  throw new Error('No free port was found on 127.0.0.1 for the database server.')
}

const isFree = (port: number) =>
  new Promise<boolean>((done) => {
    const server = createServer()
    server.once('error', () => done(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => done(true)))
  })
