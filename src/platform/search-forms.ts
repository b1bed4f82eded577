import { type SelectQueryBuilder, sql } from 'kysely'
import type { Db } from '#core/database.ts'

/** So many rows at once: a transaction of some ten milliseconds. */
const atOnce = 500

/**
 * Some of the rows that a query finds, held: those that nobody else holds, or where all are held the first one, waited for with
 * empty hands. Whoever signs in while a process starts holds several people, in an order of their own.
 */
export async function someHeld<DB, TB extends keyof DB, O>(query: SelectQueryBuilder<DB, TB, O>) {
  const held = query.forNoKeyUpdate()
  const free = await held.skipLocked().limit(atOnce).execute()
  return free.length > 0 ? free : held.limit(1).execute()
}

/** Writes what these rows of a table are searched by, where it is missing, in one statement; gives how many rows there were. */
export async function writeSearchForms<Row extends { id: string }>(
  db: Db,
  table: string,
  rows: readonly Row[],
  fold: (row: Row) => string,
): Promise<number> {
  if (rows.length === 0) return 0
  await sql`
    update ${sql.table(table)} as to_fill set search = filled.folded
      from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(fold)}::text[]) as filled (which, folded)
      where id = filled.which and search is null`.execute(db)
  return rows.length
}
