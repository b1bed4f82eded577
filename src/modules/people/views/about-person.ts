import { z } from 'zod'
import type { Db } from '#core/database.ts'
import { tokyoDate } from '#core/dates.ts'
import { profiles } from '#core/outside.ts'
import { isOneself, roleNames } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import type { Stage } from '#core/scene.ts'
import { openSessionsOf } from '#web/sessions.ts'
import { findPerson, namesOf, unitStates } from '../queries.ts'
import { nameOn, type UnitState } from '../rules/units.ts'
import { tables } from '../tables.ts'

const roleShown = z.object({
  id: z.string(),
  role: z.enum(roleNames),
  /** The department's or section's name; null = the whole office. */
  place: z.string().nullable(),
  reason: z.string().nullable(),
  givenAt: z.date(),
  givenBy: z.string(),
  takenAt: z.date().nullable(),
  takenBy: z.string().nullable(),
})

/** What is known here of one person, for those who administer. */
export const personShown = z.object({
  id: z.string(),
  kind: z.enum(['resident', 'staff', 'company']),
  name: z.string(),
  reading: z.string().nullable(),
  mail: z.string().nullable(),
  mailVerified: z.boolean(),
  disabledAt: z.date().nullable(),
  oneself: z.boolean(),
  signIns: z.array(z.object({ issuer: z.string(), profile: z.enum(profiles), since: z.date() })),
  invitation: z
    .object({ provider: z.string(), subject: z.string().nullable(), mail: z.string(), until: z.date() })
    .nullable(),
  memberships: z.array(
    z.object({
      section: z.string().nullable(),
      department: z.string().nullable(),
      from: z.string(),
      to: z.string().nullable(),
    }),
  ),
  roles: z.array(roleShown),
  formerRoles: z.array(roleShown),
  openSessions: z.number(),
})

/** Who one person is, where they work, what they may do and since when. Refuses an id that is nobody's. */
export async function aboutPerson(stage: Stage, person: string): Promise<z.input<typeof personShown>> {
  const { db, now } = stage
  const found = await findPerson(db, person)
  if (!found) throw new Refusal('missing', 'no such person')
  const [states, signIns, invitation, memberships, grants, sessions] = await Promise.all([
    unitStates(db),
    tables(db)
      .selectFrom('sign_in')
      .select(['issuer', 'profile', 'linked_at as since'])
      .where('person', '=', person)
      .orderBy('linked_at')
      .execute(),
    tables(db)
      .selectFrom('invitation')
      .select(['provider', 'subject', 'mail', 'expires_at as until'])
      .where('person', '=', person)
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .executeTakeFirst(),
    membershipsOf(db, person),
    rolesWithHistory(db, person, tokyoDate(now)),
    openSessionsOf(db, person, now),
  ])
  return {
    id: found.id,
    kind: found.kind,
    name: found.name,
    reading: found.reading,
    mail: found.mail,
    mailVerified: found.mail_verified_at !== null,
    disabledAt: found.disabled_at,
    oneself: isOneself(stage.actor, person),
    signIns,
    invitation: invitation ?? null,
    memberships: memberships.map((one) => withNames(states, one)),
    roles: grants.filter(({ takenAt }) => takenAt === null),
    formerRoles: grants.filter(({ takenAt }) => takenAt !== null),
    openSessions: sessions.length,
  }
}

/** Where somebody worked and works, newest first. */
const membershipsOf = (db: Db, person: string) =>
  tables(db)
    .selectFrom('membership')
    .select(['section', 'valid_from', 'valid_to'])
    .where('person', '=', person)
    .orderBy('valid_from', 'desc')
    .execute()

/** Section and department as they were called when the membership began. */
function withNames(
  states: readonly UnitState[],
  { section, valid_from, valid_to }: { section: string | null; valid_from: string; valid_to: string | null },
) {
  const state = states.findLast((one) => one.unit === section && one.valid_from <= valid_from)
  return {
    section: section && nameOn(states, section, valid_from),
    department: state?.parent ? nameOn(states, state.parent, valid_from) : null,
    from: valid_from,
    to: valid_to,
  }
}

async function rolesWithHistory(db: Db, person: string, today: string) {
  const grants = await tables(db)
    .selectFrom('role_grant')
    .select(['id', 'role', 'department', 'section', 'reason', 'granted_at', 'granted_by', 'revoked_at', 'revoked_by'])
    .where('person', '=', person)
    .orderBy('granted_at')
    .execute()
  const names = await namesOf(
    db,
    grants.flatMap(({ granted_by, revoked_by }) => [granted_by, revoked_by]),
  )
  const nameOf = (by: string) => names.get(by) ?? ''
  const states = await unitStates(db)
  return grants
    .map((grant) => {
      const unit = grant.department ?? grant.section
      return {
        id: grant.id,
        role: grant.role,
        place: unit && nameOn(states, unit, today),
        reason: grant.reason,
        givenAt: grant.granted_at,
        givenBy: nameOf(grant.granted_by),
        takenAt: grant.revoked_at,
        takenBy: grant.revoked_by && nameOf(grant.revoked_by),
      }
    })
    .sort((a, b) => roleNames.indexOf(a.role) - roleNames.indexOf(b.role))
}
