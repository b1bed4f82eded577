import type { Db } from '#core/database.ts'
import type { TraceKind } from './rules.ts'

type TracesTables = {
  trace: {
    id: string
    from_module: string
    from_kind: string
    from_id: string
    to_module: string
    to_kind: string
    to_id: string
    kind: TraceKind
    reason: string
    made_by: string
    made_at: Date
    withdrawn_by: string | null
    withdrawn_at: Date | null
  }
}

/** The only door to this table; other modules cannot name it. */
export const tables = (db: Db) => db.withTables<TracesTables>()
