import { z } from 'zod'
import type { Db } from '#core/database.ts'
import { knownEnough } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { view } from '#core/view.ts'
import { type Answers, checkList, type Definition, findVersion } from '#modules/forms/index.ts'
import { namesOf } from '#modules/people/index.ts'
import { isApplicant } from '../queries/own.ts'
import { editionsOf, eventsOf, type Filing, filingByNumber, openCorrection, procedureById } from '../queries.ts'
import { daysUsed, filingStates } from '../rules.ts'

export const checkPages = z.array(
  z.object({
    page: z.string(),
    title: z.string(),
    items: z.array(z.object({ field: z.string(), label: z.string(), text: z.string().nullable(), page: z.string() })),
  }),
)

/** A filing as its applicant sees it: state, history, what was filed, and what is to be corrected. */
export const ownFiling = view({
  name: 'procedures.own-filing',
  title: 'The state of one’s own filing',
  input: z.object({ number: z.string().max(20) }),
  output: z.object({
    id: z.string(),
    number: z.string(),
    procedure: z.object({ slug: z.string(), title: z.string() }),
    state: z.enum(filingStates),
    arrived_at: z.date(),
    edition: z.number(),
    mail: z.string().nullable(),
    /** For whom it was filed, and by whom, where that wasn't the same person. */
    representation: z.object({ whom: z.string(), by: z.string().nullable() }).nullable(),
    standard_days: z.number().nullable(),
    used: z.number(),
    history: z.array(z.object({ kind: z.string(), at: z.date(), note: z.string().nullable() })),
    /** What was filed; null for whoever is known less surely than the procedure asks of those who file. */
    pages: checkPages.nullable(),
    correction: z
      .object({
        due_on: z.string(),
        items: z.array(z.object({ field: z.string(), label: z.string(), reason: z.string() })),
      })
      .nullable(),
    definition: z.custom<Definition>(),
    answers: z.custom<Answers>(),
  }),
  allow: ({ actor, visitor }) => actor !== null || visitor.length > 0,
  personal: ({ id }) => [{ module: 'procedures', kind: 'filing', id }],

  async run(stage, { number }) {
    const { db, now } = stage
    const filing = await filingByNumber(db, number)
    if (!filing || !(await isApplicant(db, stage, filing))) throw new Refusal('missing', 'no such filing')
    const [procedure, version, editions, events, correction] = await Promise.all([
      procedureById(db, filing.procedure),
      findVersion(stage, filing.form, filing.version),
      editionsOf(db, filing.id),
      eventsOf(db, filing.id),
      openCorrection(db, filing.id),
    ])
    const answers = editions.at(-1)?.answers ?? {}
    if (!procedure || !version) throw new Refusal('missing', 'no such procedure')
    const enough = knownEnough(stage.actor, {
      assurance: procedure.least_assurance,
      account: procedure.least_account,
    })
    return {
      ...filing,
      procedure,
      representation: await representationOf(db, filing),
      standard_days: procedure.standard_days,
      used: daysUsed(filing.arrived_at, events, filing.closed_at ?? now),
      history: events.filter(({ inside }) => !inside).map((event) => (enough ? event : { ...event, note: null })),
      pages: enough ? checkList(version.definition, answers) : null,
      correction: enough ? (correction ?? null) : null,
      definition: version.definition,
      answers: enough ? answers : {},
    }
  },
})

/** Who acted for whom, by name; null where somebody filed for themselves. */
export async function representationOf(db: Db, { represents, applicant }: Pick<Filing, 'represents' | 'applicant'>) {
  if (!represents) return null
  const names = await namesOf(db, [represents, applicant])
  return { whom: names.get(represents) ?? '', by: (applicant && names.get(applicant)) || null }
}
