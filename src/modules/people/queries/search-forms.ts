import type { Db } from '#core/database.ts'
import { someHeld, writeSearchForms } from '#platform/search-forms.ts'
import { searchText } from '../queries.ts'
import { tables } from '../tables.ts'

/** Writes what people are searched by where it is missing, and returns how many it wrote: 0 when nothing is left. */
export async function fillSearchForms(db: Db): Promise<number> {
  const rows = await someHeld(
    tables(db)
      .selectFrom('person')
      .select(['id', 'name', 'reading', 'mail', 'corporate_number as number'])
      .where('search', 'is', null),
  )
  return writeSearchForms(db, 'person', rows, searchText)
}
