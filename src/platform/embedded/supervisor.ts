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

/** Pauses before the first, second … start again; the last one from then on. A minute of running well forgives all. */
const pauses = [0, 500, 1_000, 2_000, 5_000, 10_000, 30_000]

export function supervise({ first, again, clear, log, changed }: Work): Supervisor {
  const stopping = new AbortController()
  let server = first
  let up = true
  const watching = watch()

  async function watch() {
    let failures = 0
    for (;;) {
      const since = Date.now()
      const how = await server.ended
      if (stopping.signal.aborted) return
      failures = Date.now() - since > 60_000 ? 0 : failures
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
