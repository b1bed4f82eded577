import type { Db } from '#core/database.ts'
import type { DeliveryState } from '../rules.ts'
import { tables } from '../tables.ts'

/** Counts a try before it is made, so that a crash in the middle is counted too. Null: it is no longer to be sent. */
export async function beginAttempt(db: Db, notice: string, now: Date): Promise<number | null> {
  const row = await tables(db)
    .updateTable('delivery')
    .set((eb) => ({ attempts: eb('attempts', '+', 1), last_attempt_at: now }))
    .where('notice', '=', notice)
    .where('state', 'in', ['queued', 'failed'])
    .returning('attempts')
    .executeTakeFirst()
  return row?.attempts ?? null
}

/** Writes down what became of a try, unless the delivery has come to its end meanwhile. */
export const recordOutcome = (
  db: Db,
  notice: string,
  outcome: { state: DeliveryState; response: string; sent_at: Date | null },
) =>
  tables(db)
    .updateTable('delivery')
    .set(outcome)
    .where('notice', '=', notice)
    .where('state', 'in', ['queued', 'failed'])
    .execute()

/** Deliveries that nobody has touched since `before`, although they are on their way; marks them as queued now. */
export async function leftLying(db: Db, now: Date, before: Date): Promise<string[]> {
  const rows = await tables(db)
    .updateTable('delivery')
    .set({ queued_at: now })
    .where('state', 'in', ['queued', 'failed'])
    .where('queued_at', '<', before)
    .where((eb) => eb.or([eb('last_attempt_at', 'is', null), eb('last_attempt_at', '<', before)]))
    .returning('notice')
    .execute()
  return rows.map(({ notice }) => notice)
}

/**
 * Deletes notices made before a day, with their deliveries; those that still wait for staff stay. What its reader is just marking
 * as read waits for the next time: this job must not wait for whoever waits for it.
 */
export const sweepOld = (db: Db, before: Date) =>
  tables(db)
    .deleteFrom('notice')
    .where('id', 'in', (which) =>
      which
        .selectFrom('notice')
        .select('notice.id')
        .where('created_at', '<', before)
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('delivery')
                .select('delivery.notice')
                .whereRef('delivery.notice', '=', 'notice.id')
                .where('delivery.state', 'in', ['given-up', 'failed', 'queued']),
            ),
          ),
        )
        .forUpdate()
        .skipLocked(),
    )
    .execute()
