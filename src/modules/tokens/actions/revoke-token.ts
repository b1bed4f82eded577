import { z } from 'zod'
import { action } from '#core/action.ts'
import { id } from '#core/inputs.ts'
import { holds } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { tables } from '../tables.ts'
import { says } from '../words.refusals.ja.ts'

/** Makes a token worthless, at once and for good. */
export const revokeToken = action({
  name: 'people.revoke-token',
  title: 'Revoke an API token',
  input: z.object({ token: id }),
  output: z.object({}),
  allow: ({ actor }) => holds(actor, 'administrator'),

  async run({ db, now }, { token }) {
    const found = await tables(db)
      .selectFrom('api_token')
      .select('revoked_at')
      .where('id', '=', token)
      .forUpdate()
      .executeTakeFirst()
    if (!found) throw new Refusal('missing', 'no such token')
    if (found.revoked_at) throw new Refusal('conflict', 'revoked already', { '': says.revokeToken.revokedAlready })
    await tables(db).updateTable('api_token').set({ revoked_at: now }).where('id', '=', token).execute()
    return {}
  },
  subjects: ({ token }) => [{ module: 'people', kind: 'token', id: token }],
})
