import { z } from 'zod'
import { action } from '#core/action.ts'
import { Refusal } from '#core/refusal.ts'
import { tables } from '../tables.ts'

/** Takes a remembered flow back: once, by the browser it was remembered for, within ten minutes. */
export const takeFlow = action({
  name: 'people.take-flow',
  title: 'Take back what was remembered when somebody left for an identity provider',
  pagesOnly: 'a browser is sent away and comes back',
  input: z.object({ id: z.string(), browser: z.string() }),
  output: z.object({ sealed: z.string() }),
  allow: () => true,

  async run({ db, now }, { id, browser }) {
    const flow = await tables(db)
      .deleteFrom('sign_in_flow')
      .where('id', '=', id)
      .where('browser', '=', browser)
      .where('started_at', '>', new Date(now.getTime() - 10 * 60_000))
      .returning('sealed')
      .executeTakeFirst()
    if (!flow) throw new Refusal('conflict', 'the sign-in took too long, was used already or began in another browser')
    return { sealed: flow.sealed }
  },
})
