import type { QueryResult } from 'kysely'
import type pg from 'pg'
import type { Mergeable } from '#core/prepared.ts'
import { Lent } from './lent.ts'

/** The driver's connection; its stream is no part of what the driver promises, so it may be missing. */
type Wire = pg.ClientBase & { connection?: { stream?: { cork?(): void; uncork?(): void } } }

/**
 * One transaction's handle on a connection: what modules get as `db`. It dies with the transaction, so that nothing
 * that was forgotten in it can reach into the next one. Statements that are not waited for one by one travel together.
 */
export class Visit extends Lent {
  readonly #client: Wire
  #over = false
  #corked = false

  constructor(client: pg.ClientBase) {
    super()
    this.#client = client
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

  async executeQuery<Row>({ sql, parameters, often }: Mergeable): Promise<QueryResult<Row>> {
    if (this.#over) throw new Error('the transaction is over')
    // On its way before anything is waited for: `end`, said next, comes after it.
    const { command, rowCount, rows } = await this.#together().query<Row & pg.QueryResultRow>({
      text: sql,
      values: parameters as unknown[],
      ...nameOf(sql, often),
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
}

/** So many different statements are prepared on a connection, and those that are said often; each takes some kilobytes of the server. */
const mostPrepared = 400
const names = new Map<string, { name: string }>()

/**
 * The name under which a statement is prepared: planned once on each connection instead of at every use. Statements
 * carry their values as parameters, so there are only as many texts as places in the code, times lengths of lists.
 */
function nameOf(text: string, often = false): { name: string } | undefined {
  const known = names.get(text)
  if (known || (names.size >= mostPrepared && !often)) return known
  const given = { name: `a${names.size}` }
  names.set(text, given)
  return given
}
