import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type { Db } from '#core/database.ts'

/** A handle on an open transaction, for Kysely: what is said goes to `executeQuery`, nothing else reaches the connection. */
export abstract class Lent implements Driver, DatabaseConnection {
  readonly db: Db = new Kysely({
    dialect: {
      createAdapter: () => adapter,
      createDriver: () => this,
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => compiler,
    },
  })

  constructor() {
    lenders.set(this.db, this)
  }

  abstract executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>>

  streamQuery(): never {
    throw new Error('pages and jobs read in pieces, by limit and offset')
  }

  async init() {}
  async acquireConnection() {
    return this
  }
  async releaseConnection() {}
  async destroy() {}

  // Transactions are opened and closed by those who lend the handle, nobody else.
  beginTransaction(): never {
    throw new Error('this is a transaction already')
  }
  commitTransaction(): never {
    throw new Error('whoever lent the handle commits')
  }
  rollbackTransaction(): never {
    throw new Error('whoever lent the handle rolls back')
  }
}

const lenders = new WeakMap<Db, Lent>()

/** Whoever lent the handle: what is said to them goes to the connection without a way through Kysely. */
export const lenderOf = (db: Db): { executeQuery(query: CompiledQuery): Promise<QueryResult<unknown>> } =>
  lenders.get(db) ?? db

const adapter = new PostgresAdapter()
const compiler = new PostgresQueryCompiler()
