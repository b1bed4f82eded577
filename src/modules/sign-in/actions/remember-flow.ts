import { z } from 'zod'
import { action } from '#core/action.ts'
import { tables } from '../tables.ts'

/** Remembers, for one browser and ten minutes, that somebody has left for an identity provider. */
export const rememberFlow = action({
  name: 'people.remember-flow',
  title: 'Remember that somebody has left for an identity provider',
  pagesOnly: 'a browser is sent away and comes back',
  input: z.object({ id: z.string(), browser: z.string(), sealed: z.string() }),
  output: z.object({}),
  allow: () => true,

  async run({ db, now }, { id, browser, sealed }) {
    const before = new Date(now.getTime() - 10 * 60_000)
    await tables(db).deleteFrom('sign_in_flow').where('started_at', '<', before).execute()
    await tables(db).insertInto('sign_in_flow').values({ id, browser, sealed, started_at: now }).execute()
    return {}
  },
})
