import type { Compilable, CompiledQuery, DeleteResult, InsertResult, UpdateResult } from 'kysely'
import type { Db, Statement } from './database.ts'

/** Stands where a value will stand, while a query is put into words. Nobody may look at it: the words hold for all values. */
class Blank {
  readonly name: string
  /** In which of the rows that the query is about. */
  readonly row: number

  constructor(name: string, row: number) {
    this.name = name
    this.row = row
  }

  in(given: readonly object[]): unknown {
    const value = (given[this.row] as Record<string, unknown>)[this.name]
    if (value === undefined) throw new Error(`a prepared query lacks a value for "${this.name}"`)
    return value
  }

  [Symbol.toPrimitive](): never {
    throw new Error(`a prepared query can't depend on the value of "${this.name}"`)
  }

  toJSON = () => this[Symbol.toPrimitive]()
}

/** The values of which nothing is known yet but their names. */
function blanks<Given extends object>(row: number): Given {
  const refuse = () => {
    throw new Error("a prepared query can't ask which values it is given: it names them")
  }
  return new Proxy({} as Given, {
    get: (_, name) => new Blank(String(name), row),
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

/**
 * How statements that are alike are said as one, where acts are done together: ten that write a row each as one that
 * writes ten. A compiled query may carry it.
 */
export type Merge<Given = unknown> = {
  /** Those that carry the same may be said as one. */
  of: object | string
  /** The statement for all of them, about what each is `given`. */
  all(db: Db, given: readonly Given[]): CompiledQuery
  /** Which of its rows belong to which, in the order of `given`. */
  part(rows: readonly unknown[], given: readonly Given[]): unknown[][]
}

/**
 * A statement with what is known of it besides. `given`: what it is about, for `merge`. `often`: everybody says it, so it is
 * kept prepared however many others are.
 */
export type Mergeable<Row = unknown> = CompiledQuery<Row> & {
  // biome-ignore lint/suspicious/noExplicitAny: only those of one kind are put together, so of one type
  merge?: Merge<any>
  given?: unknown
  often?: true
}

/** So often a query is also built with its values as they are, to be sure that it doesn't depend on them. */
const timesCompared = 100

/** Puts a query about some rows into words once, for each number of rows. */
function wordsOf<Given extends object, Result>(build: (db: Db, given: readonly Given[]) => Compilable<Result>) {
  type Row = RowOf<Result>
  const known = new Map<number, { words: CompiledQuery<Row>; compared: number }>()
  return (db: Db, given: readonly Given[]): Mergeable<Row> => {
    const { length } = given
    let those = known.get(length)
    if (!those) {
      const rows = Array.from({ length }, (_, row) => blanks<Given>(row))
      those = { words: build(db, rows).compile() as CompiledQuery<Row>, compared: 0 }
      known.set(length, those)
    }
    const { words } = those
    const parameters = words.parameters.map((value) => (value instanceof Blank ? value.in(given) : value))
    if (those.compared < timesCompared) {
      those.compared++
      const plain = build(db, given).compile()
      if (plain.sql !== words.sql || plain.parameters.some((value, n) => !Object.is(value, parameters[n]))) {
        throw new Error(`a prepared query depends on its values: ${words.sql}`)
      }
    }
    return { ...words, parameters, often: true }
  }
}

/** Ways to say what `compile` puts into words. */
function sayer<Given extends object, Row>(compile: (db: Db, given: Given) => CompiledQuery<Row>): Prepared<Given, Row> {
  const all = async (db: Db, given: Given) => (await db.executeQuery(compile(db, given))).rows
  return {
    all,
    first: async (db, given) => (await all(db, given))[0],
    statement: (db, given) => ({ compile: () => compile(db, given) }),
  }
}

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
  const words = wordsOf<Given, Result>((db, [given]) => build(db, given as Given))
  return sayer((db, given) => words(db, [given]))
}

/** The same for a list, where `in (…)` is what finds an index and its order: put into words once for each length. */
export function preparedList<Given extends object, Result>(
  build: (db: Db, given: readonly Given[]) => Compilable<Result>,
): (db: Db, given: readonly Given[]) => Promise<RowOf<Result>[]> {
  const words = wordsOf(build)
  return async (db, given) => (await db.executeQuery<RowOf<Result>>(words(db, given))).rows
}

/**
 * The same for rows that are written: where acts are done together, theirs are written by one statement.
 * @param build is called for one row and for more
 * @param key the column by which a row that is given back is known again as one's own
 */
export function preparedRows<Given extends object, Result>(
  build: (db: Db, rows: readonly Given[]) => Compilable<Result>,
  key: keyof RowOf<Result> & keyof Given = 'id' as never,
): Prepared<Given, RowOf<Result>> {
  const words = wordsOf(build)
  const merge: Merge<Given> = {
    of: words,
    all: words,
    part(rows, given) {
      const left = new Set(rows as RowOf<Result>[])
      const parts = given.map((one) => {
        const own = [...left].find((row) => Object.is(row[key], one[key]))
        return own !== undefined && left.delete(own) ? [own] : []
      })
      if (left.size > 0) throw new Error(`a row was given back with another ${String(key)} than it was written with`)
      return parts
    },
  }
  return sayer((db, given): Mergeable<RowOf<Result>> => ({ ...words(db, [given]), merge, given }))
}
