import { z } from 'zod'
import { action } from '#core/action.ts'
import { id } from '#core/inputs.ts'
import { holds } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { findPerson } from '#modules/people/index.ts'
import { findMandate } from '../queries/mandates.ts'
import { mailboxOf, mayEntrust } from '../rules.ts'
import { tables } from '../tables.ts'

/**
 * Ends a mandate at once: by whom it is for, by whom it was given or offered to, or by the office. What a legal
 * representative was entered for by the office, the principal can't end alone.
 */
export const revokeMandate = action({
  name: 'people.revoke-mandate',
  title: 'Take a mandate back, give it up or decline it',
  input: z.object({ mandate: id }),
  output: z.object({ principal: z.string() }),
  allow: ({ actor }) => actor?.kind === 'person',

  async run({ db, now, actor }, { mandate }) {
    const found = await findMandate(db, mandate)
    const me = actor && (await findPerson(db, actor.id))
    if (!found || !actor || !me) throw new Refusal('missing', 'no such mandate')
    const principal = found.principal === (actor.represents ?? actor.id) && mayEntrust(actor)
    const offered = !found.agent && same(found.mail, mailboxOf(actor, me))
    const agent = found.agent === me.id || offered
    const office = holds(actor, 'administrator') && found.source !== 'gbizid'
    if (!principal && !agent && !office) throw new Refusal('missing', 'no such mandate')
    if (!agent && !office && found.kind === 'legal') throw new Refusal('forbidden', 'entered by the office')
    if (found.source === 'gbizid') throw new Refusal('conflict', 'it is given and taken back at GビズID')
    await tables(db)
      .updateTable('mandate')
      .set({ revoked_at: now, revoked_by: actor.id })
      .where('id', '=', mandate)
      .where('revoked_at', 'is', null)
      .execute()
    return { principal: found.principal }
  },
  subjects: ({ mandate }, { principal }) => [
    { module: 'people', kind: 'mandate', id: mandate },
    { module: 'people', kind: 'person', id: principal },
  ],
})

const same = (one: string | null, other: string | null) => one !== null && one.toLowerCase() === other?.toLowerCase()
