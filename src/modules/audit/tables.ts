import type { AuditEntry } from '#core/audit.ts'
import type { Db } from '#core/database.ts'
import type { Reference } from '#core/reference.ts'

/** The audit trail belongs to the core, which only writes it; here is its reading room. */
type AuditTables = { audit: AuditEntry & { subjects: Reference[] } }

/** To read the trail; nothing here can write it. */
export const trail = (db: Db) => db.withTables<AuditTables>()
