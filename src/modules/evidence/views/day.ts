import { z } from 'zod'
import { addDays, dayBegins, tokyoDate } from '#core/dates.ts'
import { Refusal } from '#core/refusal.ts'
import { view } from '#core/view.ts'
import { closingBefore, closings } from '../queries.ts'
import { closing } from './days.ts'

/** What the trail was sealed with at the end of one day in Tokyo, once it is over. */
export const evidenceDay = view({
  name: 'evidence.day',
  title: 'Root of the sealed audit trail at the end of a day',
  input: z.object({ day: z.iso.date().startsWith('20') }),
  output: closing.extend({
    tenant: z.string(),
    /** How many entries the day added. */
    added: z.number(),
    before: closing.nullable(),
  }),
  allow: () => true,

  async run({ db, now, tenant }, { day }) {
    if (day >= tokyoDate(now)) throw new Refusal('missing', 'the day is not over')
    const [found] = await closings(db, dayBegins(day), dayBegins(addDays(day, 1)))
    if (!found) throw new Refusal('missing', 'nothing was sealed on this day')
    const before = await closingBefore(db, dayBegins(day))
    return { ...found, tenant, added: found.size - (before?.size ?? 0), before }
  },
})
