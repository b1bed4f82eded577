import { z } from 'zod'
import { tokyoDate } from '#core/dates.ts'
import { holdsAt } from '#core/policy.ts'
import { view } from '#core/view.ts'
import { publishable } from '../actions/publish-form.ts'
import { latestVersion } from '../queries.ts'
import { type Definition, difference } from '../rules/index.ts'

/** What a definition would be if it were published now: its pages, and what would change for those in the middle of the form. */
export const formPreview = view({
  name: 'forms.preview',
  title: 'What a definition would be, before it is published',
  input: z.object({ form: z.uuid().optional(), definition: z.string().max(1_000_000) }),
  output: z.object({
    definition: z.custom<Definition>(),
    /** The day in Asia/Tokyo, for what hangs on it. */
    today: z.string(),
    /** Against the version that is published now; null where there is none. */
    changes: z
      .array(
        z.object({
          path: z.string(),
          what: z.string(),
          /** What it means for somebody in the middle of the form. */
          meaning: z.string(),
        }),
      )
      .nullable(),
  }),
  allow: ({ actor }) => holdsAt(actor, null, 'procedure-editor'),

  async run({ db, now }, { form, definition: given }) {
    const definition = publishable(given)
    const published = form ? await latestVersion(db, form) : undefined
    return {
      definition,
      today: tokyoDate(now),
      changes: published
        ? difference(published.definition, definition).map(({ path, what, meaning }) => ({
            path,
            what: what.ja,
            meaning: meaning.ja,
          }))
        : null,
    }
  },
})
