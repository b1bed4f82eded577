import { z } from 'zod'
import { action } from '#core/action.ts'
import { enqueue } from '#core/job.ts'
import { Refusal } from '#core/refusal.ts'
import { deliver } from '../jobs.ts'
import { findDelivery } from '../queries.ts'
import { mayDeliver } from '../rules.ts'
import { tables } from '../tables.ts'
import { seesDelivery } from '../views/sees.ts'

/** Tries again to mail a notice that did not arrive; the tries are counted anew. */
export const resend = action({
  name: 'notices.resend',
  title: 'Send a notice by mail again that did not arrive',
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  allow: ({ actor }) => mayDeliver(actor),
  allowThis: seesDelivery,

  async run(stage, { id }) {
    const { db, now } = stage
    const again = await tables(db)
      .updateTable('delivery')
      .set({ state: 'queued', attempts: 0, queued_at: now, response: null })
      .where('notice', '=', id)
      .where('state', '=', 'given-up')
      .returning('notice')
      .executeTakeFirst()
    if (!again) throw new Refusal((await findDelivery(db, id)) ? 'conflict' : 'missing', 'not given up')
    await enqueue(stage, deliver, { id })
    return { id }
  },
  subjects: ({ id }) => [{ module: 'notices', kind: 'notice', id }],
})
