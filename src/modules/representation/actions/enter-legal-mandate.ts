import { z } from 'zod'
import { action } from '#core/action.ts'
import { newId } from '#core/ids.ts'
import { day, id, mailAddress, reason } from '#core/inputs.ts'
import { holds } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { findPerson } from '#modules/people/index.ts'
import { endOf } from './grant-mandate.ts'
import { offerMandate } from './offer-mandate.ts'

/**
 * Enters a legal representative (法定代理人: a parent, a guardian) whom the office has checked by documents. The office
 * stands for the principal; whoever represents them still accepts. Not by a token: behind one it couldn't be told who checked.
 */
export const enterLegalMandate = action({
  name: 'people.enter-legal-mandate',
  title: 'Enter a legal representative',
  input: z.object({ person: id, mail: mailAddress, until: day, reason }),
  output: z.object({ mandate: z.string() }),
  allow: ({ actor }) => actor?.kind === 'person' && holds(actor, 'administrator'),

  async run(stage, { person, mail, until, reason }) {
    const { db, now, actor } = stage
    const principal = await findPerson(db, person)
    if (principal?.kind !== 'resident' || principal.disabled_at) throw new Refusal('missing', 'no such resident')
    const mandate = await offerMandate(stage, {
      id: newId(now.getTime()),
      kind: 'legal',
      source: 'office',
      principal: person,
      mail,
      procedures: null,
      assurance: 'card',
      account: null,
      reason,
      granted_at: now,
      granted_by: actor?.id ?? 'system',
      expires_at: endOf(until, now),
    })
    return { mandate }
  },
  subjects: ({ person }, { mandate }) => [
    { module: 'people', kind: 'mandate', id: mandate },
    { module: 'people', kind: 'person', id: person },
  ],
})
