import { z } from 'zod'
import { action } from '#core/action.ts'
import { isIsoDate, tokyoDate } from '#core/dates.ts'
import { newId } from '#core/ids.ts'
import { holds } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { findVersion, isAsked } from '#modules/forms/index.ts'
import { tellStep } from '../letters.ts'
import { addEvent, moveFiling } from '../queries/history.ts'
import { handles } from '../queries.ts'
import { tables } from '../tables.ts'
import { ja } from '../words.ja.ts'

/** Returns a filing for correction (補正): only the named fields, each with its reason, until a day. The clock stops. */
export const askCorrection = action({
  name: 'procedures.ask-correction',
  title: 'Ask the applicant to correct named fields',
  input: z.object({
    id: z.uuid(),
    items: z
      .array(z.object({ field: z.string().max(200), reason: z.string().trim().min(1).max(500) }))
      .min(1, ja.case.askNone)
      .max(100),
    due_on: z
      .string()
      .refine((typed) => typed !== '', { error: ja.case.askNoDay, abort: true })
      .refine(isIsoDate, { error: ja.case.askPast }),
  }),
  output: z.object({ id: z.string() }),
  allow: ({ actor }) => holds(actor, 'reviewer', 'approver'),
  allowThis: (stage, { id }) => handles(stage, id, 'reviewer', 'approver'),

  async run(stage, { id, items, due_on }) {
    const { db, now } = stage
    if (due_on <= tokyoDate(now)) throw new Refusal('invalid', 'due in the past', { due_on: ja.case.askPast })
    const filing = await moveFiling(stage, id, 'correcting')
    const version = await findVersion(stage, filing.form, filing.version)
    const fields = version?.definition.pages.flatMap((page) => page.fields) ?? []
    const named = items.map(({ field, reason }) => {
      const found = fields.find((one) => one.id === field)
      if (!found || !isAsked(found)) throw new Refusal('invalid', 'no such field', { items: ja.case.askNone })
      return { field, label: found.label, reason }
    })
    const correction = newId(now.getTime())
    await tables(db)
      .insertInto('correction')
      .values({ id: correction, filing: id, items: JSON.stringify(named), due_on, asked_at: now, answered_at: null })
      .execute()
    const note = named.map(({ label, reason }) => `${label}：${reason}`).join('\n')
    await addEvent(stage, id, 'correction-asked', { note })
    await tellStep(stage, filing, correction, { kind: 'correction', due: due_on, count: named.length })
    return { id }
  },
  subjects: ({ id }) => [{ module: 'procedures', kind: 'filing', id }],
})
