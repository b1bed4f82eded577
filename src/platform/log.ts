import { pino } from 'pino'

export type Log = (event: string, fields?: Record<string, string | number | boolean | null>) => void

/**
 * Structured lines on standard output. Fields are ids, counts, routes and kinds of fault: never names, addresses,
 * contents or messages of drivers, which can carry them.
 */
export function openLog(level: 'info' | 'warn' | 'silent' = 'info'): Log {
  const logger = pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime })
  return (event, fields = {}) => logger[levelOf[event] ?? 'info']({ event, ...fields })
}

/** What somebody has to look at, also where the rest is not written. */
const levelOf: Record<string, 'warn' | 'error'> = {
  fault: 'error',
  away: 'warn',
  'job-failed': 'warn',
  'jobs-error': 'warn',
  'database-connection-lost': 'warn',
  'proxy-hops': 'warn',
}
