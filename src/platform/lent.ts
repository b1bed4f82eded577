import {
  type CompiledQuery,
  type DatabaseConnection,
  DefaultQueryExecutor,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type { Db } from '#core/database.ts'

/**
 * A handle on an open transaction, for Kysely: what is said goes to `executeQuery`, nothing else reaches the connection. A
 * handle is made for every transaction and for everybody in it, so it takes the short way: no pool, no plugins, no log.
 */
export abstract class Lent implements Driver, DatabaseConnection {
  readonly db: Db = new Kysely({ config: { dialect }, dialect, driver: this, executor: new Straight(this) })

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

const adapter = new PostgresAdapter()
const compiler = new PostgresQueryCompiler()
const dialect: Dialect = {
  createAdapter: () => adapter,
  createDriver() {
    throw new Error('whoever lent the handle is its driver')
  },
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => compiler,
}

/** Says a statement to whoever lent the handle, without the way to a connection and back. What is said is not called off. */
class Straight extends DefaultQueryExecutor {
  readonly #lent: Lent

  constructor(lent: Lent) {
    super(compiler, adapter, { provideConnection: (consumer) => consumer(lent) })
    this.#lent = lent
  }

  override executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return this.#lent.executeQuery<Row>(query)
  }
}
