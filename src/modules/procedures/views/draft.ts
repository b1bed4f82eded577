import { z } from 'zod'
import { Refusal } from '#core/refusal.ts'
import { view } from '#core/view.ts'
import { type Answers, type Definition, findFilling, type Typed } from '#modules/forms/index.ts'
import { filingOfDraft, procedureOfForm } from '../queries.ts'

/** One's own draft: the form it was begun on, its answers, and what isn't right yet. */
export const draftPage = view({
  name: 'procedures.draft',
  title: 'One’s own draft with its form and answers',
  input: z.object({ id: z.uuid() }),
  output: z.object({
    id: z.string(),
    procedure: z.object({ slug: z.string(), title: z.string() }),
    definition: z.custom<Definition>(),
    answers: z.custom<Answers>(),
    loose: z.custom<Record<string, Record<string, Typed>>>(),
    /** The receipt number, if this draft has been filed. */
    filed: z.string().nullable(),
  }),
  allow: ({ actor, visitor }) => actor !== null || visitor.length > 0,
  personal: ({ id }) => [{ module: 'procedures', kind: 'draft', id }],

  async run(stage, { id }) {
    const filling = await findFilling(stage, id)
    const procedure = filling && (await procedureOfForm(stage.db, filling.draft.form))
    if (!filling || !procedure) throw new Refusal('missing', 'no such draft')
    const { draft, definition } = filling
    const filing = draft.filed_at ? await filingOfDraft(stage.db, id) : undefined
    return {
      id,
      procedure: { slug: procedure.slug, title: procedure.title },
      definition,
      answers: draft.answers,
      loose: draft.loose,
      filed: filing?.number ?? null,
    }
  },
})
