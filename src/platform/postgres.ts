import { sql } from 'kysely'
import pg from 'pg'
import type { Db } from '#core/database.ts'
import type { Along, Scene } from '#core/scene.ts'
import { workOf } from './along.ts'
import { type Asker, FairQueue } from './fair-queue.ts'
import { type Together, together } from './together.ts'
import { inTransaction, isHeld, isUndone, type Mode, modes, modesTogether, type Work } from './transaction.ts'

/** The ways into one tenant's data. */
export type Doors = Pick<Scene, 'look' | 'change' | 'along'> & {
  /**
   * A change that nobody is told of, as counts of tries or when somebody was last seen: it waits for no disk, and a
   * crash of the server may lose the last half second of it. Everything else goes by `change`.
   */
  note: <T>(work: (db: Db) => Promise<T>) => Promise<T>
  /** The same thing done in one transaction for all who wait for it at this tenant. */
  together: <Asked, Answer>(same: Together<Asked, Answer>, asked: Asked) => Promise<Answer>
}

export type Database = {
  /** `client` says who asks there, for its fair share; after the first door, the work counts as begun. */
  doors(tenant: string, client?: string): Doors
  /** What lies above tenants: reads only what the tenant registry lets everybody read. */
  above<T>(query: (db: Db) => Promise<T>): Promise<T>
  /** One unchanging state of a tenant's data, read for as long as it takes: for tools that compare or copy. */
  frozen<T>(tenant: string, query: (db: Db) => Promise<T>): Promise<T>
  /** How many transactions are open, and how many wait for a turn. */
  load(): { waiting: number; served: number }
  close(): Promise<void>
}

const tenantId = /^[a-z][a-z0-9-]{0,62}$/

/** How many may wait for a connection, and how long: beyond, people are asked to come back before anything breaks. */
const room = { waiting: 400, patienceMs: 10_000 }

type Options = {
  /** Connections, and so transactions at once. */
  size?: number
  waiting?: number
  patienceMs?: number
  /** Hears of connections that break while idle. */
  log: (error: Error) => void
}

/** Opens a pool under a login that owns nothing. */
export function openDatabase(url: string, { size = 12, log, ...limits }: Options): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 20_000,
    idle_in_transaction_session_timeout: 30_000,
    application_name: 'attaka',
    types: { getTypeParser: parserOf },
    // Statements that aren't waited for one by one go out together.
    pipeline: true,
  })
  // Without a listener a stopped server would end the process.
  pool.on('error', log)
  // Nor does the pool listen to a connection that is lent out: one that is cut between two statements would end it too.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const queue = new FairQueue({ slots: size, ...room, ...limits })
  const enter = async <T>(mode: Mode, tenant: string, asker: Asker, ...work: Work<T>) =>
    inTransaction({ pool, mode, tenant, over: await queue.take(asker) }, ...work)
  return {
    doors(tenant, client = 'house') {
      const asker: Asker = { tenant: checked(tenant), client }
      const inHand = <T>(result: T) => {
        asker.inHand = true
        return result
      }
      const through = <T>(mode: Mode, ...work: Work<T>) => enter(mode, tenant, { ...asker }, ...work).then(inHand)
      const served = <Asked, Answer>(same: Together<Asked, Answer>, asked: Asked) =>
        together(
          {
            queue,
            asker: { ...asker },
            same,
            serve: (over, { work, last, patient }) =>
              inTransaction({ pool, mode: (patient ? modes : modesTogether)[same.how], tenant, over }, work, last),
            undone: isUndone,
            held: isHeld,
          },
          asked,
        ).then(inHand)
      const along = async <T>({ kind, holds }: Along, how: 'look' | 'change', ...[work, last]: Work<T>): Promise<T> => {
        const settled = await served(workOf(kind, how), { work, last: last as Work<unknown>[1], holds })
        if ('refused' in settled) throw settled.refused
        return settled.done as T
      }
      return {
        look: (query, ...args) => through(modes.look, (db) => query(db, ...args)),
        change: (work, last) => through(modes.change, work, last),
        note: (work) => through(modes.note, work),
        together: served,
        along: (others) => ({
          look: (query, ...args) => along(others, 'look', (db) => query(db, ...args)),
          change: (work, last) => along(others, 'change', work, last),
        }),
      }
    },
    above: (query) => enter(modes.look, '', { tenant: '', client: '', first: true }, query),
    frozen: (tenant, query) =>
      enter(modes.frozen, checked(tenant), { tenant, client: 'house', inHand: true }, async (db) => {
        await sql`set local statement_timeout = 0`.execute(db)
        await sql`set local idle_in_transaction_session_timeout = 0`.execute(db)
        return query(db)
      }),
    load: () => queue.load,
    close: () => pool.end(),
  }
}

/** The tenant stands as a literal in a simple-query string, so its form is checked here and nowhere else. */
function checked(tenant: string): string {
  if (!tenantId.test(tenant)) throw new Error(`not a tenant's id: ${JSON.stringify(tenant)}`)
  return tenant
}

/** Dates stay ISO strings (a `Date` would move them with the clock's zone); counts become numbers; decimals stay strings. */
function parserOf(oid: number, format?: 'text' | 'binary') {
  if (oid === pg.types.builtins.DATE) return (value: string) => value
  if (oid === pg.types.builtins.INT8) return Number
  return pg.types.getTypeParser(oid, format as 'text')
}

const awayCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  '57P01', // admin shutdown
  '57P02', // crash shutdown
  '57P03', // cannot connect now
  '53300', // too many connections
  '08000',
  '08003',
  '08006',
])

/** Is it the database that is away (and will be back), rather than a fault of ours? */
export function databaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code && awayCodes.has(code)) return true
  // A server that isn't there has no socket; at one that hears nobody there is no room to wait.
  if (['ENOENT', 'EAGAIN'].includes(code ?? '') && syscall === 'connect') return true
  if (error instanceof AggregateError) return error.errors.some(databaseAway)
  return /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool/.test(
    error.message,
  )
}
