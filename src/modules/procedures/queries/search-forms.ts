import type { Db } from '#core/database.ts'
import { someHeld, writeSearchForms } from '#platform/search-forms.ts'
import { procedureSearch } from '../queries.ts'
import { tables } from '../tables.ts'

/** Writes what procedures are searched by where it is missing, and returns how many it wrote: 0 when nothing is left. */
export async function fillSearchForms(db: Db): Promise<number> {
  const rows = await someHeld(
    tables(db).selectFrom('procedure').select(['id', 'title', 'summary', 'explanation']).where('search', 'is', null),
  )
  return writeSearchForms(db, 'procedure', rows, procedureSearch)
}
