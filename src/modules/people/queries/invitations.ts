import { sql } from 'kysely'
import type { Db } from '#core/database.ts'
import { waitForLock } from '#platform/locks.ts'
import { tables } from '../tables.ts'

/** What an office's provider says of whoever comes. */
type Vouched = { provider: string; subject: string; mail: string | null; mailVerified: boolean }

/**
 * Takes up the open invitation that fits whoever a provider vouches for: gives the invited person's id; null where none
 * fits. An unverified mail address is only what somebody wrote about themselves: it opens nothing.
 */
export async function claimInvitation(db: Db, { provider, subject, mail, mailVerified }: Vouched, now: Date) {
  await waitForLock(db, 'invitations')
  const found = await findInvitation(db, { provider, subject, mail: mailVerified ? mail : null }, now)
  if (!found) return null
  await tables(db).updateTable('invitation').set({ used_at: now }).where('id', '=', found.id).execute()
  // One that was renewed since this sign-in began: it must not be a second key.
  await endInvitations(db, found.person, now)
  if (mailVerified && mail?.toLowerCase() === found.mail.toLowerCase()) {
    await tables(db).updateTable('person').set({ mail_verified_at: now }).where('id', '=', found.person).execute()
  }
  return found.person
}

/** Ends what somebody could still be recognised by. */
export const endInvitations = (db: Db, person: string, now: Date) =>
  tables(db)
    .updateTable('invitation')
    .set({ expires_at: now })
    .where('person', '=', person)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .execute()

/** The open invitation that an answer of a provider fits: by the provider's own name for the person, else by verified mail. */
async function findInvitation(
  db: Db,
  { provider, subject, mail }: { provider: string; subject: string; mail: string | null },
  now: Date,
) {
  const open = await tables(db)
    .selectFrom('invitation')
    .innerJoin('person', 'person.id', 'invitation.person')
    .select(['invitation.id', 'invitation.person', 'invitation.subject', 'invitation.mail'])
    .where('provider', '=', provider)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .where('person.disabled_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('invitation.subject', '=', subject),
        ...(mail
          ? [eb.and([eb('invitation.subject', 'is', null), eb(sql`lower(invitation.mail)`, '=', mail.toLowerCase())])]
          : []),
      ]),
    )
    .execute()
  const named = open.filter((one) => one.subject !== null)
  const fitting = named.length > 0 ? named : open
  // Where two persons could be meant, nobody is: an administrator has to name the right one.
  return new Set(fitting.map(({ person }) => person)).size === 1 ? fitting[0] : undefined
}
