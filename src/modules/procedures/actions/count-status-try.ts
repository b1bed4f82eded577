import { z } from 'zod'
import { action } from '#core/action.ts'
import { Refusal } from '#core/refusal.ts'
import { countHit } from '#platform/tenants.ts'
import { ja } from '../words.ja.ts'

const tries = 10

/** Counts a try to open a filing by number and mail address; too many from one place have to wait. */
export const countStatusTry = action({
  name: 'procedures.count-status-try',
  title: 'Count a try to open a filing',
  pagesOnly: 'part of opening it for a browser',
  input: z.object({ from: z.string() }),
  output: z.object({ over: z.boolean() }),
  allow: () => true,
  run: async ({ db, now }, { from }) => ({ over: (await countHit(db, `status:${from}`, now, 900)) > tries }),
})

export const tooMany = () => new Refusal('invalid', 'too many tries', { number: ja.status.tooMany })
