import { z } from 'zod'
import { action } from '#core/action.ts'
import { addDays, dayBegins, tokyoDate } from '#core/dates.ts'
import { newId } from '#core/ids.ts'
import { day, mailAddress, optionalLine } from '#core/inputs.ts'
import { Refusal } from '#core/refusal.ts'
import type { Stage } from '#core/scene.ts'
import { findPerson } from '#modules/people/index.ts'
import { mayEntrust } from '../rules.ts'
import { says } from '../words.refusals.ja.ts'
import { offerMandate } from './offer-mandate.ts'

/** The longest that one person may act for another without being asked again. */
const years = 3

/** The moment a mandate ends: after its last day, which lies ahead, in Asia/Tokyo. */
export function endOf(until: string, now: Date): Date {
  const today = tokyoDate(now)
  if (until < today) throw new Refusal('invalid', 'over already', { until: says.grantMandate.overAlready })
  if (until > addDays(today, years * 366)) {
    throw new Refusal('invalid', 'too long', { until: says.grantMandate.tooLong(years) })
  }
  return dayBegins(addDays(until, 1))
}

/** Which of the things that can be entrusted were chosen; null = all. What can't be found isn't entrusted. */
export async function scopeOf(
  { db, actor, registry }: Stage,
  chosen: readonly string[] | null,
): Promise<string[] | null> {
  if (chosen === null) return null
  const kinds = registry.things.filter(({ entrusted }) => entrusted)
  for (const id of chosen) {
    const found = await Promise.all(kinds.map((kind) => kind.show(db, actor, id)))
    if (!found.some(Boolean))
      throw new Refusal('invalid', 'no such procedure', { procedures: says.grantMandate.noSuchProcedure })
  }
  return [...chosen]
}

/**
 * Offers somebody to act for oneself or, as its representative, for one's company (委任). It holds when whoever reads
 * that mailbox has accepted it, for the procedures and until the day that were named.
 */
export const grantMandate = action({
  name: 'people.grant-mandate',
  title: 'Offer somebody to act for oneself or one’s company',
  input: z.object({
    mail: mailAddress,
    scope: z.enum(['all', 'some'], says.grantMandate.scope),
    procedures: z.array(z.uuid()).max(200).default([]),
    until: day,
    reason: optionalLine({ label: says.grantMandate.reason, max: 200 }),
  }),
  output: z.object({ mandate: z.string(), principal: z.string() }),
  allow: ({ actor }) => actor?.kind === 'person' && mayEntrust(actor),

  async run(stage, { mail, scope, procedures, until, reason }) {
    const { db, now, actor } = stage
    const me = actor && (await findPerson(db, actor.id))
    if (!actor || me?.kind !== 'resident') throw new Refusal('forbidden', 'only residents and companies entrust others')
    if (scope === 'some' && procedures.length === 0) {
      throw new Refusal('invalid', 'nothing chosen', { procedures: says.grantMandate.nothingChosen })
    }
    if (me.mail_verified_at && me.mail?.toLowerCase() === mail.toLowerCase() && !actor.represents) {
      throw new Refusal('invalid', 'oneself', { mail: says.grantMandate.oneself })
    }
    const principal = actor.represents ?? actor.id
    const mandate = await offerMandate(stage, {
      id: newId(now.getTime()),
      kind: 'delegated',
      source: 'granted',
      principal,
      mail,
      procedures: await scopeOf(stage, scope === 'all' ? null : procedures),
      assurance: actor.assurance === 'none' ? 'mail' : actor.assurance,
      account: actor.represents ? (actor.account ?? null) : null,
      reason,
      granted_at: now,
      granted_by: actor.id,
      expires_at: endOf(until, now),
    })
    return { mandate, principal }
  },
  subjects: (_, { mandate, principal }) => [
    { module: 'people', kind: 'mandate', id: mandate },
    { module: 'people', kind: 'person', id: principal },
  ],
})
