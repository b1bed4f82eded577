import { z } from 'zod'
import { action } from '#core/action.ts'
import { tables } from '../tables.ts'

const reload = { error: '一覧を読み込み直してください' }

/** Marks as read all of one's own notices up to the newest one that was shown; later ones stay unread. */
export const markAllRead = action({
  name: 'notices.mark-all-read',
  title: 'Mark all notices on My Page as read, up to the newest one shown',
  // Years before our era are dates to JavaScript, and none that the database could read.
  input: z.object({ upTo: z.coerce.date(reload).min(0, reload) }),
  output: z.object({ count: z.number() }),
  allow: ({ actor }) => actor?.kind === 'person',

  async run({ db, now, actor }, { upTo }) {
    const marked = await tables(db)
      .updateTable('notice')
      .set({ read_at: now })
      .where('person', '=', actor?.id ?? '')
      .where('on_screen', '=', true)
      .where('read_at', 'is', null)
      .where('created_at', '<=', upTo)
      .returning('id')
      .execute()
    return { count: marked.length }
  },
})
