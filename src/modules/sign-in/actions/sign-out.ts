import { z } from 'zod'
import { action } from '#core/action.ts'
import { endSession, endSessionsOf } from '#web/sessions.ts'

/** Signs out of this browser, or of all browsers. */
export const signOut = action({
  name: 'people.sign-out',
  title: 'Sign out of this browser or of all',
  pagesOnly: 'ends a browser’s session',
  input: z.object({ session: z.string(), everywhere: z.boolean().default(false) }),
  output: z.object({}),
  allow: ({ actor }) => actor?.kind === 'person',

  async run({ db, actor, now }, { session, everywhere }) {
    if (everywhere && actor) await endSessionsOf(db, actor.id, now)
    else await endSession(db, session, now)
    return {}
  },
})
