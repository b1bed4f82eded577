import type { Insertable } from 'kysely'
import type { Db } from '#core/database.ts'
import { type PlansTables, tables } from '../../tables.ts'

/** A statement can carry 65,535 values; the widest table has some twenty columns. */
const atOnce = 1_500

/** Inserts any number of rows. */
export async function insertRows<Table extends keyof PlansTables>(
  db: Db,
  table: Table,
  rows: readonly Insertable<PlansTables[Table]>[],
) {
  for (let from = 0; from < rows.length; from += atOnce) {
    await tables(db)
      .insertInto(table)
      .values(rows.slice(from, from + atOnce) as never)
      .execute()
  }
}

/** For columns of type jsonb. */
export const json = (value: unknown): string => JSON.stringify(value)
