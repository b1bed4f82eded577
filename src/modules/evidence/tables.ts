import type { ColumnType } from 'kysely'
import type { Db } from '#core/database.ts'

/** Transaction ids (xid8) as decimal digits. */
type EvidenceTables = {
  audit_checkpoint: {
    tenant: ColumnType<string, string | undefined, never>
    number: number
    size: number
    root: string
    frontier: string[]
    columns: string[]
    sealed_at: ColumnType<Date, Date | string, never>
    horizon: string
    cluster: string | null
    complete: boolean
    previous: string
    hash: string
  }
  audit_leaf: {
    tenant: ColumnType<string, string | undefined, never>
    position: number
    checkpoint: number
    entry: string
    hash: string
  }
}

/** The only door to these tables; other modules cannot name them. The trail itself belongs to the core. */
export const tables = (db: Db) => db.withTables<EvidenceTables>()
