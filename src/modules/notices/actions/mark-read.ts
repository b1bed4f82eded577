import { z } from 'zod'
import { action } from '#core/action.ts'
import { Refusal } from '#core/refusal.ts'
import { tables } from '../tables.ts'

/** Marks one's own notice as read; a second time changes nothing. */
export const markRead = action({
  name: 'notices.mark-read',
  title: 'Mark a notice on My Page as read',
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  allow: ({ actor }) => actor?.kind === 'person',

  async run({ db, now, actor }, { id }) {
    const mine = await tables(db)
      .updateTable('notice')
      .set((eb) => ({ read_at: eb.fn.coalesce('read_at', eb.val(now)) }))
      .where('id', '=', id)
      .where('person', '=', actor?.id ?? '')
      .where('on_screen', '=', true)
      .returning('id')
      .executeTakeFirst()
    if (!mine) throw new Refusal('missing', 'no such notice of this person')
    return { id }
  },
  subjects: ({ id }) => [{ module: 'notices', kind: 'notice', id }],
})
