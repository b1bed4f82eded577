import { z } from 'zod'
import { action } from '#core/action.ts'
import { id } from '#core/inputs.ts'
import { holds } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { findPerson } from '../queries.ts'
import { tables } from '../tables.ts'
import { says } from '../words.refusals.ja.ts'
import { invitationInput, openInvitation } from './invite-staff.ts'

/**
 * Invites again somebody who has never signed in. Whoever has signed in keeps that way in: an invitation must not be a
 * second key to another person's account.
 */
export const renewInvitation = action({
  name: 'people.renew-invitation',
  title: 'Invite a member of staff again',
  input: z.object({ person: id, ...invitationInput }),
  output: z.object({}),
  allow: ({ actor }) => holds(actor, 'administrator'),

  async run(stage, { person, provider, subject }) {
    const found = await findPerson(stage.db, person)
    if (found?.kind !== 'staff') throw new Refusal('missing', 'no such member of staff')
    const known = await tables(stage.db).selectFrom('sign_in').select('subject').where('person', '=', person).execute()
    if (known.length > 0 || found.disabled_at || !found.mail) {
      throw new Refusal('conflict', 'can’t be invited', {
        provider: says.renewInvitation.cantBeInvited,
      })
    }
    await openInvitation(stage, { person, mail: found.mail, provider, subject })
    return {}
  },
  subjects: ({ person }) => [{ module: 'people', kind: 'person', id: person }],
})
