import { sql } from 'kysely'
import type { Db } from '#core/database.ts'
import { locks } from './locks.ts'

/**
 * Whether bytes may be removed from the storage now; holds backups off until the transaction ends. To be asked in the
 * transaction that marks them as removable, or after that one has been committed: so a backup that begins later sees the
 * mark in its snapshot, and does not want the bytes.
 */
export async function mayRemove(db: Db): Promise<boolean> {
  const { rows } = await sql<{
    free: boolean
  }>`select pg_try_advisory_xact_lock_shared(${locks.removals}) as free`.execute(db)
  return rows[0]?.free ?? false
}
