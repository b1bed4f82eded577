import { isDeepStrictEqual } from 'node:util'
import { type CompiledQuery, type QueryResult, type RootOperationNode, SelectQueryNode } from 'kysely'
import type { Db } from '#core/database.ts'
import type { Mergeable } from '#core/prepared.ts'
import { Lent } from './lent.ts'

/** A statement that is about to be said for one of them. */
type Said = {
  by: Voice
  query: Mergeable
  resolve(result: QueryResult<unknown>): void
  reject(error: unknown): void
}

/**
 * Several who speak in one transaction. What they say before they wait for an answer leaves together, and what is alike in it
 * as one statement (`core/prepared.ts`); who looks at the same looks once. Everybody's own statements keep their order.
 */
export class Unison {
  readonly #db: Db
  /** What leaves next: all that is said as one stands at one place, and places are said in their order. */
  #places: Said[][] = []
  #placeOf = new Map<object | string, number>()
  /** A statement has failed: the server takes no more of them. */
  failed = false

  constructor(db: Db) {
    this.#db = db
  }

  /** A handle for one of them. */
  voice = () => new Voice((said) => this.#add(said))

  #add(said: Said) {
    // When everybody has heard what they had asked before, and has said what follows from it.
    if (this.#places.length === 0) process.nextTick(() => this.#leave())
    const kind = kindOf(said.query)
    const at = kind === undefined ? undefined : this.#placeOf.get(kind)
    const place = at !== undefined && at >= said.by.place ? this.#places[at] : undefined
    if (at !== undefined && place?.[0] && saysAs(place[0].query, said.query)) {
      place.push(said)
      said.by.place = at
      return
    }
    said.by.place = this.#places.length
    if (kind !== undefined) this.#placeOf.set(kind, said.by.place)
    this.#places.push([said])
  }

  #leave() {
    const places = this.#places
    this.#places = []
    this.#placeOf = new Map()
    for (const { by } of places.flat()) by.place = 0
    for (const place of places) {
      const most = place[0]?.query.merge ? mostAsOne : place.length
      for (let from = 0; from < place.length; from += most) this.#say(place.slice(from, from + most))
    }
  }

  /** Says one statement for all of them. */
  async #say(all: readonly Said[]) {
    const [{ by, query }] = all as [Said, ...Said[]]
    const merge = all.length > 1 ? query.merge : undefined
    try {
      const given = all.map((one) => one.query.given)
      const result = await this.#db.executeQuery(merge?.all(by.db, given) ?? query)
      const parts = merge?.part(result.rows, given)
      if (parts && parts.length !== all.length) throw new Error('the rows were not parted among all of them')
      for (const [n, one] of all.entries()) {
        one.by.waits--
        if (parts) one.resolve({ rows: parts[n] ?? [] })
        // To each rows of their own: what one puts into them is nobody else's.
        else one.resolve({ ...result, rows: all.length > 1 ? result.rows.map(copied) : result.rows })
      }
    } catch (error) {
      this.failed = true
      for (const one of all) {
        one.by.waits--
        one.reject(error)
      }
    }
  }
}

const copied = (row: unknown) => ({ ...(row as object) })

/** So many are said as one at most: for each number there is another statement to prepare. */
const mostAsOne = 16

/** Only what is of one kind may be said as one. */
const kindOf = ({ merge, query, sql }: Mergeable): object | string | undefined =>
  merge?.of ?? (onlyLooks(query) ? sql : undefined)

/** What stands behind `with` may write. */
const onlyLooks = (query: RootOperationNode) => SelectQueryNode.is(query) && query.with === undefined

/** Looks that don't know how to be one are one where they look at the same. */
const saysAs = ({ merge, parameters }: Mergeable, other: Mergeable) =>
  merge !== undefined || isDeepStrictEqual(parameters, other.parameters)

/** One of several who speak. */
class Voice extends Lent {
  /** Whether there may be something to undo. */
  wrote = false
  /** Statements that are still to be answered. */
  waits = 0
  /** Where what they said last stands among what leaves next. */
  place = 0
  #over = false
  readonly #say: (said: Said) => void

  constructor(say: (said: Said) => void) {
    super()
    this.#say = say
  }

  /** Nothing more is said by this one: what was left behind in the middle can't reach the others' transaction. */
  end() {
    this.#over = true
  }

  executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#over) return Promise.reject(new Error('the transaction is over'))
    if (!onlyLooks(query.query)) this.wrote = true
    this.waits++
    return new Promise<QueryResult<unknown>>((resolve, reject) =>
      this.#say({ by: this, query, resolve, reject }),
    ) as Promise<QueryResult<Row>>
  }
}
