import type { Compilable, CompiledQuery } from 'kysely'
import type { Db, Statement } from './database.ts'

/** Stands where a value will stand, while a query is put into words. Nobody may look at it: the words hold for all values. */
class Blank {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }

  in(given: object): unknown {
    const value = (given as Record<string, unknown>)[this.name]
    if (value === undefined) throw new Error(`a prepared query lacks a value for "${this.name}"`)
    return value
  }

  [Symbol.toPrimitive](): never {
    throw new Error(`a prepared query can't depend on the value of "${this.name}"`)
  }

  toJSON = () => this[Symbol.toPrimitive]()
}

/** What every request says: put into words once, then said with other values each time. */
export type Prepared<Given, Row> = {
  all(db: Db, given: Given): Promise<Row[]>
  first(db: Db, given: Given): Promise<Row | undefined>
  /** With its values, to be said later. */
  statement(db: Db, given: Given): Statement
}

/**
 * A query for paths that everybody walks: building and compiling one takes as long as sending it. Elsewhere the query
 * builder as it comes is plainer.
 * @param build is called once, with blanks: it may put them where values stand, and decide nothing by them. Lists are one
 * value, `= any(…)`, since `in (…)` has other words for each length; and no value may be undefined.
 */
export function prepared<Given extends object, Row>(
  build: (db: Db, given: Given) => Compilable<Row>,
): Prepared<Given, Row> {
  let words: CompiledQuery<Row> | undefined
  const compile = (db: Db, given: Given): CompiledQuery<Row> => {
    words ??= build(db, new Proxy({} as Given, { get: (_, name) => new Blank(String(name)) })).compile()
    return { ...words, parameters: words.parameters.map((value) => (value instanceof Blank ? value.in(given) : value)) }
  }
  const all = async (db: Db, given: Given) => (await db.executeQuery(compile(db, given))).rows
  return {
    all,
    first: async (db, given) => (await all(db, given))[0],
    statement: (db, given) => ({ compile: () => compile(db, given) }),
  }
}
