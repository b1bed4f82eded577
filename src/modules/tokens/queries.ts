import { sql } from 'kysely'
import type { Db } from '#core/database.ts'
import { isId } from '#core/ids.ts'
import { type Actor, guardedRoles, type RoleName } from '#core/policy.ts'
import { findPerson, rolesOf } from '#modules/people/index.ts'
import { tables } from './tables.ts'

/** Whoever was relieved of these has no program that goes on in their place: one that administers could give them back. */
const endingWithIssuer: readonly RoleName[] = [...guardedRoles, 'administrator']

/** Who a bearer token acts as; null when it is unknown, expired or revoked, or whoever issued it may no longer sign in. */
export async function actorOfToken(db: Db, hash: string, now: Date): Promise<Actor | null> {
  const token = await tables(db)
    .selectFrom('api_token')
    .select(['id', 'roles', 'scopes', 'expires_at', 'created_by'])
    .where('hash', '=', hash)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  if (!token || token.expires_at <= now) return null
  if (isId(token.created_by) && (await findPerson(db, token.created_by))?.disabled_at) return null
  const held = isId(token.created_by) ? await rolesOf(db, token.created_by) : []
  const roles = token.roles
    .map((name) => ({ name: name as RoleName, department: null, section: null }))
    .filter(({ name }) => !endingWithIssuer.includes(name) || held.some((role) => role.name === name))
  return {
    id: token.id,
    kind: 'token',
    roles,
    section: null,
    represents: null,
    assurance: 'account',
    scopes: token.scopes,
    issuedBy: token.created_by,
  }
}

/** Ids of the tokens whose name has these words in it, a hundred at most. */
export const tokensCalled = async (db: Db, words: string): Promise<string[]> =>
  (
    await tables(db)
      .selectFrom('api_token')
      .select('id')
      .where(sql<boolean>`strpos(lower(name), lower(${words})) > 0`)
      .limit(100)
      .execute()
  ).map(({ id }) => id)

/** Names of tokens by their ids. */
export async function namesOfTokens(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tables(db)
    .selectFrom('api_token')
    .select(['id', 'name'])
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
