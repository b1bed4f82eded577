import { z } from 'zod'
import { action } from '#core/action.ts'
import { addDays, dayBegins, formatDate, tokyoDate } from '#core/dates.ts'
import { newId } from '#core/ids.ts'
import { day, line } from '#core/inputs.ts'
import { guardedRoles, holds, roleNames } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { tables } from '../tables.ts'
import { says } from '../words.refusals.ja.ts'

/** The last day a token issued today may be used: at most one year. */
export const lastDay = (now: Date): string => addDays(tokyoDate(now), 364)

/** Issues a token for a program. The token itself is in the answer, this once; kept is only its hash. */
export const issueToken = action({
  name: 'people.issue-token',
  title: 'Issue an API token',
  pagesOnly: 'a program must not make itself new tokens: expiry and revocation would mean nothing',
  input: z.object({
    name: line({ label: says.issueToken.name, max: 40 }),
    roles: z.array(z.enum(roleNames)).min(1, says.issueToken.roles).max(20),
    scopes: z
      .array(z.string().regex(/^[a-z-]{1,40}:(read|write)$/))
      .min(1, says.issueToken.scopes)
      .max(200),
    /** The last day on which it works. */
    until: day,
    confirmed: z.boolean().default(false),
  }),
  output: z.object({ id: z.string(), token: z.string(), name: z.string(), expiresAt: z.date() }),
  allow: ({ actor }) => actor?.kind === 'person' && holds(actor, 'administrator'),

  async run({ db, now, actor, outside, registry }, { name, roles, scopes, until, confirmed }) {
    const today = tokyoDate(now)
    if (until < today || until > lastDay(now)) {
      throw new Refusal('invalid', 'expiry', {
        until: says.issueToken.expiry(formatDate(lastDay(now))),
      })
    }
    if (scopes.some((scope) => !registry.titles.has(scope.split(':')[0] ?? ''))) {
      throw new Refusal('invalid', 'no such module', { scopes: says.issueToken.noSuchModule })
    }
    if (roles.includes('administrator') && !confirmed) {
      throw new Refusal('invalid', 'administrator unconfirmed', {
        confirmed: says.issueToken.administratorUnconfirmed,
      })
    }
    // Who decides or audits is chosen by two people; a token would be a way around that.
    const beyond = roles.filter((role) => guardedRoles.includes(role) && !holds(actor, role))
    if (beyond.length > 0) {
      throw new Refusal('invalid', 'roles beyond one’s own', {
        roles: says.issueToken.rolesBeyondOnesOwn,
      })
    }
    const id = newId(now.getTime())
    // Named, so that whoever finds one in a file knows what it is.
    const token = `attaka_${outside.sealer.newToken()}`
    const expiresAt = dayBegins(addDays(until, 1))
    const issued = await tables(db)
      .insertInto('api_token')
      .values({
        id,
        hash: outside.sealer.hashToken(token),
        name,
        roles: [...new Set(roles)],
        scopes: [...new Set(scopes)],
        created_at: now,
        created_by: actor?.id ?? 'system',
        expires_at: expiresAt,
        revoked_at: null,
      })
      .onConflict((same) => same.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!issued) {
      throw new Refusal('conflict', 'name taken', {
        name: says.issueToken.nameTaken,
      })
    }
    return { id, token, name, expiresAt }
  },
  subjects: (_, { id }) => [{ module: 'people', kind: 'token', id }],
})
