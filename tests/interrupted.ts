import { spawn } from 'node:child_process'
import { until } from './crash/waiting.ts'
import { ownEnvironment } from './own-environment.ts'
import { root } from './source.ts'

/**
 * Starts `npm run -s COMMAND -- ARGUMENT …`, and stops it as soon as it says how far it has come: by a signal to npm alone, as a program does that
 * started it, or to all of it, as a terminal does at a Ctrl-C. `ended` is its exit code (130 also where the signal ended it), `left` whether anything of it still runs.
 */
export async function interrupted(by: 'npm' | 'terminal', command: string, ...args: string[]) {
  // A group of its own, as a terminal gives to each command.
  const child = spawn('npm', ['run', '-s', command, '--', ...args], {
    cwd: root,
    env: ownEnvironment(),
    detached: true,
  })
  const group = -(child.pid ?? Number.NaN)
  let out = ''
  child.stdout.on('data', (part) => {
    out += part
  })
  child.stderr.once('data', () => process.kill(by === 'npm' ? -group : group, 'SIGINT'))
  // Closes when everybody who could write to it has ended.
  const ended = await new Promise<number | null>((done, fail) => {
    child.on('error', fail)
    child.on('close', (code, signal) => done(signal === 'SIGINT' ? 130 : code))
  })
  // The kernel may still be clearing away who has said goodbye.
  const gone = until('everybody of the group to end', () => !runs(group), 10_000)
  return {
    ended,
    out,
    left: await gone.then(
      () => false,
      () => true,
    ),
  }
}

function runs(group: number): boolean {
  try {
    return process.kill(group, 0)
  } catch {
    return false
  }
}
