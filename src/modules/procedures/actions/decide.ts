import { z } from 'zod'
import { action } from '#core/action.ts'
import { holds, isOneself } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { tellStep } from '../letters.ts'
import { addEvent, moveFiling } from '../queries/history.ts'
import { handles } from '../queries.ts'
import { ja } from '../words.ja.ts'

/** Decides a filing (決裁). A refusal states its reason (理由の提示, 行政手続法8条). */
export const decide = action({
  name: 'procedures.decide',
  title: 'Approve or reject a filing',
  input: z
    .object({
      id: z.uuid(),
      outcome: z.enum(['approved', 'rejected'], { error: ja.case.outcomeNeeded }),
      reason: z.string().trim().max(2000, ja.editor.tooLong(2000)).default(''),
    })
    .refine(({ outcome, reason }) => outcome === 'approved' || reason !== '', {
      path: ['reason'],
      error: ja.case.reasonNeeded,
    }),
  output: z.object({ id: z.string(), outcome: z.string() }),
  allow: ({ actor }) => holds(actor, 'approver'),
  allowThis: (stage, { id }) => handles(stage, id, 'approver'),

  async run(stage, { id, outcome, reason }) {
    const filing = await moveFiling(stage, id, outcome)
    // Nobody decides what they asked for themselves: not by a program of theirs, nor what was filed in their name.
    for (const person of [filing.applicant, filing.represents]) {
      if (person !== null && isOneself(stage.actor, person)) {
        throw new Refusal('forbidden', 'one’s own filing')
      }
    }
    await addEvent(stage, id, outcome, { note: reason || null })
    await tellStep(stage, filing, outcome, { kind: outcome, reason })
    return { id, outcome }
  },
  subjects: ({ id }) => [{ module: 'procedures', kind: 'filing', id }],
})
