import { sql } from 'kysely'
import type { Db } from '#core/database.ts'

/**
 * PostgreSQL's advisory locks that the house takes, each by a number of its own. All of them stand here, so that no two
 * mean the same number.
 */
export const locks = {
  /** Held by the one process that brings the database to today's shape; others wait. */
  migrations: 727_001,
  /** Held by a backup while it copies files: what its snapshot names must not be removed before it has been copied. */
  removals: 727_002,
  /** One sealer of the audit trail at a time, in each tenant. */
  sealing: 727_003,
  /** One import of a plan at a time, in each tenant. */
  imports: 727_004,
  /** One invitation at a time, in each tenant: two posts of one form must not enter two persons. */
  invitations: 727_005,
  /** One change of departments, sections and who works in them at a time, in each tenant. */
  units: 727_006,
  /** One entry or change of a procedure at a time, in each tenant: two must not take one address or one form. */
  procedures: 727_007,
  /** One beginning of a draft at a time, of each owner: who presses twice means one draft. */
  drafts: 727_008,
} as const

/** Waits until nobody else holds a lock in this tenant, then holds it to the end of the transaction. */
export const waitForLock = (db: Db, lock: 'imports' | 'invitations' | 'units' | 'procedures') =>
  sql`select pg_advisory_xact_lock(${locks[lock]}, hashtext(current_setting('app.tenant')))`.execute(db)

/** The same, against those only who ask for it with the same words. */
export const waitForLockOf = (db: Db, lock: 'drafts', whose: string) =>
  sql`select pg_advisory_xact_lock(${locks[lock]}, hashtext(current_setting('app.tenant') || ' ' || ${whose}))`.execute(
    db,
  )

/** Takes a lock of this tenant to the end of the transaction if nobody else holds it; tells whether it did. */
export async function takeLock(db: Db, lock: 'sealing'): Promise<boolean> {
  const { rows } = await sql<{ ours: boolean }>`
    select pg_try_advisory_xact_lock(${locks[lock]}, hashtext(current_setting('app.tenant'))) as ours`.execute(db)
  return rows[0]?.ours ?? false
}
