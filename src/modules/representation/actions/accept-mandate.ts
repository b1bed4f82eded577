import { z } from 'zod'
import { action } from '#core/action.ts'
import { id } from '#core/inputs.ts'
import { Refusal } from '#core/refusal.ts'
import { findPerson } from '#modules/people/index.ts'
import { mandatesOffered } from '../queries/mandates.ts'
import { mailboxOf } from '../rules.ts'
import { tables } from '../tables.ts'

/**
 * Accepts to act for somebody, once: whoever has signed in by the mailbox that it was offered to. Any other sign-in of the
 * same person would let in whoever read that mailbox before.
 */
export const acceptMandate = action({
  name: 'people.accept-mandate',
  title: 'Accept to act for somebody',
  input: z.object({ mandate: id }),
  output: z.object({ principal: z.string() }),
  allow: ({ actor }) => actor?.kind === 'person',

  async run({ db, now, actor }, { mandate }) {
    const me = actor && (await findPerson(db, actor.id))
    if (me?.kind !== 'resident') throw new Refusal('forbidden', 'staff act for the office only')
    const offered = await mandatesOffered(db, { id: me.id, mail: mailboxOf(actor, me) }, now)
    const found = offered.find((one) => one.id === mandate)
    if (!found) throw new Refusal('missing', 'no such offer')
    const { numUpdatedRows } = await tables(db)
      .updateTable('mandate')
      .set({ agent: me.id, accepted_at: now })
      .where('id', '=', mandate)
      .where('accepted_at', 'is', null)
      .where('revoked_at', 'is', null)
      .executeTakeFirstOrThrow()
    if (numUpdatedRows === 0n) throw new Refusal('conflict', 'accepted or taken back meanwhile')
    return { principal: found.principal }
  },
  subjects: ({ mandate }, { principal }) => [
    { module: 'people', kind: 'mandate', id: mandate },
    { module: 'people', kind: 'person', id: principal },
  ],
})
