import { z } from 'zod'
import { holds } from '#core/policy.ts'
import { view } from '#core/view.ts'
import { countWaiting, newestSeal } from '../queries.ts'
import { closing } from './days.ts'

/** How far the trail is sealed, for the auditor. */
export const evidenceState = view({
  name: 'evidence.state',
  title: 'How far the audit trail is sealed',
  input: z.object({}),
  output: z.object({
    newest: closing.nullable(),
    /** Entries that wait for the next seal. */
    waiting: z.number(),
  }),
  allow: ({ actor }) => holds(actor, 'auditor'),
  run: async ({ db }) => ({ newest: await newestSeal(db), waiting: await countWaiting(db) }),
})
