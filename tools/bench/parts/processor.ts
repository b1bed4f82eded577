import { readFileSync } from 'node:fs'

/** Clock ticks a second in /proc: 100 on every Linux we run on (USER_HZ). */
const ticks = 100

/**
 * Processor time, in seconds, that these processes have used so far, with that of their children that have ended. On a
 * machine that others use too it says more than the time on the clock.
 */
export function processorSeconds(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    try {
      // The name, in parentheses, may hold anything; the numbers come after it.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
      return sum + fields.slice(11, 15).reduce((all, one) => all + Number(one), 0) / ticks
    } catch {
      return sum
    }
  }, 0)
}
