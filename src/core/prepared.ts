import type { Compilable, CompiledQuery, DeleteResult, InsertResult, UpdateResult } from 'kysely'
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

/** The values of which nothing is known yet but their names. */
function blanks<Given extends object>(): Given {
  const refuse = () => {
    throw new Error("a prepared query can't ask which values it is given: it names them")
  }
  return new Proxy({} as Given, {
    get: (_, name) => new Blank(String(name)),
    has: refuse,
    ownKeys: refuse,
    getOwnPropertyDescriptor: refuse,
  })
}

/** The values of these names, as a row to write: what is given to a prepared query can't be spread. */
export const pick = <Given extends object, Name extends keyof Given>(given: Given, ...names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, given[name]])) as Pick<Given, Name>

/** A write that returns no rows has none to give. */
type RowOf<Result> = Result extends InsertResult | UpdateResult | DeleteResult ? never : Result

/** What every request says: put into words once, then said with other values each time. */
export type Prepared<Given, Row> = {
  all(db: Db, given: Given): Promise<Row[]>
  first(db: Db, given: Given): Promise<Row | undefined>
  /** With its values, to be said later. */
  statement(db: Db, given: Given): Statement
}

/** So often a query is also built with its values as they are, to be sure that it doesn't depend on them. */
const timesCompared = 100

/**
 * A query for paths that everybody walks: building and compiling one takes as long as sending it. Elsewhere the query
 * builder as it comes is plainer.
 * @param build is called with blanks: it may put them where values stand, and decide nothing by them. Lists are one
 * value, `= any(…)`, since `in (…)` has other words for each length; and no value may be undefined.
 * @throws where the query depends on its values; what a blank can't notice (`given.a ? … : …`) is found by the first hundred uses
 */
export function prepared<Given extends object, Result>(
  build: (db: Db, given: Given) => Compilable<Result>,
): Prepared<Given, RowOf<Result>> {
  let words: CompiledQuery<RowOf<Result>> | undefined
  let compared = 0
  const compile = (db: Db, given: Given): CompiledQuery<RowOf<Result>> => {
    words ??= build(db, blanks()).compile() as CompiledQuery<RowOf<Result>>
    const { sql } = words
    const parameters = words.parameters.map((value) => (value instanceof Blank ? value.in(given) : value))
    if (compared < timesCompared) {
      compared++
      const plain = build(db, given).compile()
      if (plain.sql !== sql || plain.parameters.some((value, n) => !Object.is(value, parameters[n]))) {
        throw new Error(`a prepared query depends on its values: ${sql}`)
      }
    }
    return { ...words, parameters }
  }
  const all = async (db: Db, given: Given) => (await db.executeQuery(compile(db, given))).rows
  return {
    all,
    first: async (db, given) => (await all(db, given))[0],
    statement: (db, given) => ({ compile: () => compile(db, given) }),
  }
}
