import { sql } from 'kysely'
import { z } from 'zod'
import { action } from '#core/action.ts'
import { tables } from '../tables.ts'
import { says } from '../words.refusals.ja.ts'

/**
 * Counts a try at a one-time code, in a transaction of its own that is committed before the code is looked at:
 * neither a rollback nor many tries at once can make it forget one.
 */
export const countTry = action({
  name: 'people.count-try',
  title: 'Count a try at a one-time code',
  pagesOnly: 'part of signing a browser in',
  input: z.object({ id: z.uuid(says.useCode.id), browser: z.string() }),
  output: z.object({}),
  allow: () => true,

  async run({ db }, { id, browser }) {
    await tables(db)
      .updateTable('mail_code')
      .set({ tries: sql`tries + 1` })
      .where('id', '=', id)
      .where('browser', '=', browser)
      .execute()
    return {}
  },
})
