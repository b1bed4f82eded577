import type { Db } from '#core/database.ts'
import { tables } from './tables.ts'

/** A code that was sent for this browser. */
export const findCode = (db: Db, id: string, browser: string) =>
  tables(db)
    .selectFrom('mail_code')
    .select(['sealed', 'tries', 'sent_at', 'used_at'])
    .where('id', '=', id)
    .where('browser', '=', browser)
    .executeTakeFirst()
