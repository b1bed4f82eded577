import { z } from 'zod'
import { referenceSchema } from '#core/reference.ts'
import { Refusal } from '#core/refusal.ts'
import { view } from '#core/view.ts'
import { namesOf } from '#modules/people/index.ts'
import { findDelivery } from '../queries.ts'
import { mayDeliver } from '../rules.ts'
import { delivery, readerOf, withNames } from './deliveries.ts'
import { seesDelivery } from './sees.ts'

/** One notice that was mailed: to whom, what it says, and what became of it. */
export const deliveryPage = view({
  name: 'notices.delivery',
  title: 'One mailed notice, what it says and what became of it',
  input: z.object({ id: z.uuid() }),
  output: delivery.extend({
    text: z.string(),
    href: z.string().nullable(),
    about: referenceSchema.nullable(),
    readAt: z.date().nullable(),
    settledBy: z.string().nullable(),
  }),
  allow: ({ actor }) => mayDeliver(actor),
  allowThis: seesDelivery,

  async run({ db }, { id }) {
    const found = await findDelivery(db, id)
    if (!found) throw new Refusal('missing', 'no such delivery')
    const [shown] = await withNames(db, [found])
    if (!shown) throw new Refusal('missing', 'no such delivery')
    const by = shown.settledBy
    return { ...shown, settledBy: by && ((await namesOf(db, [by])).get(by) ?? null) }
  },
  personal: (shown) => [readerOf(shown)],
})
