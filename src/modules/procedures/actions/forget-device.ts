import { z } from 'zod'
import { action } from '#core/action.ts'
import { forgetDraftsOf } from '#modules/forms/index.ts'
import { forgetAccessOf } from '../queries/own.ts'

/**
 * Forgets what a browser without a sign-in is known by: drafts that were not filed, and access to filings. What was
 * filed stays filed. For devices that several people use.
 */
export const forgetDevice = action({
  name: 'procedures.forget-device',
  title: 'Forget what was begun in this browser without signing in',
  pagesOnly: 'forgets a browser',
  input: z.object({}),
  output: z.object({ drafts: z.array(z.string()) }),
  allow: ({ visitor }) => visitor.length > 0,

  async run({ db, visitor }) {
    const gone = await forgetDraftsOf(
      db,
      visitor.map((hash) => `browser:${hash}`),
    )
    // Afterwards: a draft that was being filed has been waited for, and what was filed opened itself to this browser.
    await forgetAccessOf(db, visitor)
    return { drafts: gone.map(({ id }) => id) }
  },
  subjects: (_, { drafts }) => drafts.map((id) => ({ module: 'procedures', kind: 'draft', id })),
})
