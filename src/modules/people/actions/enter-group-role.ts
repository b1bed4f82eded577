import { z } from 'zod'
import { action } from '#core/action.ts'
import { newId } from '#core/ids.ts'
import { line } from '#core/inputs.ts'
import { holds, roleNames } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { reach } from '../rules/reach.ts'
import { tables } from '../tables.ts'
import { says } from '../words.refusals.ja.ts'
import { ja as roles } from '../words.roles.ja.ts'
import { placeOf, wholeOffice } from './grant-role.ts'

/**
 * Enters a line of the table of groups: whoever the office's provider names in this group gets the role at their next
 * sign-in, and loses it when they are no longer in it. Not by a token: nobody gives themselves a role, and behind a token
 * it couldn't be told who did.
 */
export const enterGroupRole = action({
  name: 'people.enter-group-role',
  title: 'Let a group of the office’s provider give a role',
  input: z.object({
    provider: z.string(says.enterGroupRole.provider).max(41),
    group: line({ label: says.enterGroupRole.group, max: 200 }),
    role: z.enum(roleNames, says.role.which),
    place: z.union([z.literal(wholeOffice), z.uuid()], says.role.where).default(wholeOffice),
  }),
  output: z.object({ line: z.string() }),
  allow: ({ actor }) => actor?.kind === 'person' && holds(actor, 'administrator'),

  async run(stage, { provider, group, role, place }) {
    const { db, now, actor, outside, tenant } = stage
    if (!outside.providers(tenant).some(({ name, profile }) => profile === 'office' && name === provider)) {
      throw new Refusal('invalid', 'no such provider', { provider: says.enterGroupRole.provider })
    }
    if (place !== wholeOffice && reach[role] === 'whole') {
      throw new Refusal('invalid', 'whole office only', {
        place: says.role.wholeOfficeOnly(roles[role].name),
      })
    }
    const entered = await tables(db)
      .insertInto('group_role')
      .values({
        id: newId(now.getTime()),
        provider,
        name: group,
        role,
        ...(await placeOf(stage, place)),
        entered_at: now,
        entered_by: actor?.id ?? 'system',
        removed_at: null,
        removed_by: null,
      })
      .onConflict((found) => found.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!entered) throw new Refusal('conflict', 'entered already', { group: says.enterGroupRole.enteredAlready })
    return { line: entered.id }
  },
  subjects: (_, { line }) => [{ module: 'people', kind: 'group-role', id: line }],
})
