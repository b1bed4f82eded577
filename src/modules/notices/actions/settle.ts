import { z } from 'zod'
import { action } from '#core/action.ts'
import { Refusal } from '#core/refusal.ts'
import { findDelivery } from '../queries.ts'
import { mayDeliver } from '../rules.ts'
import { tables } from '../tables.ts'
import { seesDelivery } from '../views/sees.ts'

/** Records that the reader of a notice that did not arrive was told by letter, by phone or at the window. */
export const settle = action({
  name: 'notices.settle',
  title: 'Record that a notice that did not arrive was brought to its reader in another way',
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  allow: ({ actor }) => mayDeliver(actor),
  allowThis: seesDelivery,

  async run({ db, now, actor }, { id }) {
    const settled = await tables(db)
      .updateTable('delivery')
      .set({ state: 'told-otherwise', settled_at: now, settled_by: actor?.id ?? null })
      .where('notice', '=', id)
      .where('state', '=', 'given-up')
      .returning('notice')
      .executeTakeFirst()
    if (!settled) throw new Refusal((await findDelivery(db, id)) ? 'conflict' : 'missing', 'not given up')
    return { id }
  },
  subjects: ({ id }) => [{ module: 'notices', kind: 'notice', id }],
})
