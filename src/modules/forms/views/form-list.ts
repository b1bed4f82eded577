import { z } from 'zod'
import { holds } from '#core/policy.ts'
import { view } from '#core/view.ts'
import { listForms } from '../queries.ts'

/** All forms of the tenant with their newest version. */
export const formList = view({
  name: 'forms.form-list',
  title: 'Forms and their newest versions',
  input: z.object({}),
  output: z.object({
    forms: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        version: z.number().nullable(),
        published_at: z.date().nullable(),
      }),
    ),
  }),
  allow: ({ actor }) => holds(actor, 'procedure-editor', 'reviewer'),
  run: async ({ db }) => ({ forms: await listForms(db) }),
})
