import { setTimeout as sleep } from 'node:timers/promises'
import type { Postmaster } from './postmaster.ts'
import { signal } from './processes.ts'

/** Keeps a server running until it is asked to stop. */
export type Supervisor = {
  /** Smart shutdown (who is connected may finish), then fast, then by force. Waits for the end. */
  stop(): Promise<void>
  /** Immediate shutdown, without waiting: for a process that ends now. Nothing committed is lost. */
  quit(): void
}

type Work = {
  /** The server that runs now. */
  first: Postmaster
  /** Clears what an ended server left, starts another and waits until it answers. */
  again(started: (server: Postmaster) => void): Promise<void>
  /** Ends whatever is left of it. */
  clear(): Promise<void>
  log(line: string): void
  changed(state: 'down' | 'up'): void
}

/**
 * Pauses before the first, second … start again; the last one from then on. Only a server that can't be brought back (a
 * full disk) is worth a long wait while people are waiting: one that has answered is started again at once, or after
 * the second pause if it had answered for less than a moment.
 */
const pauses = [0, 500, 1_000, 2_000, 5_000, 10_000, 30_000]
const momentMs = 1_000

export function supervise({ first, again, clear, log, changed }: Work): Supervisor {
  const stopping = new AbortController()
  let server = first
  let up = true
  const watching = watch()

  async function watch() {
    let failures = 0
    let since = Date.now()
    for (;;) {
      const how = await server.ended
      if (stopping.signal.aborted) return
      if (up) failures = Date.now() - since > momentMs ? 0 : 1
      if (up) changed('down')
      up = false
      log(`the database server ${how}; starting it again`)
      const pause = pauses[Math.min(failures++, pauses.length - 1)]
      await sleep(pause, null, { signal: stopping.signal }).catch(() => {})
      if (stopping.signal.aborted) return
      try {
        await again((next) => {
          server = next
          // A stop that came while the last server was being cleared away has signalled nobody yet.
          if (stopping.signal.aborted) signal([next.pid], 'SIGINT')
        })
        log('the database server is back')
        up = true
        since = Date.now()
        changed('up')
      } catch (error) {
        log(`the database server did not come back: ${(error as Error).message}`)
      }
    }
  }

  return {
    async stop() {
      stopping.abort()
      for (const [name, patience] of escalation) {
        if (!server.alive()) break
        signal([server.pid], name)
        await Promise.race([server.ended, sleep(patience, null, { ref: false })])
      }
      await watching
      await clear()
    },
    quit() {
      stopping.abort()
      if (server.alive()) signal([server.pid], 'SIGQUIT')
    },
  }
}

const escalation: readonly [NodeJS.Signals, number][] = [
  ['SIGTERM', 2_000],
  ['SIGINT', 20_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 2_000],
]
