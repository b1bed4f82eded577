import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { titleOf } from '#platform/embedded/cluster.ts'
import { socketIn } from '#platform/embedded/place.ts'
import { freePort } from '#platform/embedded/postmaster.ts'
import { databaseProcesses } from '#platform/embedded/processes.ts'
import { addresses } from '#platform/embedded/setup.ts'
import flags from '../../tools/node/flags.json' with { type: 'json' }
import { until } from './waiting.ts'
import { ask } from './wire.ts'

/** The shipped application in processes of its own, on a data folder of its own. */
export type Application = Awaited<ReturnType<typeof openApplication>>

/** Builds the application unless what is there is of the present sources. Run from the project's folder. */
export async function ensureBuilt() {
  const program = `import('./tools/node/build.mjs').then(({ ensureBuilt }) => ensureBuilt()).then((code) => process.exit(code))`
  // Two test files may put a build in place at the same instant: whoever stumbles finds the other's at the second try.
  for (let tries = 1; tries <= 2; tries++) {
    const [code] = await once(spawn(process.execPath, ['-e', program], { stdio: 'inherit' }), 'exit')
    if (code === 0) return
  }
  throw new Error('the application could not be built')
}

/** Chooses folder and port; starts nothing yet. `settings` are given to it besides those it needs. */
export async function openApplication({ settings = {} }: { settings?: Record<string, string> } = {}) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'attaka-crash-')))
  chmodSync(folder, 0o755)
  const dataDir = join(folder, 'data')
  const port = await freePort(null)
  const base = `http://127.0.0.1:${port}`
  let child: ChildProcess | null = null
  let words: string[] = []
  const faults: string[] = []
  const living = () => child !== null && child.exitCode === null && child.signalCode === null

  const record = () => {
    const path = join(dataDir, 'database.json')
    return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Kept) : null
  }
  const cluster = () => join(record()?.place ?? dataDir, 'postgres')

  const logins = () => {
    const kept = record()
    if (!kept?.port) throw new Error('the database server has not been started yet')
    return addresses(kept.passwords, kept.port, socketIn(kept.place ?? dataDir))
  }

  /** Every process of this folder's database server, whoever is its parent now. */
  const servers = () => {
    const title = existsSync(cluster()) ? titleOf(cluster()) : dataDir
    return databaseProcesses((args) => args.some((arg) => arg.includes(dataDir) || arg.includes(title)))
  }

  return {
    base,
    port,
    dataDir,
    living,
    servers,
    pid: () => child?.pid ?? null,
    /** The last that it has said since its last start. */
    words: () => words.join(''),
    /** What it has called a fault of its own, since the first start. */
    faults,
    /** The superuser's address: row-level security hides nothing from it. */
    adminUrl: () => logins().adminUrl,
    /** The addresses of all three logins. */
    logins,
    postmaster: () => {
      const note = join(cluster(), 'postmaster.pid')
      return existsSync(note) ? Number(readFileSync(note, 'utf8').split('\n')[0]) : null
    },

    /** Starts it as `npm start` does, and does not wait. It ends by itself when this process does. */
    start() {
      if (living()) throw new Error('it is already running')
      const preload = pathToFileURL(join(process.cwd(), 'tools', 'node', 'child.mjs')).href
      const main = join(process.cwd(), 'dist', 'server', 'main.js')
      const own: string[] = []
      words = own
      child = spawn(process.execPath, ['--import', preload, ...flags, main], {
        // Nothing of our own settings: a DATABASE_URL would lead it elsewhere.
        env: { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: String(port), BASE_URL: base, ...settings },
        // A Ctrl-C is for us; it learns by itself when we are gone.
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      })
      for (const stream of [child.stdout, child.stderr]) {
        if (!stream) continue
        createInterface({ input: stream }).on('line', (line) => {
          own.push(`${line}\n`)
          own.splice(0, own.length - 100)
          if (line.includes('"event":"fault"')) faults.push(line)
        })
      }
    },
    /** Waits until it says that it is ready. @throws at once when it has ended instead */
    ready: () =>
      until('the application to be ready', async () => {
        if (!living()) throw new Error(`the application ended by itself: ${words.join('')}`)
        return (await ask({ base, path: '/readyz' }).catch(() => null))?.status === 200
      }),
    /** kill -9, and nothing else: its database server stays behind. */
    async kill() {
      if (!child || !living()) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
    /** Asks it to stop. @returns its exit code; null when a signal ended it */
    async stop(): Promise<number | null> {
      if (!child || !living()) return child?.exitCode ?? null
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      const [code] = await ended
      return code as number | null
    },
    /** Ends whatever is left and removes the folder, unless somebody is to look at it. */
    async remove({ keep = false } = {}) {
      child?.kill('SIGKILL')
      const place = record()?.place
      for (const pid of servers()) process.kill(pid, 'SIGKILL')
      await until('the database server to be gone', () => servers().length === 0)
      if (keep) return
      for (const path of [folder, ...(place ? [place] : [])]) {
        rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
      }
    },
  }
}

type Kept = { place: string | null; port: number | null; passwords: { admin: string; owner: string; app: string } }
