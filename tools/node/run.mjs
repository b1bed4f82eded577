// Runs programs under the project's own Node. Plain JavaScript: this file itself runs on whatever Node the machine has.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/**
 * How Node runs the application. One helper thread of V8 instead of four: on two cores, four that collected garbage left
 * application and database hardly any time for a quarter of a second.
 */
export const flags = JSON.parse(readFileSync(join(root, 'tools', 'node', 'flags.json'), 'utf8'))

const preload = pathToFileURL(join(root, 'tools', 'node', 'child.mjs')).href

/** Set when somebody asked us to stop: no further step is begun. */
export const asked = { toStop: false }

/**
 * The Node that npm brought with the project, or the one that runs now if it is new enough.
 * @returns {string} path of the program
 */
function ownNode() {
  if (!existsSync(join(root, 'node_modules'))) stopWith('The dependencies are not installed: run "npm ci" first.')
  const brought = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node')
  if (existsSync(brought)) return brought
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 24 || (major === 24 && minor >= 12)) return process.execPath
  return stopWith(
    `Attaka needs Node 24.12 or newer; npm brings it for Linux on x64 and arm64, but not for ${process.platform} on ${process.arch}, and this one is ${process.version}.`,
  )
}

/** Says one sentence and ends. @param {string} sentence @returns {never} */
export function stopWith(sentence) {
  console.error(sentence)
  process.exit(1)
}

/**
 * Runs a script under our Node with our input and output, and waits.
 *
 * A long-running program (`ownSession`) is kept out of the terminal's process group, so that a Ctrl-C reaches it once,
 * from us: npm passes on the same Ctrl-C that the terminal sent us already. It also learns when we are killed. Others
 * get the terminal's Ctrl-C themselves, and we wait for what they make of it. Where whoever stops us may be no terminal but
 * a program that signals us alone, they get it from us as well (`passInterrupt`): to be ended twice does no harm.
 *
 * @param {string[]} args of Node: options, script, its arguments
 * @param {{ ownSession?: boolean, passInterrupt?: boolean, env?: NodeJS.ProcessEnv }} [how]
 * @returns {Promise<number>} exit code; 128 + number if a signal ended it
 */
export function runNode(args, { ownSession = false, passInterrupt = ownSession, env = process.env } = {}) {
  return new Promise((done) => {
    const child = spawn(ownNode(), ownSession ? ['--import', preload, ...args] : args, {
      cwd: root,
      env,
      detached: ownSession,
      stdio: ownSession ? ['ignore', 'inherit', 'inherit', 'ipc'] : 'inherit',
    })
    const undo = passSignals(child, passInterrupt)
    child.on('error', (error) => stopWith(`Node could not be started: ${error.message}`))
    child.on('exit', (code, signal) => {
      undo()
      done(code ?? 128 + (signalNumbers[signal] ?? 0))
    })
  })
}

const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 }

/** One press of Ctrl-C arrives as often as there are ways; within this time it counts as one. */
const onePressMs = 600

function passSignals(child, passInterrupt) {
  let presses = 0
  let last = 0
  const press = (signal) => () => {
    asked.toStop = true
    if (!passInterrupt && signal === 'SIGINT') return
    if (Date.now() - last < onePressMs) return
    last = Date.now()
    // The second one asks for an immediate end; who does not even hear that is ended.
    child.kill(++presses > 2 ? 'SIGKILL' : signal)
  }
  const handlers = Object.fromEntries(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => [signal, press(signal)]))
  for (const [signal, handler] of Object.entries(handlers)) process.on(signal, handler)
  const watch = watchNpm(() => child.kill('SIGTERM'))
  return () => {
    for (const [signal, handler] of Object.entries(handlers)) process.off(signal, handler)
    clearInterval(watch)
  }
}

/** When npm itself is killed nobody passes anything on: then those above us are suddenly others. */
function watchNpm(orphaned) {
  if (!process.env.npm_lifecycle_event) return undefined
  const above = ancestors()
  const watch = setInterval(() => {
    if (ancestors() === above) return
    clearInterval(watch)
    asked.toStop = true
    orphaned()
  }, 250)
  return watch.unref()
}

/** Our parent; and where that is the shell in which npm runs a script, its parent, npm. */
function ancestors() {
  const parent = process.ppid
  try {
    const [, name, grandparent] = /\((.*)\) \S (\d+) /s.exec(readFileSync(`/proc/${parent}/stat`, 'utf8'))
    return ['sh', 'dash', 'bash'].includes(name) ? `${parent} ${grandparent}` : `${parent}`
  } catch {
    return `${parent}`
  }
}
