// The life of a session is one file, from its beginning to its end: nobody else writes these rows.
import type { Db } from '#core/database.ts'
import { newId } from '#core/ids.ts'
import { pick, prepared } from '#core/prepared.ts'
import { Refusal } from '#core/refusal.ts'
import { findTenant, type Tenant, type TenantTables, tenantColumns } from '#platform/tenants.ts'

/** Somebody signed in, as the request found them. */
export type Session = {
  id: string
  person: string
  assurance: string
  /** The type of business account that was signed in with, if it was one. */
  account: string | null
  /** For whom it acts at the moment, and by which mandate. `people` asks each time whether that still holds. */
  represents: string | null
  mandate: string | null
  /** The sign-in that it came by, as `Actor.signIn`. */
  signIn: string | null
  live: boolean
}

type SessionTables = {
  session: {
    id: string
    person: string
    assurance: string
    account: string | null
    represents: string | null
    mandate: string | null
    sign_in: string | null
    provider: string
    created_at: Date
    seen_at: Date
    idle_until: Date
    ends_at: Date
    ended_at: Date | null
  }
  kept_input: { id: string; person: string | null; browser: string | null; path: string; sealed: string; kept_at: Date }
}

const tables = (db: Db) => db.withTables<SessionTables>()

const minutes = 60_000

/** Idle and absolute limits, shorter for those who see other people's data. */
export const limits = {
  resident: { idle: 60 * minutes, absolute: 12 * 60 * minutes },
  staff: { idle: 30 * minutes, absolute: 10 * 60 * minutes },
}

/** How old `seen_at` may be before a request writes it again. */
const touchAfter = 1 * minutes

export type Opening = { tenant: Tenant; session: Session | null; touch: boolean }

const tenantWith = (db: Db, tenant: string, which: { id: string } | { ids: string[] }) =>
  db
    .withTables<SessionTables & TenantTables>()
    .selectFrom('tenant')
    .leftJoin('session', (join) =>
      join.on(({ eb, fn, val }) => eb('session.id', '=', 'id' in which ? which.id : fn.any(val(which.ids)))),
    )
    .select([...tenantColumns.map((column) => `tenant.${column}` as const), ...sessionColumns])
    .where('tenant.tenant', '=', tenant)

const withSession = prepared((db, { tenant, id }: { tenant: string; id: string }) => tenantWith(db, tenant, { id }))
/** For several: PostgreSQL plans a list anew at each use, which would take half as long again for one. */
const withSessions = prepared((db, { tenant, ids }: { tenant: string; ids: string[] }) =>
  tenantWith(db, tenant, { ids }),
)

/** The tenant's row once for each session that was found, once without any where none was; nothing without the tenant. */
async function findSessions(db: Db, tenant: string, ids: string[]) {
  const [id] = ids
  if (id === undefined) return []
  return ids.length === 1 ? withSession.all(db, { tenant, id }) : withSessions.all(db, { tenant, ids })
}

/**
 * What every request begins with: the tenant's row and who is signed in, in one statement for all who begin together.
 * `id` is a hashed token, null where none was brought along.
 * @returns an opening for each of them, in their order; null where there is no such tenant
 */
export async function openRequests(
  db: Db,
  tenant: string,
  asked: readonly { id: string | null; now: Date }[],
): Promise<Opening[] | null> {
  const ids = asked.flatMap(({ id }) => id ?? [])
  const rows = await findSessions(db, tenant, ids)
  const row = ids.length > 0 ? rows[0] : await findTenant(db, tenant)
  if (!row) return null
  const known = new Map(rows.map((found) => [found.session, found]))
  return asked.map(({ id, now }) => openingOf(row, (id && known.get(id)) || null, now))
}

type Found = Awaited<ReturnType<typeof findSessions>>[number]

function openingOf(row: Tenant, found: Found | null, now: Date): Opening {
  const tenant = pick(row, ...tenantColumns)
  if (!found || found.session === null || found.person === null || found.assurance === null || found.ended_at) {
    return { tenant, session: null, touch: false }
  }
  const { session: id, person, assurance, account, represents, mandate, sign_in: signIn } = found
  const live = (found.idle_until ?? now) > now && (found.ends_at ?? now) > now
  const touch = live && now.getTime() - (found.seen_at ?? now).getTime() > touchAfter
  return { tenant, session: { id, person, assurance, account, represents, mandate, signIn, live }, touch }
}

const sessionColumns = [
  'session.id as session',
  'session.person',
  'session.assurance',
  'session.account',
  'session.represents',
  'session.mandate',
  'session.sign_in',
  'session.seen_at',
  'session.idle_until',
  'session.ends_at',
  'session.ended_at',
] as const

/** Begins a session. `id` is the hash of a fresh token; one that was used already begins nothing. */
export async function startSession(
  db: Db,
  session: {
    id: string
    person: string
    assurance: string
    provider: string
    staff: boolean
    signIn?: string | null
    account?: string | null
    represents?: string | null
  },
  now: Date,
) {
  const limit = session.staff ? limits.staff : limits.resident
  const begun = await tables(db)
    .insertInto('session')
    .values({
      id: session.id,
      person: session.person,
      assurance: session.assurance,
      account: session.account ?? null,
      represents: session.represents ?? null,
      mandate: null,
      sign_in: session.signIn ?? null,
      provider: session.provider,
      created_at: now,
      seen_at: now,
      idle_until: new Date(now.getTime() + limit.idle),
      ends_at: new Date(now.getTime() + limit.absolute),
      ended_at: null,
    })
    .onConflict((found) => found.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!begun) throw new Refusal('conflict', 'this session has begun already')
}

/** Notes that the person is still there. */
export const touchSession = (db: Db, id: string, staff: boolean, now: Date) =>
  tables(db)
    .updateTable('session')
    .set({ seen_at: now, idle_until: new Date(now.getTime() + (staff ? limits.staff : limits.resident).idle) })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute()

/** Lets a session act for somebody else from now on, or for its own person again (both null). */
export const actInSession = (db: Db, id: string, acting: { represents: string | null; mandate: string | null }) =>
  tables(db).updateTable('session').set(acting).where('id', '=', id).where('ended_at', 'is', null).execute()

/** Signs out here. */
export const endSession = (db: Db, id: string, now: Date) =>
  tables(db).updateTable('session').set({ ended_at: now }).where('id', '=', id).where('ended_at', 'is', null).execute()

/** Signs out everywhere. */
export const endSessionsOf = (db: Db, person: string, now: Date) => endAll(db, openOf(db, person), now)

/** Signs out everywhere that somebody came in by one provider, but for one session. */
export const endSessionsBy = (
  db: Db,
  { person, provider, but }: { person: string; provider: string; but: string },
  now: Date,
) => endAll(db, openOf(db, person).where('provider', '=', provider).where('id', '<>', but), now)

const openOf = (db: Db, person: string) =>
  tables(db).selectFrom('session').select('id').where('person', '=', person).where('ended_at', 'is', null)

/** In one order, so that two who end the sessions of one person take turns. */
const endAll = (db: Db, which: ReturnType<typeof openOf>, now: Date) =>
  tables(db).updateTable('session').set({ ended_at: now }).where('id', 'in', which.orderBy('id').forUpdate()).execute()

/** Where somebody is signed in now, latest sign of life first. `id` is the hashed token: compare it, show it nobody. */
export const openSessionsOf = (db: Db, person: string, now: Date) =>
  tables(db)
    .selectFrom('session')
    .select(['id', 'provider', 'created_at', 'seen_at'])
    .where('person', '=', person)
    .where('ended_at', 'is', null)
    .where('idle_until', '>', now)
    .where('ends_at', '>', now)
    .orderBy('seen_at', 'desc')
    .execute()

/** Forgets what is over: sessions a day after their end, kept input after a day. What somebody holds waits for the next night. */
export async function sweepSessions(db: Db, now: Date) {
  const before = new Date(now.getTime() - 24 * 60 * minutes)
  await tables(db)
    .deleteFrom('session')
    .where('id', 'in', (which) =>
      which.selectFrom('session').select('id').where('ends_at', '<', before).forUpdate().skipLocked(),
    )
    .execute()
  await tables(db).deleteFrom('kept_input').where('kept_at', '<', before).execute()
}

/** Keeps what was typed for the person whose sign-in ran out, or else for the same browser. */
export async function keepInput(
  db: Db,
  kept: { person: string | null; browser: string | null; path: string; sealed: string },
  now: Date,
): Promise<string> {
  const id = newId(now.getTime())
  await tables(db)
    .insertInto('kept_input')
    .values({ id, ...kept, kept_at: now })
    .execute()
  return id
}

/**
 * Hands kept input back, once, to the person (or browser) it was kept for, on the page it was typed on. A form may post
 * to an address below that of its page.
 */
export async function releaseInput(
  db: Db,
  id: string,
  to: { person: string | null; browsers: readonly string[]; path: string },
): Promise<string | null> {
  const row = await tables(db)
    .selectFrom('kept_input')
    .select(['id', 'person', 'browser', 'path', 'sealed'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row || (row.path !== to.path && !row.path.startsWith(`${to.path}/`))) return null
  const theirs = row.person ? row.person === to.person : row.browser !== null && to.browsers.includes(row.browser)
  if (!theirs) return null
  // Of two tabs that open the page at the same moment, one takes it.
  const { numDeletedRows } = await tables(db).deleteFrom('kept_input').where('id', '=', id).executeTakeFirstOrThrow()
  return numDeletedRows > 0n ? row.sealed : null
}
