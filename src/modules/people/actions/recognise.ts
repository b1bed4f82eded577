import { sql } from 'kysely'
import { z } from 'zod'
import { action } from '#core/action.ts'
import type { Db } from '#core/database.ts'
import { tokyoDate } from '#core/dates.ts'
import { newId } from '#core/ids.ts'
import { startSession } from '#web/sessions.ts'
import { applyGroups } from '../queries/groups.ts'
import { enterPerson, findBySignIn, linkSignIn, noteSignIn } from '../queries/sign-ins.ts'
import { rolesOf } from '../queries.ts'
import { tables } from '../tables.ts'
import { assertEnabled } from './assert-enabled.ts'

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
    groups: z.array(z.string()).default([]),
    provider: z.string(),
    session: z.string(),
  }),
  output: z.object({ person: z.string(), staff: z.boolean() }),
  allow: () => true,

  async run({ db, now }, { session, groups, ...vouched }) {
    const known = await findBySignIn(db, vouched)
    assertEnabled(known)
    const person = known?.id ?? (await claimInvitation(db, vouched, now)) ?? (await enter(db, vouched, now))
    const { issuer, subject, provider } = vouched
    if (known) await noteSignIn(db, known.signIn, provider, now)
    else await linkSignIn(db, { issuer, subject, provider, profile: 'office' }, person, now)
    await applyGroups(db, { person, provider, groups }, now)
    const staff = (await rolesOf(db, person)).length > 0
    await startSession(db, { id: session, person, assurance: 'account', provider, staff: true }, now)
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
  const verified = mail && mailVerified ? now : null
  const person = await enterPerson(
    db,
    { kind: 'staff', name: name || '（氏名未登録）', mail, mailVerifiedAt: verified },
    now,
  )
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
