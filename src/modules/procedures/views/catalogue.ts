import { z } from 'zod'
import { view } from '#core/view.ts'
import { listPublished } from '../queries.ts'
import { opening } from '../rules.ts'

export const openingWord = z.enum(['open', 'not-yet', 'over', 'closed'])

/** What can be filed here; anybody may look. */
export const catalogue = view({
  name: 'procedures.catalogue',
  title: 'Published procedures',
  input: z.object({ q: z.string().max(100).default('') }),
  output: z.object({
    procedures: z.array(
      z.object({
        slug: z.string(),
        title: z.string(),
        summary: z.string(),
        opening: openingWord,
        opens_at: z.date().nullable(),
        closes_at: z.date().nullable(),
      }),
    ),
  }),
  allow: () => true,
  along: true,

  async run({ db, now }, { q }) {
    const found = await listPublished(db, q.trim())
    return { procedures: found.map((procedure) => ({ ...procedure, opening: opening(procedure, now) })) }
  },
})
