import type { ColumnType } from 'kysely'
import type { Db } from '#core/database.ts'
import type { Answers, Definition, Typed } from './rules/index.ts'

/** Read as what it holds, written as JSON text. */
type Json<T> = ColumnType<T, string, string>

/** What was typed on a page and isn't right yet, by page. */
export type Loose = Record<string, Record<string, Typed>>

type FormsTables = {
  form: { id: string; title: string; created_at: Date }
  form_version: {
    form: string
    version: number
    definition: Json<Definition>
    published_at: Date
    published_by: string
  }
  draft: {
    id: string
    form: string
    version: number
    owner: string
    answers: Json<Answers>
    loose: Json<Loose>
    revision: number
    started_at: Date
    saved_at: Date
    filed_at: Date | null
  }
}

/** The only door to these tables; other modules cannot name them. */
export const tables = (db: Db) => db.withTables<FormsTables>()
