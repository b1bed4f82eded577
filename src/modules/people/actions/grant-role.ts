import { z } from 'zod'
import { action } from '#core/action.ts'
import { tokyoDate } from '#core/dates.ts'
import { newId } from '#core/ids.ts'
import { id, reason } from '#core/inputs.ts'
import { holds, isOneself, roleNames } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import type { Stage } from '#core/scene.ts'
import { findPerson, unitStates } from '../queries.ts'
import { reach } from '../rules/reach.ts'
import { isOpenFrom } from '../rules/units.ts'
import { tables } from '../tables.ts'
import { says } from '../words.refusals.ja.ts'
import { ja as roles } from '../words.roles.ja.ts'

/** What stands for the whole office where a department's or section's id could stand. */
export const wholeOffice = 'office'

/** Gives a member of staff a role: for the whole office, a department or a section. Never to oneself. */
export const grantRole = action({
  name: 'people.grant-role',
  title: 'Give a member of staff a role',
  input: z.object({
    person: id,
    role: z.enum(roleNames, says.role.which),
    place: z.union([z.literal(wholeOffice), z.uuid()], says.role.where).default(wholeOffice),
    reason,
  }),
  output: z.object({ grant: z.string() }),
  allow: ({ actor }) => holds(actor, 'administrator'),

  async run(stage, { person, role, place, reason }) {
    const { db, now, actor } = stage
    const found = await findPerson(db, person)
    if (found?.kind !== 'staff') throw new Refusal('missing', 'no such member of staff')
    if (isOneself(actor, person)) {
      throw new Refusal('forbidden', 'four eyes', {
        role: says.grantRole.fourEyes,
      })
    }
    if (found.disabled_at) {
      throw new Refusal('conflict', 'disabled', { role: says.grantRole.disabled })
    }
    if (place !== wholeOffice && reach[role] === 'whole') {
      throw new Refusal('invalid', 'whole office only', {
        place: says.role.wholeOfficeOnly(roles[role].name),
      })
    }
    const at = await placeOf(stage, place)
    const given = await tables(db)
      .insertInto('role_grant')
      .values({
        id: newId(now.getTime()),
        person,
        role,
        ...at,
        granted_at: now,
        granted_by: actor?.id ?? 'system',
        revoked_at: null,
        revoked_by: null,
        reason,
      })
      .onConflict((found) => found.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!given) throw new Refusal('conflict', 'held already', { role: says.grantRole.heldAlready })
    return { grant: given.id }
  },
  subjects: ({ person }, { grant }) => [
    { module: 'people', kind: 'person', id: person },
    { module: 'people', kind: 'role', id: grant },
  ],
})

/** Department and section of a choice of where a role holds; both null = the whole office. */
export async function placeOf({ db, now }: Stage, place: string) {
  if (place === wholeOffice) return { department: null, section: null }
  const states = await unitStates(db)
  const unit = states.find((state) => state.unit === place)
  if (!unit || !isOpenFrom(states, place, tokyoDate(now))) {
    throw new Refusal('invalid', 'no such department or section', { place: says.role.noSuchPlace })
  }
  return unit.kind === 'department' ? { department: place, section: null } : { department: null, section: place }
}
