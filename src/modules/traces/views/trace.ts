import { z } from 'zod'
import { isStaff } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { view } from '#core/view.ts'
import { namesOf } from '#modules/people/index.ts'
import { kindOf, seen } from '../actions/tell.ts'
import { findTrace } from '../queries.ts'
import { traceKinds } from '../rules.ts'

const end = z.object({ label: z.string(), title: z.string(), href: z.string(), state: z.string().nullable() })

/** One link with both ends, for staff who can see both. */
export const tracePage = view({
  name: 'traces.trace',
  title: 'One link with both ends, who made it and why',
  input: z.object({ id: z.uuid() }),
  output: z.object({
    id: z.uuid(),
    kind: z.enum(traceKinds),
    from: end,
    to: end,
    reason: z.string(),
    madeBy: z.string().nullable(),
    madeAt: z.date(),
    withdrawnBy: z.string().nullable(),
    withdrawnAt: z.date().nullable(),
  }),
  allow: ({ actor }) => isStaff(actor),

  async run(stage, { id }) {
    const trace = await findTrace(stage.db, id)
    const from = trace && (await seen(stage, trace.from))
    const to = trace && (await seen(stage, trace.to))
    if (!from || !to) throw new Refusal('missing', 'no such link')
    const names = await namesOf(stage.db, [trace.madeBy, trace.withdrawnBy])
    return {
      ...trace,
      from: { ...from, label: kindOf(stage, trace.from)?.label ?? '' },
      to: { ...to, label: kindOf(stage, trace.to)?.label ?? '' },
      madeBy: names.get(trace.madeBy) ?? null,
      withdrawnBy: (trace.withdrawnBy && names.get(trace.withdrawnBy)) ?? null,
    }
  },
})

export type TracePageShown = z.output<typeof tracePage.output>
