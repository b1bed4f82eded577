import { sql } from 'kysely'
import type { Db } from '#core/database.ts'

/**
 * The lock (of PostgreSQL's advisory ones) that a backup holds while it copies files: what its snapshot names must not be
 * removed before it has been copied.
 */
export const removalsLock = 727_002

/**
 * Whether bytes may be removed from the storage now; holds backups off until the transaction ends. To be asked in the
 * transaction that marks them as removable, or after that one has been committed: so a backup that begins later sees the
 * mark in its snapshot, and does not want the bytes.
 */
export async function mayRemove(db: Db): Promise<boolean> {
  const { rows } = await sql<{
    free: boolean
  }>`select pg_try_advisory_xact_lock_shared(${removalsLock}) as free`.execute(db)
  return rows[0]?.free ?? false
}
