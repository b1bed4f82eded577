import { sql } from 'kysely'
import { z } from 'zod'
import { action } from '#core/action.ts'
import type { Db } from '#core/database.ts'
import { tokyoDate } from '#core/dates.ts'
import { newId } from '#core/ids.ts'
import { Refusal } from '#core/refusal.ts'
import { startSession } from '#web/sessions.ts'
import { findBySignIn, rolesOf, searchText } from '../queries.ts'
import { tables } from '../tables.ts'

type Vouched = {
  issuer: string
  subject: string
  name: string | null
  mail: string | null
  mailVerified: boolean
  provider: string
}

/**
 * Recognises a member of staff whom the office's provider has vouched for, and begins the session. Known again by issuer
 * and subject; the first time by an open invitation. Somebody new and not invited is entered without any role: an
 * administrator gives the first one.
 */
export const recognise = action({
  name: 'people.recognise',
  title: 'Sign in a member of staff whom an identity provider has vouched for',
  pagesOnly: 'only after the provider’s answer has been verified',
  input: z.object({
    issuer: z.string().min(1),
    subject: z.string().min(1).max(255),
    name: z.string().max(200).nullable(),
    mail: z.email().nullable(),
    mailVerified: z.boolean().default(false),
    provider: z.string(),
    session: z.string(),
  }),
  output: z.object({ person: z.string(), staff: z.boolean() }),
  allow: () => true,

  async run({ db, now }, { session, ...vouched }) {
    const known = await findBySignIn(db, vouched.issuer, vouched.subject)
    if (known?.disabled_at) throw new Refusal('forbidden', 'this person may no longer sign in')
    const person = known?.id ?? (await claimInvitation(db, vouched, now)) ?? (await enter(db, vouched, now))
    if (!known) {
      await tables(db)
        .insertInto('sign_in')
        .values({ issuer: vouched.issuer, subject: vouched.subject, person, linked_at: now })
        .execute()
    }
    const staff = (await rolesOf(db, person)).length > 0
    await startSession(db, { id: session, person, assurance: 'account', provider: vouched.provider, staff: true }, now)
    return { person, staff }
  },
  subjects: (_, { person }) => [{ module: 'people', kind: 'person', id: person }],
})

/** An unverified mail address is only what somebody wrote about themselves: it opens nothing. */
async function claimInvitation(db: Db, { provider, subject, mail, mailVerified }: Vouched, now: Date) {
  const found = await findInvitation(db, { provider, subject, mail: mailVerified ? mail : null }, now)
  if (!found) return null
  await tables(db).updateTable('invitation').set({ used_at: now }).where('id', '=', found.id).execute()
  if (mailVerified && mail?.toLowerCase() === found.mail.toLowerCase()) {
    await tables(db).updateTable('person').set({ mail_verified_at: now }).where('id', '=', found.person).execute()
  }
  return found.person
}

async function enter(db: Db, { name, mail, mailVerified }: Vouched, now: Date) {
  const person = newId(now.getTime())
  const called = name || '（氏名未登録）'
  await tables(db)
    .insertInto('person')
    .values({
      id: person,
      kind: 'staff',
      name: called,
      reading: null,
      mail,
      mail_verified_at: mail && mailVerified ? now : null,
      corporate_number: null,
      created_at: now,
      disabled_at: null,
      search: searchText({ name: called, reading: null, mail }),
    })
    .execute()
  await tables(db)
    .insertInto('membership')
    .values({ id: newId(), person, section: null, valid_from: tokyoDate(now), valid_to: null })
    .execute()
  return person
}

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
    .forUpdate('invitation')
    .execute()
  const named = open.filter((one) => one.subject !== null)
  const fitting = named.length > 0 ? named : open
  // Where two persons could be meant, nobody is: an administrator has to name the right one.
  return new Set(fitting.map(({ person }) => person)).size === 1 ? fitting[0] : undefined
}
