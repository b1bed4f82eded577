import { sql } from 'kysely'
import type { Db } from '#core/database.ts'
import { prepared } from '#core/prepared.ts'

/** A tenant as the registry above tenants knows it. */
export type Tenant = {
  tenant: string
  name: string
  kind: 'prefecture' | 'municipality'
  parent: string | null
  hosts: string[]
  fictional: boolean
  key_colour: string
  contact_office: string | null
  contact_phone: string | null
  contact_mail: string | null
  contact_hours: string | null
}

export type TenantTables = { tenant: Tenant & { ordinal: number } }

export const tenantColumns = [
  'tenant',
  'name',
  'kind',
  'parent',
  'hosts',
  'fictional',
  'key_colour',
  'contact_office',
  'contact_phone',
  'contact_mail',
  'contact_hours',
] as const

/** All tenants of the instance, prefectures before their municipalities. */
export const listTenants = (db: Db): Promise<Tenant[]> =>
  db
    .withTables<TenantTables>()
    .selectFrom('tenant')
    .select(tenantColumns)
    .orderBy('ordinal')
    .orderBy('tenant')
    .execute()

const oneTenant = (db: Db, tenant: string) =>
  db.withTables<TenantTables>().selectFrom('tenant').select(tenantColumns).where('tenant', '=', tenant)

/** One tenant's row, as it stands now. */
export const findTenant = (db: Db, tenant: string): Promise<Tenant | undefined> => known.first(db, { tenant })

const known = prepared((db, { tenant }: { tenant: string }) => oneTenant(db, tenant))

/** The same, held until the end of the transaction: who changes it knows what it said before. */
export const holdTenant = (db: Db, tenant: string): Promise<Tenant | undefined> =>
  oneTenant(db, tenant).forNoKeyUpdate().executeTakeFirst()

/** Changes what a tenant may say of itself. Row-level security bounds it to the tenant of the transaction. */
export const updateTenant = (
  db: Db,
  tenant: string,
  values: Partial<
    Pick<Tenant, 'name' | 'key_colour' | 'contact_office' | 'contact_phone' | 'contact_mail' | 'contact_hours'>
  >,
) => db.withTables<TenantTables>().updateTable('tenant').set(values).where('tenant', '=', tenant).execute()

/** Counts a hit in a window of `seconds` and says how many there were; exact across processes. */
export async function countHit(db: Db, key: string, now: Date, seconds: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    insert into hit (key, since, count) values (${key}, ${windowOf(now, seconds)}, 1)
    on conflict (tenant, key, since) do update set count = hit.count + 1 returning count`.execute(db)
  return rows[0]?.count ?? 1
}

const windowOf = (now: Date, seconds: number) => new Date(Math.floor(now.getTime() / (seconds * 1000)) * seconds * 1000)

/** The same for several at once, in their order; a key may come more than once. One alone takes the plainer statement, which costs less. */
export async function countHits(db: Db, keys: readonly string[], now: Date, seconds: number): Promise<number[]> {
  const [only] = keys
  if (only === undefined) return []
  if (keys.length === 1) return [await countHit(db, only, now, seconds)]
  // Written in one order, so that two who count the same wait for each other instead of for ever.
  const { rows } = await sql<{ key: string; count: number }>`
    insert into hit (key, since, count)
    select key, ${windowOf(now, seconds)}, count(*) from unnest(${keys}::text[]) as hits (key) group by key order by key
    on conflict (tenant, key, since) do update set count = hit.count + excluded.count returning key, count`.execute(db)
  const before = new Map(rows.map(({ key, count }) => [key, count - keys.filter((one) => one === key).length]))
  return keys.map((key) => {
    const count = (before.get(key) ?? 0) + 1
    before.set(key, count)
    return count
  })
}

/** Forgets windows that are over. */
export const forgetHits = (db: Db, before: Date) => sql`delete from hit where since < ${before}`.execute(db)

/** Notes that a module fills a tenant, in the transaction that fills it. False: it was filled before. */
export async function markSeeded(db: Db, module: string, now: Date): Promise<boolean> {
  const { rows } =
    await sql`insert into seeded (module, at) values (${module}, ${now}) on conflict do nothing returning module`.execute(
      db,
    )
  return rows.length === 1
}
