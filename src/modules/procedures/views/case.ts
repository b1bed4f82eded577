import { z } from 'zod'
import { accountTypes, assurances, holds, holdsAt } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { view } from '#core/view.ts'
import { type Answers, checkList, type Definition, filesIn, findVersion } from '#modules/forms/index.ts'
import { namesOf } from '#modules/people/index.ts'
import { traceShown, tracesAt } from '#modules/traces/index.ts'
import { editionsOf, eventsOf, findFiling, handles, lastAnswered, openCorrection, procedureById } from '../queries.ts'
import { daysUsed, filingStates } from '../rules.ts'
import { checkPages, representationOf } from './own-filing.ts'

/** A filing as its reviewers see it: what it is, its state and clock, its history, and what changed by corrections. */
export const casePage = view({
  name: 'procedures.case',
  title: 'One filing for its reviewers',
  input: z.object({ id: z.uuid() }),
  output: z.object({
    id: z.string(),
    number: z.string(),
    title: z.string(),
    state: z.enum(filingStates),
    name: z.string().nullable(),
    mail: z.string().nullable(),
    representation: z.object({ whom: z.string(), by: z.string().nullable() }).nullable(),
    /** How surely the office knew who filed, when it was filed. */
    assurance: z.enum(assurances).nullable(),
    account: z.enum(accountTypes).nullable(),
    edition: z.number(),
    arrived_at: z.date(),
    standard_days: z.number().nullable(),
    used: z.number(),
    pages: checkPages,
    /** What the edition before said, where this one says something else. */
    before: z.record(z.string(), z.string().nullable()),
    /** What the office last asked to correct and the applicant left as it was, by field, and why. */
    unchanged: z.record(z.string(), z.string()),
    legal_basis: z.string().nullable(),
    files: z.array(z.object({ field: z.string(), file: z.string(), name: z.string(), size: z.number() })),
    history: z.array(
      z.object({
        kind: z.string(),
        at: z.date(),
        note: z.string().nullable(),
        inside: z.boolean(),
        who: z.string().nullable(),
      }),
    ),
    correction: z.object({ due_on: z.string() }).nullable(),
    traces: z.array(traceShown),
    definition: z.custom<Definition>(),
    /** Whether this reader may decide it. */
    decides: z.boolean(),
  }),
  allow: ({ actor }) => holds(actor, 'reviewer', 'approver'),
  allowThis: (stage, { id }) => handles(stage, id, 'reviewer', 'approver'),
  personal: ({ id }) => [{ module: 'procedures', kind: 'filing', id }],

  async run(stage, { id }) {
    const { db, now } = stage
    const filing = await findFiling(db, id)
    if (!filing) throw new Refusal('missing', 'no such filing')
    const [procedure, version, editions, events, correction, last] = await Promise.all([
      procedureById(db, filing.procedure),
      findVersion(stage, filing.form, filing.version),
      editionsOf(db, id),
      eventsOf(db, id),
      openCorrection(db, id),
      lastAnswered(db, id),
    ])
    if (!procedure || !version) throw new Refusal('missing', 'no such procedure')
    const answers = editions.at(-1)?.answers ?? {}
    const names = await namesOf(
      db,
      events.map(({ actor }) => actor),
    )
    return {
      ...filing,
      title: procedure.title,
      representation: await representationOf(db, filing),
      standard_days: procedure.standard_days,
      used: daysUsed(filing.arrived_at, events, filing.closed_at ?? now),
      pages: checkList(version.definition, answers),
      before: changed(version.definition, editions.at(-2)?.answers, answers),
      unchanged: last?.kept ?? {},
      legal_basis: procedure.legal_basis,
      files: attached(answers),
      history: events.map((event) => ({ ...event, who: (event.actor && names.get(event.actor)) ?? null })),
      correction: correction ?? null,
      traces: await tracesAt(stage, { module: 'procedures', kind: 'filing', id }),
      definition: version.definition,
      decides: holdsAt(stage.actor, procedure.section, 'approver'),
    }
  },
})

/** Fields whose words differ between two editions, with the words before. */
function changed(definition: Definition, before: Answers | undefined, after: Answers): Record<string, string | null> {
  if (!before) return {}
  const words = (answers: Answers) =>
    new Map(
      checkList(definition, answers).flatMap(({ items }) => items.map(({ field, text }) => [field, text] as const)),
    )
  const [old, current] = [words(before), words(after)]
  return Object.fromEntries(
    [...new Set([...old.keys(), ...current.keys()])]
      .filter((field) => (old.get(field) ?? null) !== (current.get(field) ?? null))
      .map((field) => [field, old.get(field) ?? null]),
  )
}

const attached = (answers: Answers) =>
  Object.entries(answers).flatMap(([field, answer]) =>
    filesIn(answer).map(({ file, name, size }) => ({ field, file, name, size })),
  )
