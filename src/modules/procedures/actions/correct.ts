import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { action } from '#core/action.ts'
import { tokyoDate } from '#core/dates.ts'
import { findMyNumber } from '#core/identifiers.ts'
import { Refusal } from '#core/refusal.ts'
import { type Answers, checkAnswers, filed, findVersion } from '#modules/forms/index.ts'
import { keepFiles } from '../files.ts'
import { tellStep } from '../letters.ts'
import { addEvent, moveFiling } from '../queries/history.ts'
import { isApplicant } from '../queries/own.ts'
import { editionsOf, filingByNumber, openCorrection, procedureById } from '../queries.ts'
import { tables } from '../tables.ts'
import { ja } from '../words.ja.ts'
import { assertMayFile } from './may-file.ts'

const answer = z.union([
  z.string().max(100_000),
  z.array(z.string().max(100_000)).max(1000),
  z.record(z.string().max(40), z.string().max(10_000)),
  z.array(z.object({ file: z.string(), name: z.string(), size: z.number(), type: z.string() })).max(20),
])

/**
 * Sends a correction (補正): a new edition in which only the named fields may differ. The day of arrival stays. What was
 * to be corrected and isn't needs its reason, so that nobody sends a correction by mistake that corrects nothing.
 */
export const correct = action({
  name: 'procedures.correct',
  title: 'Send the corrections that the office asked for',
  input: z.object({
    number: z.string().max(20),
    answers: z.record(z.string(), answer.nullable()),
    /** Why a field that was to be corrected stays as it is, by field. */
    keep: z.record(z.string().max(200), z.string().trim().max(500, ja.filing.keepLong)).default({}),
  }),
  output: z.object({ filing: z.string(), number: z.string() }),
  allow: ({ actor, visitor }) => actor !== null || visitor.length > 0,

  async run(stage, { number, answers, keep }) {
    const { db, now } = stage
    const found = await filingByNumber(db, number)
    if (!found || !(await isApplicant(db, stage, found))) throw new Refusal('missing', 'no such filing')
    const procedure = await procedureById(db, found.procedure)
    if (!procedure) throw new Refusal('missing', 'no such procedure')
    assertMayFile(stage, procedure)
    const filing = await moveFiling(stage, found.id, 'reviewing')
    const correction = await openCorrection(db, filing.id)
    const version = await findVersion(stage, filing.form, filing.version)
    const before = (await editionsOf(db, filing.id)).at(-1)
    if (!correction || !version || !before) throw new Refusal('conflict', 'no correction is asked for')

    const merged: Answers = { ...before.answers }
    for (const { field } of correction.items) {
      const given = Object.hasOwn(answers, field) ? answers[field] : undefined
      if (given === null) delete merged[field]
      else if (given !== undefined) merged[field] = given
    }
    // The filing stands as of its arrival; what is new in it must also be right today.
    const arrived = tokyoDate(filing.arrived_at)
    const { errors } = checkAnswers(version.definition, merged, arrived)
    const current = checkAnswers(version.definition, merged, tokyoDate(now)).errors
    for (const { field } of correction.items) {
      if (current[field] !== undefined && !isDeepStrictEqual(merged[field], before.answers[field])) {
        errors[field] = current[field]
      }
    }
    if (Object.keys(errors).length > 0) throw new Refusal('invalid', 'the correction is not complete', errors)

    const unchanged = correction.items.filter(({ field }) => isDeepStrictEqual(merged[field], before.answers[field]))
    const reasons = Object.fromEntries(unchanged.map(({ field }) => [field, keep[field] ?? '']))
    assertReasons(reasons)

    const kept = await keepFiles(stage, filing.id, version.definition, filed(version.definition, merged, arrived))
    const edition = before.edition + 1
    await tables(db)
      .insertInto('filing_edition')
      .values({ filing: filing.id, edition, answers: JSON.stringify(kept), filed_at: now })
      .execute()
    await tables(db).updateTable('filing').set({ edition }).where('id', '=', filing.id).execute()
    await tables(db)
      .updateTable('correction')
      .set({ answered_at: now, kept: JSON.stringify(reasons) })
      .where('id', '=', correction.id)
      .execute()
    const note = unchanged.map(({ field, label }) => ja.filing.keptNote(label, reasons[field] ?? '')).join('\n')
    await addEvent(stage, filing.id, 'corrected', { note: note || null })
    await tellStep(stage, filing, `corrected ${edition}`, { kind: 'corrected' })
    return { filing: filing.id, number: filing.number }
  },
  subjects: (_, { filing }) => [{ module: 'procedures', kind: 'filing', id: filing }],
})

function assertReasons(reasons: Readonly<Record<string, string>>) {
  const faults = Object.entries(reasons).flatMap(([field, reason]) => {
    if (!reason) return [[`keep.${field}`, ja.filing.keepNeeded]]
    return findMyNumber(reason) === undefined ? [] : [[`keep.${field}`, ja.filing.keepMyNumber]]
  })
  if (faults.length > 0)
    throw new Refusal('invalid', 'what was to be corrected is as it was', Object.fromEntries(faults))
}
