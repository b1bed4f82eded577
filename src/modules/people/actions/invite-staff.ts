import { sql } from 'kysely'
import { z } from 'zod'
import { action } from '#core/action.ts'
import type { Db } from '#core/database.ts'
import { addDays, dayBegins, tokyoDate } from '#core/dates.ts'
import { newId } from '#core/ids.ts'
import { mailAddress, optionalLine, personName, reading } from '#core/inputs.ts'
import { enqueue } from '#core/job.ts'
import { holds } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import type { Stage } from '#core/scene.ts'
import { waitForLock } from '#platform/locks.ts'
import { deliverInvitation } from '../jobs.ts'
import { endInvitations } from '../queries/invitations.ts'
import { holdUnitStates, searchText } from '../queries.ts'
import { isOpenFrom } from '../rules/units.ts'
import { tables } from '../tables.ts'
import { says } from '../words.refusals.ja.ts'

/** For how many days an invitation stays open. */
const days = 30

/** Which of the office's providers will vouch, and under which name, where the administrator knows it. */
export const invitationInput = {
  provider: z.string(says.inviteStaff.provider).min(1, says.inviteStaff.provider).max(40, says.inviteStaff.provider),
  subject: optionalLine({ label: says.inviteStaff.subject, max: 255 }),
}

/** Enters a member of staff before they first sign in, with a section and the role of staff, and tells them by mail. */
export const inviteStaff = action({
  name: 'people.invite-staff',
  title: 'Invite a member of staff',
  input: z.object({
    name: personName,
    reading,
    mail: mailAddress,
    section: z.uuid(says.inviteStaff.section),
    ...invitationInput,
  }),
  output: z.object({ person: z.string() }),
  allow: ({ actor }) => holds(actor, 'administrator'),

  async run(stage, { name, reading, mail, section, provider, subject }) {
    const { db, now, actor } = stage
    const today = tokyoDate(now)
    await assertNoStaffOf(db, mail)
    const states = await holdUnitStates(db)
    if (
      !states.some(({ unit, kind }) => unit === section && kind === 'section') ||
      !isOpenFrom(states, section, today)
    ) {
      throw new Refusal('invalid', 'no such section', { section: says.inviteStaff.section })
    }
    const person = newId(now.getTime())
    await tables(db)
      .insertInto('person')
      .values({
        id: person,
        kind: 'staff',
        name,
        reading,
        mail,
        mail_verified_at: null,
        corporate_number: null,
        created_at: now,
        disabled_at: null,
        search: searchText({ name, reading, mail }),
      })
      .execute()
    await tables(db)
      .insertInto('membership')
      .values({ id: newId(now.getTime()), person, section, valid_from: today, valid_to: null })
      .execute()
    await tables(db)
      .insertInto('role_grant')
      .values({
        id: newId(now.getTime()),
        person,
        role: 'staff',
        department: null,
        section: null,
        granted_at: now,
        granted_by: actor?.id ?? 'system',
        revoked_at: null,
        revoked_by: null,
        reason: says.inviteStaff.reason,
      })
      .execute()
    await openInvitation(stage, { person, mail, provider, subject })
    return { person }
  },
  subjects: (_, { person }) => [{ module: 'people', kind: 'person', id: person }],
})

/** Throws where another member of staff has this mail address. Two posts at once wait for each other, until the transaction ends. */
export async function assertNoStaffOf(db: Db, mail: string) {
  await waitForLock(db, 'invitations')
  const same = await tables(db)
    .selectFrom('person')
    .select('id')
    .where(sql`lower(mail)`, '=', mail.toLowerCase())
    .where('kind', '=', 'staff')
    .executeTakeFirst()
  if (same) {
    throw new Refusal('conflict', 'known already', {
      mail: says.inviteStaff.knownAlready,
    })
  }
}

/** Opens an invitation for somebody who is entered already, and tells them by mail. Earlier ones end. */
export async function openInvitation(
  stage: Stage,
  { person, mail, provider, subject }: { person: string; mail: string; provider: string; subject: string | null },
) {
  const { db, now, actor, outside, tenant } = stage
  if (!outside.providers(tenant).some(({ name, profile }) => profile === 'office' && name === provider)) {
    throw new Refusal('invalid', 'no such provider', { provider: says.inviteStaff.provider })
  }
  await endInvitations(db, person, now)
  const id = newId(now.getTime())
  // To the end of the thirtieth day in Tokyo, as the mail says it.
  const expires_at = dayBegins(addDays(tokyoDate(now), days + 1))
  await tables(db)
    .insertInto('invitation')
    .values({
      id,
      person,
      provider,
      subject,
      mail,
      invited_at: now,
      invited_by: actor?.id ?? 'system',
      expires_at,
      used_at: null,
    })
    .execute()
  await enqueue(stage, deliverInvitation, { id })
}
