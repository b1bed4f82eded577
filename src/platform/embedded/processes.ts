import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Processes of PostgreSQL, whoever started them, picked by their arguments.
 *
 * Their working folder would tell as well whose they are, but a root without CAP_SYS_PTRACE, as in a plain container,
 * may not read that of another user's process.
 */
export function databaseProcesses(belongs: (args: readonly string[]) => boolean): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => ['postgres', 'initdb', 'chrt'].includes(read(`/proc/${pid}/comm`).trim()))
    .filter((pid) => {
      // A process that has ended but was not collected has no arguments any more.
      const command = read(`/proc/${pid}/cmdline`)
      return command !== '' && belongs(command.split('\0'))
    })
    .map(Number)
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // it ended while we looked
  }
}

/** Sends a signal to those that still live; of a group leader, to its whole group. */
export function signal(pids: readonly number[], name: NodeJS.Signals, group = false): void {
  for (const pid of pids) {
    try {
      process.kill(group ? -pid : pid, name)
    } catch {}
  }
}

/** Waits until a search finds no process any more. @returns false when the time was over first */
export async function gone(search: () => readonly number[], withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs
  while (search().length > 0) {
    if (Date.now() >= deadline) return false
    await sleep(20)
  }
  return true
}

/**
 * Ends every process of a database server that nobody watches any more: a postmaster whose application was killed
 * (fast shutdown, which keeps all that was committed), or the backends of a postmaster that was killed itself. Those
 * must be gone before a new postmaster may touch the folder.
 *
 * @param all finds the server's processes
 * @param postmaster the first of them, as postmaster.pid has it
 * @throws when they can't be ended
 */
export async function endServer(all: () => number[], postmaster: number): Promise<void> {
  if (all().length === 0) return
  if (all().includes(postmaster)) {
    signal([postmaster], 'SIGINT')
    if (await gone(all, 15_000)) return
  }
  signal(all(), 'SIGQUIT')
  if (await gone(all, 1_000)) return
  signal(all(), 'SIGKILL')
  if (await gone(all, 5_000)) return
  throw new Error(`The old database processes ${all().join(', ')} can't be ended.`)
}
