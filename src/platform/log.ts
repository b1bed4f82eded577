import { pino } from 'pino'

export type Log = (event: string, fields?: Record<string, string | number | boolean | null>) => void

/**
 * Structured lines on standard output. Fields are ids, counts, routes and kinds of fault: never names, addresses,
 * contents or messages of drivers, which can carry them.
 */
export function openLog(level: 'info' | 'warn' | 'silent' = 'info'): Log {
  const logger = pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime })
  return (event, fields = {}) => logger.info({ event, ...fields })
}
