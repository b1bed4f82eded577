import { sql } from 'kysely'
import pg from 'pg'
import type { Db, Statement } from '#core/database.ts'
import type { Scene } from '#core/scene.ts'
import { type Asker, FairQueue } from './fair-queue.ts'
import { type Together, together } from './together.ts'
import { Visit } from './visit.ts'

/** The ways into one tenant's data. */
export type Doors = Pick<Scene, 'look' | 'change'> & {
  /**
   * A change that nobody is told of, as counts of tries or when somebody was last seen: it waits for no disk, and a
   * crash of the server may lose the last half second of it. Everything else goes by `change`.
   */
  note: <T>(work: (db: Db) => Promise<T>) => Promise<T>
  /** A look or a note in one transaction with those who wait for the same at this tenant. */
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
      return {
        look: (query, ...args) => through(modes.look, (db) => query(db, ...args)),
        change: (work, last) => through(modes.change, work, last),
        note: (work) => through(modes.note, work),
        together(same, asked) {
          const serve = <T>(over: () => void, work: (db: Db) => Promise<T>, several: boolean) =>
            inTransaction({ pool, mode: (several ? modesTogether : modes)[same.how], tenant, over }, work)
          return together({ queue, asker: { ...asker }, same, serve }, asked).then(inHand)
        },
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

/** How a transaction is opened; `writes`: its end is waited for. */
const modes = {
  look: { begin: 'read only', writes: false },
  change: { begin: 'read write', writes: true },
  note: { begin: 'read write', writes: true, also: ", set_config('synchronous_commit', 'off', true)" },
  frozen: { begin: 'isolation level repeatable read read only', writes: false },
}
type Mode = { begin: string; writes: boolean; also?: string }
type Work<T> = [work: (db: Db) => Promise<T>, last?: (db: Db, done: T) => Statement | undefined]
/** `over`: ends the turn that the transaction has. */
type Way = { pool: pg.Pool; mode: Mode; tenant: string; over: () => void }

/** For several: nobody waits long for a row that only another one of them asks for. It fails, and is done again for each alone. */
const modesTogether: Record<Together<unknown, unknown>['how'], Mode> = {
  look: modes.look,
  note: { ...modes.note, also: `${modes.note.also}, set_config('lock_timeout', '200ms', true)` },
}

/** Every statement runs inside one tenant's transaction; row-level security does the rest. */
async function inTransaction<T>({ pool, mode, tenant, over }: Way, ...[work, last]: Work<T>): Promise<T> {
  let client: pg.PoolClient
  try {
    client = await pool.connect()
  } catch (error) {
    over()
    throw error
  }
  const giveBack = (broken?: Error) => {
    client.release(broken)
    over()
  }
  const visit = new Visit(client)
  try {
    // By selects, not by `set local`: once something was read, a look can't be turned into a change any more.
    // Not waited for: the first statement of the work travels with it. Should it fail, so does what follows it.
    const begun = visit.say(`begin ${mode.begin}; select set_config('app.tenant', '${tenant}', true)${mode.also ?? ''}`)
    begun.catch(() => undefined)
    const result = await work(visit.db)
    await begun
    if (!mode.writes) {
      // What was only read is known already: nobody waits for the end of it, not even who is next on the connection.
      visit.endUnheard().catch(() => undefined)
      giveBack()
      return result
    }
    // The commit travels with the last statement, which is said before it; if that fails, nothing is committed.
    const statement = last?.(visit.db, result)?.compile()
    const lastly = statement && visit.executeQuery(statement)
    const ended = visit.end('commit')
    await Promise.all([lastly, ended])
    // A statement had failed and nobody said so: the server has undone everything.
    if ((await ended).command === 'ROLLBACK') throw new Error('the transaction had failed, nothing of it is kept')
    giveBack()
    return result
  } catch (error) {
    await visit.end('rollback').then(() => giveBack(), giveBack)
    throw error
  }
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
  const code = (error as { code?: string }).code
  if (code && awayCodes.has(code)) return true
  if (error instanceof AggregateError) return error.errors.some(databaseAway)
  return /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool/.test(
    error.message,
  )
}
