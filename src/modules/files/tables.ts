import type { ColumnType } from 'kysely'
import type { Db } from '#core/database.ts'
import type { Reference } from '#core/reference.ts'

/** Sizes in bytes; `sha256` in hexadecimal; `type` a media type, by the content. */
type Bytes = { name: string; type: string; size: number; sha256: string; storage_key: string }

type FilesTables = {
  arriving_file: { id: string; storage_key: string; begun_at: Date }
  staged_file: Bytes & {
    id: string
    token_hash: string
    staged_by: string
    staged_at: Date
    claimed_at: Date | null
    dropped_at: Date | null
  }
  file: Bytes & {
    id: string
    kept_at: Date
    about: ColumnType<Reference, string, never>
    released_at: Date | null
  }
}

/** The only door to these tables; other modules cannot name them. */
export const tables = (db: Db) => db.withTables<FilesTables>()
