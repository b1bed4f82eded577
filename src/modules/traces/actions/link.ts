import { z } from 'zod'
import { action } from '#core/action.ts'
import { newId } from '#core/ids.ts'
import { isStaff } from '#core/policy.ts'
import { type Reference, referenceSchema } from '#core/reference.ts'
import { Refusal } from '#core/refusal.ts'
import type { Stage } from '#core/scene.ts'
import { exceeds, isBlank } from '#core/text.ts'
import { findLive, type Trace } from '../queries.ts'
import { ordered, same, type TraceKind, traceKinds } from '../rules.ts'
import { tables } from '../tables.ts'
import { seen, tellLinked } from './tell.ts'

const end = z.object(referenceSchema.shape, { error: 'つなぐ相手を選んでください' })

export const longestReason = 500

/**
 * Links two things and tells whoever spoke at either end; returns the link, the existing one if it is there already.
 * For neighbours, inside an action that has made sure that the actor may.
 */
export async function linkThings(
  stage: Stage,
  given: { from: Reference; to: Reference; kind: TraceKind; reason: string },
): Promise<Trace & { fresh: boolean }> {
  const { from, to, kind, reason } = ordered(given)
  const id = newId(stage.now.getTime())
  const inserted = await tables(stage.db)
    .insertInto('trace')
    .values({
      id,
      from_module: from.module,
      from_kind: from.kind,
      from_id: from.id,
      to_module: to.module,
      to_kind: to.kind,
      to_id: to.id,
      kind,
      reason,
      made_by: stage.actor?.id ?? 'visitor',
      made_at: stage.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  const live = await findLive(stage.db, { from, to, kind })
  // Withdrawn by somebody else between the two statements: whoever asks again will find it free.
  if (!live) throw new Refusal('conflict', 'the link is just being withdrawn')
  if (inserted) await tellLinked(stage, live)
  return { ...live, fresh: Boolean(inserted) }
}

/** Links two things that this member of staff can see. The same link again, with the same reason, is the same link. */
export const link = action({
  name: 'traces.link',
  title: 'Say that one thing led to another, answers it, is counted in it …',
  input: z.object({
    from: end,
    to: end,
    kind: z.enum(traceKinds, { error: 'どのようなつながりかを選んでください' }),
    reason: z
      .string({ error: '理由を入力してください' })
      .transform((typed) => typed.trim())
      .refine((typed) => !isBlank(typed), '理由を入力してください')
      .refine((typed) => !exceeds(typed, longestReason), `理由は${longestReason}文字までで入力してください`),
  }),
  /** `from` and `to` are the addresses of both ends. */
  output: z.object({ id: z.uuid(), from: z.string(), to: z.string() }),
  allow: ({ actor }) => isStaff(actor),

  async run(stage, { from, to, kind, reason }) {
    if (same(from, to)) throw new Refusal('invalid', 'both ends are one thing', { to: '別のものを選んでください' })
    const ends = { from: await seen(stage, from), to: await seen(stage, to) }
    if (!ends.from || !ends.to) throw new Refusal('missing', 'no such thing')
    const live = await linkThings(stage, { from, to, kind, reason })
    if (!live.fresh && live.reason !== reason) {
      throw new Refusal('conflict', 'already linked', { to: 'すでに同じつながりがあります。別のものを選んでください' })
    }
    return { id: live.id, from: ends.from.href, to: ends.to.href }
  },
  subjects: ({ from, to }, { id }) => [from, to, { module: 'traces', kind: 'trace', id }],
})
