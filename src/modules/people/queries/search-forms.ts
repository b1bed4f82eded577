import { sql } from 'kysely'
import type { Db } from '#core/database.ts'
import { searchText } from '../queries.ts'
import { tables } from '../tables.ts'

/** So many at once: a transaction of some ten milliseconds. */
const batch = 500

/** Writes what people are searched by where it is missing, and returns how many it wrote: 0 when nothing is left. */
export async function fillSearchForms(db: Db): Promise<number> {
  const rows = await tables(db)
    .selectFrom('person')
    .select(['id', 'name', 'reading', 'mail', 'corporate_number as number'])
    .where('search', 'is', null)
    .limit(batch)
    .execute()
  if (rows.length === 0) return 0
  await sql`
    update person set search = filled.folded
      from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(searchText)}::text[]) as filled (which, folded)
      where id = filled.which and search is null`.execute(db)
  return rows.length
}
