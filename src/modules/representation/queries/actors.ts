import type { Db } from '#core/database.ts'
import { tokyoDate } from '#core/dates.ts'
import type { AccountType, Actor, Assurance, Role } from '#core/policy.ts'
import { findPerson, listUnits, rolesOf, sectionOf } from '#modules/people/index.ts'
import type { Session } from '#web/sessions.ts'
import { belongsByAccount, membershipIn } from './companies.ts'
import { mandateInForce } from './mandates.ts'

/** Roles for departments with the sections that these have on a day. */
async function withSections(db: Db, roles: readonly Role[], on: string): Promise<Role[]> {
  if (roles.every(({ department }) => department === null)) return [...roles]
  const units = await listUnits(db, on)
  return roles.map((role) => ({
    ...role,
    ...(role.department && {
      sections: units.filter(({ parent }) => parent === role.department).map(({ id }) => id),
    }),
  }))
}

/** What a session says of whoever it belongs to. */
type Held = Omit<Session, 'id' | 'live'>

/** Who a session belongs to: the actor and the names that the pages show. Null when the person was disabled. */
export async function actorOfPerson(db: Db, session: Held, now: Date) {
  const found = await findPerson(db, session.person)
  if (!found || found.disabled_at) return null
  const today = tokyoDate(now)
  const [roles, section] =
    found.kind === 'staff'
      ? [await withSections(db, await rolesOf(db, found.id), today), await sectionOf(db, found.id, today)]
      : [[], null]
  const account = (session.account ?? null) as AccountType | null
  const acting = session.represents ? await actingFor(db, { ...session, account }, now) : null
  const actor: Actor = {
    id: found.id,
    kind: 'person',
    roles,
    section,
    represents: acting?.id ?? null,
    assurance: session.assurance as Assurance,
    account: acting ? acting.account : account,
    cameWith: account,
    sole: account !== null && acting === null && !(await belongsByAccount(db, found.id)),
    mandate: acting?.mandate ?? null,
    signIn: session.signIn,
    scopes: null,
  }
  return { actor, name: found.name, staff: roles.length > 0, actsFor: acting?.name ?? null }
}

/**
 * For whom a session acts, asked anew with every request: a mandate that was revoked or has run out, and a membership
 * that has ended, act for nobody from that moment. As a member by GビズID only whoever came with it this time.
 */
async function actingFor(
  db: Db,
  { person, account, represents, mandate }: Held & { account: AccountType | null },
  now: Date,
): Promise<{ id: string; name: string; account: AccountType | null; mandate: Actor['mandate'] } | null> {
  if (!represents) return null
  if (mandate) {
    const held = await mandateInForce(db, mandate, person, now)
    // What GビズID has entrusted holds for whoever comes by GビズID.
    return held?.principal === represents && (held.source !== 'gbizid' || account)
      ? {
          id: represents,
          name: held.name,
          account,
          mandate: { id: held.id, procedures: held.procedures, assurance: held.assurance, account: held.account },
        }
      : null
  }
  const member = await membershipIn(db, represents, person, account)
  return member ? { id: represents, ...member, mandate: null } : null
}
