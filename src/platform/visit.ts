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
import type pg from 'pg'
import type { Db } from '#core/database.ts'

/** The driver's connection; its stream is no part of what the driver promises, so it may be missing. */
type Wire = pg.ClientBase & { connection?: { stream?: { cork?(): void; uncork?(): void } } }

/**
 * One transaction's handle on a connection: what modules get as `db`. It dies with the transaction, so that nothing
 * that was forgotten in it can reach into the next one. Statements that are not waited for one by one travel together.
 */
export class Visit implements Driver, DatabaseConnection {
  readonly #client: Wire
  #over = false
  #corked = false
  readonly db: Db

  constructor(client: pg.ClientBase) {
    this.#client = client
    this.db = new Kysely({
      dialect: {
        createAdapter: () => adapter,
        createDriver: () => this,
        createIntrospector: (db) => new PostgresIntrospector(db),
        createQueryCompiler: () => compiler,
      },
    })
  }

  /** No statement is taken any more, but for the one that ends the transaction. */
  end(how: 'commit' | 'rollback') {
    this.#over = true
    return this.say(how)
  }

  /** The same where nobody waits for it: it leaves with what the next visit on this connection says, if one begins at once. */
  endUnheard() {
    this.#over = true
    return this.#together((leave) => process.nextTick(process.nextTick, leave)).query('commit')
  }

  /** Says one that has no parameters. */
  say(text: string) {
    return this.#together().query(text)
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#over) throw new Error('the transaction is over')
    // On its way before anything is waited for: `end`, said next, comes after it.
    const { command, rowCount, rows } = await this.#together().query<Row & pg.QueryResultRow>({
      text: sql,
      values: parameters as unknown[],
      ...nameOf(sql),
    })
    const wrote = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE' || command === 'MERGE'
    return { rows: rows ?? [], ...(wrote && { numAffectedRows: BigInt(rowCount ?? 0) }) }
  }

  /** What is said before anybody waits leaves in one piece: writing to a socket costs more than planning a statement. */
  #together(soon: (leave: () => void) => void = process.nextTick) {
    const stream = this.#client.connection?.stream
    if (!this.#corked && stream?.cork && stream.uncork) {
      this.#corked = true
      stream.cork()
      soon(() => {
        this.#corked = false
        stream.uncork?.()
      })
    }
    return this.#client
  }

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

/** So many different statements are prepared on a connection; each takes some kilobytes of the server. */
const mostPrepared = 400
const names = new Map<string, { name: string }>()

/**
 * The name under which a statement is prepared: planned once on each connection instead of at every use. Statements
 * carry their values as parameters, so there are only as many texts as places in the code, times lengths of lists.
 */
function nameOf(text: string): { name: string } | undefined {
  const known = names.get(text)
  if (known || names.size >= mostPrepared) return known
  const given = { name: `a${names.size}` }
  names.set(text, given)
  return given
}
