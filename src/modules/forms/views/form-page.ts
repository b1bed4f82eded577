import { z } from 'zod'
import { holds } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { view } from '#core/view.ts'
import { findForm, latestVersion, listVersions } from '../queries.ts'

/** One form: its newest definition and all its versions. */
export const formPage = view({
  name: 'forms.form',
  title: 'One form with its newest definition and its versions',
  input: z.object({ id: z.uuid() }),
  output: z.object({
    id: z.string(),
    title: z.string(),
    /** Its schema is printed and served of its own. */
    definition: z.record(z.string(), z.unknown()).nullable().describe('See /schemas/form-definition.json'),
    versions: z.array(z.object({ version: z.number(), published_at: z.date(), published_by: z.string() })),
  }),
  allow: ({ actor }) => holds(actor, 'procedure-editor', 'reviewer'),

  async run({ db }, { id }) {
    const form = await findForm(db, id)
    if (!form) throw new Refusal('missing', 'no such form')
    const [latest, versions] = await Promise.all([latestVersion(db, id), listVersions(db, id)])
    return { ...form, definition: latest?.definition ?? null, versions }
  },
})
