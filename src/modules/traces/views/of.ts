import { z } from 'zod'
import type { Reference } from '#core/reference.ts'
import { referenceSchema } from '#core/reference.ts'
import { Refusal } from '#core/refusal.ts'
import type { Stage } from '#core/scene.ts'
import { view } from '#core/view.ts'
import { kindOf, seen } from '../actions/tell.ts'
import { liveAt } from '../queries.ts'
import { traceKinds } from '../rules.ts'

/** A link as one of its ends shows it. */
export const traceShown = z.object({
  id: z.uuid(),
  kind: z.enum(traceKinds),
  direction: z.enum(['there', 'back']),
  reason: z.string(),
  at: z.date(),
  /** The other end, as this reader sees it. */
  other: z.object({
    reference: referenceSchema,
    label: z.string(),
    title: z.string(),
    href: z.string(),
    state: z.string().nullable(),
  }),
})

export type TraceShown = z.output<typeof traceShown>

/**
 * The links of a thing whose other end this reader may see; of all others not even the number is told. For views of
 * neighbours that have made sure that the reader may see the thing itself.
 */
export async function tracesAt(stage: Stage, reference: Reference): Promise<TraceShown[]> {
  const shown: TraceShown[] = []
  for (const { id, kind, direction, reason, madeAt, other } of await liveAt(stage.db, reference)) {
    const end = await seen(stage, other)
    const { label = '' } = kindOf(stage, other) ?? {}
    if (end) shown.push({ id, kind, direction, reason, at: madeAt, other: { ...end, label } })
  }
  return shown
}

/** What a thing is linked with. */
export const tracesOf = view({
  name: 'traces.of',
  title: 'What a thing is linked with, as far as one may see it',
  input: referenceSchema,
  output: z.object({ traces: z.array(traceShown) }),
  allow: () => true,

  async run(stage, reference) {
    if (!(await seen(stage, reference))) throw new Refusal('missing', 'no such thing')
    return { traces: await tracesAt(stage, reference) }
  },
})
