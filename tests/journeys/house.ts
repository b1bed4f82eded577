import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import flags from '../../tools/node/flags.json' with { type: 'json' }

/** The application as `npm start` runs it, on a folder of its own. */
export type RunningHouse = { base: string; stop(): Promise<void> }

const root = join(import.meta.dirname, '..', '..')
/** Stops the application when this process is killed. */
const preload = pathToFileURL(join(root, 'tools', 'node', 'child.mjs')).href

/** Starts the built application on a free port and waits until it serves. Throws with its output if it doesn't. */
export async function startHouse(): Promise<RunningHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'attaka-journey-'))
  // Started by root, the database server runs as somebody else, who must be able to pass through.
  chmodSync(folder, 0o711)
  const main = join(root, 'dist', 'server', 'main.js')
  const app = spawn(process.execPath, ['--import', preload, ...flags, main], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, DATA_DIR: folder, PORT: '0' },
    // In its own session: a Ctrl-C in the terminal must not stop the house before the browsers.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  try {
    return { base: await addressOf(app), stop: () => stop(app, folder) }
  } catch (error) {
    await stop(app, folder)
    throw error
  }
}

/** The greeting names the address once everything is open. */
function addressOf(app: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    let said = ''
    const giveUp = setTimeout(() => fail(new Error(`the application was not ready in time:\n${said}`)), 90_000)
    const listen = (chunk: Buffer) => {
      said += chunk
      const address = said.match(/is ready .*?(http:\/\/localhost:\d+)\//)?.[1]
      if (!address) return
      clearTimeout(giveUp)
      done(address)
    }
    app.stdout?.on('data', listen)
    app.stderr?.on('data', listen)
    app.on('exit', (code) => {
      clearTimeout(giveUp)
      fail(new Error(`the application ended with ${code}:\n${said}`))
    })
  })
}

async function stop(app: ChildProcess, folder: string) {
  if (app.exitCode === null && app.signalCode === null) {
    const ended = new Promise((done) => app.once('exit', done))
    app.kill('SIGTERM')
    await ended
  }
  rmSync(folder, { recursive: true, force: true })
}
