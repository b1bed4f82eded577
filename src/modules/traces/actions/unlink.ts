import { z } from 'zod'
import { action } from '#core/action.ts'
import { isStaff } from '#core/policy.ts'
import { referenceSchema } from '#core/reference.ts'
import { Refusal } from '#core/refusal.ts'
import { findTrace } from '../queries.ts'
import { tables } from '../tables.ts'
import { seen } from './tell.ts'

/** Withdraws a link whose both ends this member of staff can see. It stays on record. */
export const unlink = action({
  name: 'traces.unlink',
  title: 'Withdraw a link between two things',
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid(), from: referenceSchema, to: referenceSchema, back: z.string() }),
  allow: ({ actor }) => isStaff(actor),

  async run(stage, { id }) {
    const { db, now, actor } = stage
    const trace = await findTrace(db, id)
    const from = trace && (await seen(stage, trace.from))
    if (!from || !(await seen(stage, trace.to))) throw new Refusal('missing', 'no such link')
    const withdrawn = await tables(db)
      .updateTable('trace')
      .set({ withdrawn_at: now, withdrawn_by: actor?.id ?? 'unknown' })
      .where('id', '=', id)
      .where('withdrawn_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!withdrawn) throw new Refusal('conflict', 'already withdrawn')
    return { id, from: trace.from, to: trace.to, back: from.href }
  },
  subjects: ({ id }, { from, to }) => [from, to, { module: 'traces', kind: 'trace', id }],
})
