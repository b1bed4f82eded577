import { z } from 'zod'
import { action } from '#core/action.ts'
import { holds } from '#core/policy.ts'
import { tellStep } from '../letters.ts'
import { addEvent, moveFiling } from '../queries/history.ts'
import { handles } from '../queries.ts'

/** Begins the review of a filing that has arrived (審査開始, 行政手続法7条: without delay). */
export const accept = action({
  name: 'procedures.accept',
  title: 'Begin the review of a filing',
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.string() }),
  allow: ({ actor }) => holds(actor, 'reviewer', 'approver'),
  allowThis: (stage, { id }) => handles(stage, id, 'reviewer', 'approver'),

  async run(stage, { id }) {
    const filing = await moveFiling(stage, id, 'reviewing')
    await addEvent(stage, id, 'accepted')
    await tellStep(stage, filing, 'accepted', { kind: 'reviewing' })
    return { id }
  },
  subjects: ({ id }) => [{ module: 'procedures', kind: 'filing', id }],
})
