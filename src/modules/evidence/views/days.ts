import { z } from 'zod'
import { dayBegins, tokyoDate } from '#core/dates.ts'
import { view } from '#core/view.ts'
import { closingBefore, closings, monthsWithSeals } from '../queries.ts'

/** What a day ended with: enough to compare it with the trail at any later time. */
export const closing = z.object({
  day: z.string(),
  number: z.number(),
  size: z.number(),
  root: z.string(),
  hash: z.string(),
  sealedAt: z.date(),
})

/**
 * What the trail was sealed with at the end of each day of a month, newest first; the newest month unless said otherwise.
 * Only of days that are over: seals of the running day would tell everybody how busy the office is right now.
 */
export const evidenceDays = view({
  name: 'evidence.days',
  title: 'Roots of the sealed audit trail, day by day',
  input: z.object({
    month: z
      .string()
      .regex(/^20\d\d-(0[1-9]|1[0-2])$/)
      .optional(),
  }),
  output: z.object({
    /** The last seal of the last day that is over and has one. */
    newest: closing.nullable(),
    month: z.string(),
    days: z.array(closing),
    earlier: z.string().nullable(),
    later: z.string().nullable(),
  }),
  allow: () => true,

  async run({ db, now }, { month }) {
    const today = tokyoDate(now)
    const newest = await closingBefore(db, dayBegins(today))
    const months = await monthsWithSeals(db, dayBegins(today))
    const shown = month ?? (newest ? newest.day : today).slice(0, 7)
    const following = nextMonth(shown)
    const until = `${following}-01` < today ? `${following}-01` : today
    return {
      newest,
      month: shown,
      days: await closings(db, dayBegins(`${shown}-01`), dayBegins(until)),
      earlier: months.findLast((one) => one < shown) ?? null,
      later: months.find((one) => one > shown) ?? null,
    }
  },
})

const nextMonth = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}
