import { z } from 'zod'
import { action } from '#core/action.ts'
import { id } from '#core/inputs.ts'
import { holds } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { otherAdministrators } from '../queries.ts'
import { tables } from '../tables.ts'
import { says } from '../words.refusals.ja.ts'

/** Takes a role back. The grant stays in the history. */
export const revokeRole = action({
  name: 'people.revoke-role',
  title: 'Take a role back',
  input: z.object({ person: id, grant: id }),
  output: z.object({}),
  allow: ({ actor }) => holds(actor, 'administrator'),

  async run({ db, now, actor }, { person, grant }) {
    const found = await tables(db)
      .selectFrom('role_grant')
      .select(['role', 'revoked_at'])
      .where('id', '=', grant)
      .where('person', '=', person)
      .executeTakeFirst()
    if (!found) throw new Refusal('missing', 'no such role')
    if (found.role === 'administrator' && (await otherAdministrators(db, person)) === 0) {
      throw new Refusal('conflict', 'the last administrator', { '': says.revokeRole.lastAdministrator })
    }
    const revoked = await tables(db)
      .updateTable('role_grant')
      .set({ revoked_at: now, revoked_by: actor?.id ?? 'system' })
      .where('id', '=', grant)
      .where('revoked_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!revoked) throw new Refusal('conflict', 'revoked already', { '': says.revokeRole.revokedAlready })
    return {}
  },
  subjects: ({ person, grant }) => [
    { module: 'people', kind: 'person', id: person },
    { module: 'people', kind: 'role', id: grant },
  ],
})
