import { z } from 'zod'
import { action } from '#core/action.ts'
import { Refusal } from '#core/refusal.ts'
import { countHit } from '#platform/tenants.ts'
import { readReceiptNumber } from '../rules.ts'
import { ja } from '../words.ja.ts'

/** In a quarter of an hour: one number can't be tried with many addresses, while a whole office may share one connection. */
const tries = { number: 10, from: 200 }

/** Counts a try to open a filing by number and mail address; too many for one number, or from one place, have to wait. */
export const countStatusTry = action({
  name: 'procedures.count-status-try',
  title: 'Count a try to open a filing',
  pagesOnly: 'part of opening it for a browser',
  input: z.object({ from: z.string(), number: z.string().catch('') }),
  output: z.object({ over: z.boolean() }),
  allow: () => true,

  async run({ db, now }, { from, number: typed }) {
    const number = readReceiptNumber(typed.slice(0, 60))
    // What can't be a number opens nothing and counts for nothing.
    if (!number) return { over: false }
    const hits = await Promise.all([
      countHit(db, `status:${number}`, now, 900),
      countHit(db, `status:${from}`, now, 900),
    ])
    return { over: hits[0] > tries.number || hits[1] > tries.from }
  },
})

export const tooMany = () => new Refusal('invalid', 'too many tries', { number: ja.status.tooMany })
