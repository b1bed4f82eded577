import { z } from 'zod'
import { tokyoDate } from '#core/dates.ts'
import { knownEnough } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { ownersOf } from '#core/scene.ts'
import { view } from '#core/view.ts'
import { draftsOf } from '#modules/forms/index.ts'
import { listUnits } from '#modules/people/index.ts'
import { findProcedure } from '../queries.ts'
import { opening } from '../rules.ts'
import { openingWord } from './catalogue.ts'
import { least } from './draft.ts'

/** One procedure as the public sees it, with the reader's own unfinished drafts of it. */
export const procedurePage = view({
  name: 'procedures.procedure',
  title: 'One procedure',
  input: z.object({ slug: z.string().max(80) }),
  output: z.object({
    slug: z.string(),
    title: z.string(),
    summary: z.string(),
    explanation: z.string(),
    form: z.string(),
    opening: openingWord,
    opens_at: z.date().nullable(),
    closes_at: z.date().nullable(),
    standard_days: z.number().nullable(),
    legal_basis: z.string().nullable(),
    office: z.string().nullable(),
    least,
    enough: z.boolean(),
    /** The reader's own open drafts, those in which something was saved first, then newest first. */
    drafts: z.array(z.object({ id: z.string(), started_at: z.date(), saved_at: z.date(), untouched: z.boolean() })),
  }),
  allow: () => true,
  along: true,

  async run(stage, { slug }) {
    const { db, now } = stage
    const procedure = await findProcedure(db, slug)
    if (!procedure || procedure.state === 'draft') throw new Refusal('missing', 'no such procedure')
    const [drafts, units] = await Promise.all([draftsOf(db, ownersOf(stage)), listUnits(db, tokyoDate(now))])
    const asked = { assurance: procedure.least_assurance, account: procedure.least_account }
    return {
      ...procedure,
      least: asked,
      enough: knownEnough(stage.actor, asked),
      opening: opening(procedure, now),
      office: units.find(({ id }) => id === procedure.section)?.name ?? null,
      drafts: drafts
        .filter(({ form }) => form === procedure.form)
        .map(({ revision, ...draft }) => ({ ...draft, untouched: revision === 0 }))
        .sort((one, other) => Number(one.untouched) - Number(other.untouched)),
    }
  },
})
