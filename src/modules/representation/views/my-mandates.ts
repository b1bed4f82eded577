import { z } from 'zod'
import { Refusal } from '#core/refusal.ts'
import type { Stage } from '#core/scene.ts'
import { view } from '#core/view.ts'
import { findPerson } from '#modules/people/index.ts'
import { type Mandate, mandatesGiven, mandatesHeld, mandatesOffered } from '../queries/mandates.ts'
import { mailboxOf, mayEntrust } from '../rules.ts'
import { ja } from '../words.ja.ts'

const states = ['offered', 'held', 'over', 'revoked'] as const

export const mandateShown = z.object({
  id: z.string(),
  kind: z.enum(['delegated', 'legal']),
  source: z.enum(['granted', 'office', 'gbizid']),
  state: z.enum(states),
  /** The other person: the agent of what one has given, the principal of what one was given. */
  name: z.string().nullable(),
  mail: z.string().nullable(),
  /** Titles of what may be filed; null = everything. */
  procedures: z.array(z.string()).nullable(),
  reason: z.string().nullable(),
  granted: z.date(),
  until: z.date(),
})

/** What one has entrusted others with, what one is offered, and for whom one may act. */
export const myMandates = view({
  name: 'people.my-mandates',
  title: 'One’s own mandates: given, offered and held',
  input: z.object({}),
  output: z.object({
    id: z.string(),
    /** For whom mandates are given now: oneself, or the company one represents. Null: may not. */
    principal: z.string().nullable(),
    given: z.array(mandateShown),
    offered: z.array(mandateShown),
    /** What is offered to a mailbox shows only in a session that came by it, and this one did not. */
    offersByMail: z.boolean(),
    held: z.array(mandateShown),
    /** What others can be entrusted with. */
    choices: z.array(z.object({ id: z.string(), title: z.string() })),
  }),
  allow: ({ actor }) => actor?.kind === 'person',
  personal: ({ id }) => [{ module: 'people', kind: 'person', id }],

  async run(stage) {
    const { db, now, actor, registry } = stage
    const me = actor && (await findPerson(db, actor.id))
    if (!actor || !me) throw new Refusal('missing', 'no such person')
    const whom = actor.represents ?? me.id
    const may = me.kind === 'resident' && mayEntrust(actor)
    const principal = may ? await findPerson(db, whom) : undefined
    const mail = me.kind === 'resident' ? mailboxOf(actor, me) : null
    const [given, offered, held] = await Promise.all([
      may ? mandatesGiven(db, whom) : [],
      me.kind === 'resident' ? mandatesOffered(db, { id: me.id, mail }, now) : [],
      mandatesHeld(db, me.id, now),
    ])
    const kinds = registry.things.filter(({ entrusted }) => entrusted)
    const things = (await Promise.all(kinds.map((kind) => kind.find(db, actor, '')))).flat()
    const shown = (all: readonly Named[]) => Promise.all(all.map((one) => mandateFor(stage, one)))
    return {
      id: me.id,
      principal: principal?.name ?? null,
      given: await shown(given),
      offered: await shown(offered),
      offersByMail: me.kind === 'resident' && mail === null,
      held: await shown(held),
      choices: things.map(({ reference, title }) => ({ id: reference.id, title })),
    }
  },
})

type Named = Mandate & { name: string | null }

/** A mandate in words, its scope by the titles of today. */
export async function mandateFor(
  { db, actor, now, registry }: Pick<Stage, 'db' | 'actor' | 'now' | 'registry'>,
  mandate: Named,
): Promise<z.input<typeof mandateShown>> {
  const kinds = registry.things.filter(({ entrusted }) => entrusted)
  const titleOf = async (id: string) =>
    (await Promise.all(kinds.map((kind) => kind.show(db, actor, id)))).find(Boolean)?.title ?? ja.mandates.gone
  return {
    id: mandate.id,
    kind: mandate.kind,
    source: mandate.source,
    state: stateOf(mandate, now),
    name: mandate.name,
    mail: mandate.mail,
    procedures: mandate.procedures && (await Promise.all(mandate.procedures.map(titleOf))),
    reason: mandate.reason,
    granted: mandate.granted_at,
    until: new Date(mandate.expires_at.getTime() - 1),
  }
}

function stateOf({ revoked_at, expires_at, accepted_at }: Mandate, now: Date): (typeof states)[number] {
  if (revoked_at) return 'revoked'
  if (expires_at <= now) return 'over'
  return accepted_at ? 'held' : 'offered'
}
