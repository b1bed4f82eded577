import { Kysely, PostgresAdapter, PostgresDriver, PostgresIntrospector, PostgresQueryCompiler, sql } from 'kysely'
import pg from 'pg'
import type { Db } from '#core/database.ts'
import type { Scene } from '#core/scene.ts'

/** The two ways into one tenant's data. */
export type Doors = Pick<Scene, 'look' | 'change'>

export type Database = {
  doors(tenant: string): Doors
  /** What lies above tenants: reads only what the tenant registry lets everybody read. */
  above<T>(query: (db: Db) => Promise<T>): Promise<T>
  /** One unchanging state of a tenant's data, read for as long as it takes: for tools that compare or copy. */
  frozen<T>(tenant: string, query: (db: Db) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Says no `begin` of its own: ours travels with the settings, so entering a tenant is one round trip. */
class TenantDriver extends PostgresDriver {
  override async beginTransaction() {}
}

const tenantId = /^[a-z][a-z0-9-]{0,62}$/

/** Opens a pool under a login that owns nothing. `log` hears of connections that break while idle. */
export function openDatabase(
  url: string,
  { size = 12, log }: { size?: number; log: (error: Error) => void },
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 20_000,
    idle_in_transaction_session_timeout: 30_000,
    application_name: 'attaka',
    types: { getTypeParser: parserOf },
  })
  // Without a listener a stopped server would end the process.
  pool.on('error', log)
  // Nor does the pool listen to a connection that is lent out: one that is cut between two statements would end it too.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db: Db = new Kysely({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new TenantDriver({ pool }),
      createIntrospector: (inner) => new PostgresIntrospector(inner),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
  return {
    doors: (tenant) => tenantDoors(db, tenant),
    above: (query) => enter(db, 'read only', '', query),
    frozen: (tenant, query) =>
      enter(db, 'isolation level repeatable read read only', checked(tenant), async (tx) => {
        await sql`set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`.execute(tx)
        return query(tx)
      }),
    close: () => db.destroy(),
  }
}

/** Every statement runs inside one tenant's transaction; row-level security does the rest. */
function tenantDoors(db: Db, given: string): Doors {
  const tenant = checked(given)
  return {
    look: (query, ...args) => enter(db, 'read only', tenant, (tx) => query(tx, ...args)),
    change: (work) => enter(db, 'read write', tenant, work),
  }
}

/** The tenant stands as a literal in a simple-query string, so its form is checked here and nowhere else. */
function checked(tenant: string): string {
  if (!tenantId.test(tenant)) throw new Error(`not a tenant's id: ${JSON.stringify(tenant)}`)
  return tenant
}

type Mode = 'read only' | 'read write' | 'isolation level repeatable read read only'

const enter = <T>(db: Db, mode: Mode, tenant: string, work: (tx: Db) => Promise<T>) =>
  db.transaction().execute(async (tx) => {
    await sql`begin ${sql.raw(mode)}; select set_config('app.tenant', ${sql.lit(tenant)}, true)`.execute(tx)
    return work(tx)
  })

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
