import { z } from 'zod'
import { holds, type RoleName, roleNames } from '#core/policy.ts'
import { view } from '#core/view.ts'
import { namesOf } from '#modules/people/index.ts'
import { tables } from '../tables.ts'

/** The programs that may come in, and those that no longer may. Never the tokens themselves: nobody has them. */
export const tokens = view({
  name: 'people.tokens',
  title: 'API tokens that were issued',
  input: z.object({}),
  output: z.object({
    tokens: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        roles: z.array(z.enum(roleNames)),
        scopes: z.array(z.string()),
        issuedAt: z.date(),
        issuedBy: z.string(),
        expiresAt: z.date(),
        revokedAt: z.date().nullable(),
        state: z.enum(['live', 'expired', 'revoked']),
      }),
    ),
    /** The modules that a token's scopes can name, with what people call them. */
    modules: z.array(z.object({ name: z.string(), title: z.string() })),
  }),
  allow: ({ actor }) => holds(actor, 'administrator'),

  async run({ db, now, registry }) {
    const rows = await tables(db)
      .selectFrom('api_token')
      .select(['id', 'name', 'roles', 'scopes', 'created_at', 'created_by', 'expires_at', 'revoked_at'])
      .orderBy('created_at', 'desc')
      .limit(500)
      .execute()
    const names = await namesOf(
      db,
      rows.map(({ created_by }) => created_by),
    )
    return {
      tokens: rows.map((row) => ({
        id: row.id,
        name: row.name,
        roles: row.roles as RoleName[],
        scopes: row.scopes,
        issuedAt: row.created_at,
        issuedBy: names.get(row.created_by) ?? '',
        expiresAt: row.expires_at,
        revokedAt: row.revoked_at,
        state: row.revoked_at ? ('revoked' as const) : row.expires_at <= now ? ('expired' as const) : ('live' as const),
      })),
      modules: [...registry.titles].filter(([name]) => !name.includes('.')).map(([name, title]) => ({ name, title })),
    }
  },
})
