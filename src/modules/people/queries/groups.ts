import type { Db } from '#core/database.ts'
import { newId } from '#core/ids.ts'
import type { RoleName } from '#core/policy.ts'
import { otherAdministrators } from '../queries.ts'
import { tables } from '../tables.ts'

/** The table of groups: which group of which provider gives which role, where. */
export const groupRoles = (db: Db) =>
  tables(db)
    .selectFrom('group_role')
    .select(['id', 'provider', 'name', 'role', 'department', 'section', 'entered_at', 'entered_by'])
    .where('removed_at', 'is', null)
    .orderBy('provider')
    .orderBy('name')
    .orderBy('role')
    .execute()

/** The lines of one provider, held against being taken away until the end of the transaction. */
const linesOf = (db: Db, provider: string) =>
  tables(db)
    .selectFrom('group_role')
    .select(['id', 'name', 'role', 'department', 'section', 'entered_by'])
    .where('removed_at', 'is', null)
    .where('provider', '=', provider)
    .orderBy('id')
    .forShare()
    .execute()

type Came = { person: string; provider: string; groups: readonly string[] }

/**
 * Gives and takes roles by the groups that the provider names at this sign-in. Touched are only roles that the table has
 * given by this provider; four eyes: a line that somebody has entered themselves gives them nothing; and the last
 * administrator stays one. The lines are held: one that is just being taken away gives nothing, or takes away what it gave.
 */
export async function applyGroups(db: Db, { person, provider, groups }: Came, now: Date) {
  const lines = await linesOf(db, provider)
  const due = lines.filter(({ name, entered_by }) => groups.includes(name) && entered_by !== person)
  const held = await tables(db)
    .selectFrom('role_grant')
    .innerJoin('group_role', 'group_role.id', 'role_grant.group_role')
    .select(['role_grant.id', 'role_grant.group_role', 'role_grant.role'])
    .where('person', '=', person)
    .where('revoked_at', 'is', null)
    .where('provider', '=', provider)
    .orderBy('role_grant.id')
    .execute()
  for (const { id, role } of held.filter((one) => !due.some((line) => line.id === one.group_role))) {
    await endGrant(db, { id, role, person }, 'system', now)
  }
  for (const line of due.filter((one) => !held.some(({ group_role }) => group_role === one.id))) {
    await tables(db)
      .insertInto('role_grant')
      .values({
        id: newId(now.getTime()),
        person,
        role: line.role,
        department: line.department,
        section: line.section,
        granted_at: now,
        granted_by: 'system',
        revoked_at: null,
        revoked_by: null,
        reason: line.name,
        group_role: line.id,
      })
      // Held already by a person's own decision: it stays that person's.
      .onConflict((found) => found.doNothing())
      .execute()
  }
}

/** Ends a role that a line has given, but for the last administrator's. Tells whether it ended. */
async function endGrant(db: Db, grant: { id: string; role: RoleName; person: string }, by: string, now: Date) {
  if (grant.role === 'administrator' && (await otherAdministrators(db, grant.person)) === 0) return false
  await tables(db)
    .updateTable('role_grant')
    .set({ revoked_at: now, revoked_by: by })
    .where('id', '=', grant.id)
    .execute()
  return true
}

/** Ends a line and what it has given. Tells how many roles ended; null where there is no such line any more. */
export async function endLine(db: Db, line: string, by: string, now: Date): Promise<number | null> {
  const removed = await tables(db)
    .updateTable('group_role')
    .set({ removed_at: now, removed_by: by })
    .where('id', '=', line)
    .where('removed_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!removed) return null
  const given = await tables(db)
    .selectFrom('role_grant')
    .select(['id', 'role', 'person'])
    .where('group_role', '=', line)
    .where('revoked_at', 'is', null)
    .orderBy('id')
    .execute()
  let ended = 0
  for (const grant of given) if (await endGrant(db, grant, by, now)) ended++
  return ended
}

/** How many people hold a role by each line now. */
export const holdersByLine = async (db: Db): Promise<ReadonlyMap<string, number>> => {
  const rows = await tables(db)
    .selectFrom('role_grant')
    .select(({ fn }) => ['group_role', fn.countAll<number>().as('count')])
    .where('group_role', 'is not', null)
    .where('revoked_at', 'is', null)
    .groupBy('group_role')
    .execute()
  return new Map(rows.map(({ group_role, count }) => [group_role ?? '', Number(count)]))
}
