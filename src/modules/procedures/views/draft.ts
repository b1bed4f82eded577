import { z } from 'zod'
import { tokyoDate } from '#core/dates.ts'
import { accountTypes, assurances, knownEnough } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { view } from '#core/view.ts'
import { type Answers, type Definition, findFilling, type Typed } from '#modules/forms/index.ts'
import { namesOf } from '#modules/people/index.ts'
import { filingOfDraft, procedureOfForm } from '../queries.ts'

/** The least that a procedure asks of whoever files it. */
export const least = z.object({ assurance: z.enum(assurances), account: z.enum(accountTypes).nullable() })

/** One's own draft: the form it was begun on, its answers, and what isn't right yet. */
export const draftPage = view({
  name: 'procedures.draft',
  title: 'One’s own draft with its form and answers',
  input: z.object({ id: z.uuid() }),
  output: z.object({
    id: z.string(),
    procedure: z.object({ slug: z.string(), title: z.string() }),
    /** The least that is asked of whoever files it, and whether the reader is known that surely. */
    least,
    enough: z.boolean(),
    /** For whom it would be filed now; null = the reader themselves. */
    represents: z.object({ id: z.string(), name: z.string() }).nullable(),
    definition: z.custom<Definition>(),
    answers: z.custom<Answers>(),
    /** The day in Asia/Tokyo, for what hangs on it. */
    today: z.string(),
    loose: z.custom<Record<string, Record<string, Typed>>>(),
    /** The field whose answer is the address that letters about it go to. */
    mail_field: z.string().nullable(),
    /** The receipt number, if this draft has been filed. */
    filed: z.string().nullable(),
  }),
  allow: ({ actor, visitor }) => actor !== null || visitor.length > 0,
  along: true,
  personal: ({ id }) => [{ module: 'procedures', kind: 'draft', id }],

  async run(stage, { id }) {
    const filling = await findFilling(stage, id)
    const procedure = filling && (await procedureOfForm(stage.db, filling.draft.form))
    if (!filling || !procedure) throw new Refusal('missing', 'no such draft')
    const { draft, definition } = filling
    const { actor } = stage
    const asked = { assurance: procedure.least_assurance, account: procedure.least_account }
    const whom = actor?.represents ?? null
    const names = await namesOf(stage.db, [whom])
    const filing = draft.filed_at ? await filingOfDraft(stage.db, id) : undefined
    return {
      id,
      procedure: { slug: procedure.slug, title: procedure.title },
      least: asked,
      enough: knownEnough(actor, asked),
      represents: whom ? { id: whom, name: names.get(whom) ?? '' } : null,
      definition,
      answers: draft.answers,
      today: tokyoDate(stage.now),
      loose: draft.loose,
      mail_field: procedure.mail_field,
      filed: filing?.number ?? null,
    }
  },
})
