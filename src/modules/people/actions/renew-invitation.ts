import { z } from 'zod'
import { action } from '#core/action.ts'
import { id, mailAddress, personName, reading } from '#core/inputs.ts'
import { holds } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { waitForLock } from '#platform/locks.ts'
import { findPerson, searchText } from '../queries.ts'
import { tables } from '../tables.ts'
import { says } from '../words.refusals.ja.ts'
import { assertNoStaffOf, invitationInput, openInvitation } from './invite-staff.ts'

/**
 * Invites again somebody who has never signed in, with what was entered wrong put right. Whoever has signed in keeps that way
 * in: an invitation must not be a second key to another person's account.
 */
export const renewInvitation = action({
  name: 'people.renew-invitation',
  title: 'Invite a member of staff again, with name and mail address put right',
  input: z.object({
    person: id,
    /** As they are entered, where they aren't given. */
    name: personName.optional(),
    reading: reading.optional(),
    mail: mailAddress.optional(),
    ...invitationInput,
  }),
  output: z.object({}),
  allow: ({ actor }) => holds(actor, 'administrator'),

  async run(stage, { person, provider, subject, ...given }) {
    // Who comes by the earlier invitation at this moment has signed in before it is renewed, or finds it renewed.
    await waitForLock(stage.db, 'invitations')
    const found = await findPerson(stage.db, person)
    if (found?.kind !== 'staff') throw new Refusal('missing', 'no such member of staff')
    const known = await tables(stage.db).selectFrom('sign_in').select('subject').where('person', '=', person).execute()
    const mail = given.mail ?? found.mail
    if (known.length > 0 || found.disabled_at || !mail) {
      throw new Refusal('conflict', 'can’t be invited', {
        provider: says.renewInvitation.cantBeInvited,
      })
    }
    if (mail !== found.mail) await assertNoStaffOf(stage.db, mail)
    const entered = {
      name: given.name ?? found.name,
      reading: given.reading === undefined ? found.reading : given.reading,
      mail,
    }
    await tables(stage.db)
      .updateTable('person')
      .set({ ...entered, search: searchText(entered) })
      .where('id', '=', person)
      .execute()
    await openInvitation(stage, { person, mail, provider, subject })
    return {}
  },
  subjects: ({ person }) => [{ module: 'people', kind: 'person', id: person }],
})
