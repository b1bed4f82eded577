import { beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type TestHouse } from './house.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})

/** Tables above tenants. Each is here for a reason, and nothing else may be. */
const above: Record<string, string> = {
  migration: 'what has been applied to the whole database; the application may only look whether it is of its shape',
  tenant: 'the registry of tenants: everybody may read it, each tenant may change its own row',
}

/** Policies that don't bound to the tenant of the transaction. */
const unbounded: Record<string, string> = {
  'tenant.everybody_reads': 'the registry is how a request finds its tenant',
  'tenant.owner_adds': 'tenants are added under the owner’s login, never under the application’s',
}

/** Functions that run with their owner's rights. Each asks across tenants and answers with less than it sees. */
const asOwner: Record<string, string> = {
  offices_elsewhere: 'in which tenants the same sign-in is known: their ids only, about a person of this tenant only',
}

/** What the application's login may do, and no more. */
const rights: Record<string, string> = {
  api_token: 'insert select update',
  arriving_file: 'delete insert select',
  audit: 'insert select',
  audit_checkpoint: 'insert select',
  audit_leaf: 'insert select',
  basic_policy: 'delete insert select',
  basic_project: 'delete insert select',
  company_member: 'insert select update',
  correction: 'insert select update',
  delivery: 'insert select update',
  draft: 'delete insert select update',
  file: 'delete insert select',
  filing: 'insert select update',
  filing_access: 'delete insert select update',
  filing_edition: 'insert select',
  filing_event: 'insert select',
  form: 'insert select',
  form_version: 'insert select',
  group_role: 'insert select update',
  hit: 'delete insert select update',
  indicator: 'delete insert select',
  indicator_edition: 'delete insert select',
  indicator_figure: 'delete insert select',
  initiative: 'delete insert select',
  initiative_phase: 'delete insert select',
  invitation: 'insert select update',
  kept_input: 'delete insert select',
  mail_code: 'delete insert select update',
  mandate: 'insert select update',
  measure_group: 'delete insert select',
  membership: 'insert select update',
  migration: 'select',
  notice: 'delete insert select',
  person: 'insert select update',
  philosophy: 'delete insert select',
  plan: 'delete insert select',
  plan_import: 'insert select',
  plan_measure: 'delete insert select',
  plan_measure_owner: 'delete insert select',
  plan_organisation: 'delete insert select',
  plan_project: 'delete insert select',
  plan_rating: 'delete insert select',
  plan_resource: 'delete insert select',
  plan_source: 'delete insert select',
  plan_version: 'delete insert select',
  procedure: 'insert select update',
  project_budget: 'delete insert select',
  rating_scale: 'delete insert select',
  review_item: 'delete insert select',
  review_list: 'delete insert select',
  revision_stage: 'delete insert select',
  role_grant: 'insert select update',
  seeded: 'insert select',
  session: 'delete insert select update',
  sign_in: 'delete insert select update',
  sign_in_flow: 'delete insert select update',
  staged_file: 'delete insert select',
  tenant: 'select',
  trace: 'insert select',
  unit: 'insert select',
  unit_state: 'delete insert select update',
  verified_attribute: 'delete insert select update',
}

/** What it may do to some columns only. */
const columnRights: Record<string, string> = {
  file: 'released_at: update',
  notice: 'read_at: update',
  staged_file: 'claimed_at dropped_at: update',
  trace: 'withdrawn_at withdrawn_by: update',
  tenant: 'contact_hours contact_mail contact_office contact_phone key_colour name: update',
}

const own = "(tenant = current_setting('app.tenant'::text, true))"
const names = (found: readonly { name: string }[]) => found.map(({ name }) => name)

type Table = { name: string; secured: boolean; forced: boolean; owner: string }

const listTables = () =>
  house.sql<Table>(`
    select c.relname as name, c.relrowsecurity as secured, c.relforcerowsecurity as forced, r.rolname as owner
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_roles r on r.oid = c.relowner
      where n.nspname = 'public' and c.relkind in ('r', 'p') order by 1`)

const townTables = async () => (await listTables()).filter(({ name }) => !(name in above))

/** What every table of a town owes its tenant, and the tables that owe it still. */
const owed: Record<string, () => Promise<string[]>> = {
  'has the tenant first in its primary key': async () => {
    const keys = await house.sql<{ name: string; first: string }>(`
      select c.relname as name, a.attname as first
        from pg_constraint k join pg_class c on c.oid = k.conrelid
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
        where k.contype = 'p' and c.relnamespace = 'public'::regnamespace`)
    const first = new Map(keys.map((key) => [key.name, key.first]))
    return names(await townTables()).filter((name) => first.get(name) !== 'tenant')
  },

  'fills the tenant in from the transaction, and never leaves it out': async () => {
    const columns = await house.sql<{ name: string; required: boolean; filled: string | null }>(`
      select c.relname as name, a.attnotnull as required, pg_get_expr(d.adbin, d.adrelid) as filled
        from pg_attribute a join pg_class c on c.oid = a.attrelid
        left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attname = 'tenant' and a.atttypid = 'text'::regtype and c.relkind in ('r', 'p')
          and c.relnamespace = 'public'::regnamespace`)
    const good = columns.filter(({ required, filled }) => required && filled === "current_setting('app.tenant'::text)")
    return names(await townTables()).filter((name) => !names(good).includes(name))
  },

  'has the tenant first in whatever is unique': async () => {
    const indexes = await house.sql<{ table: string; first: string | null }>(`
      select c.relname as table, a.attname as first
        from pg_index x join pg_class c on c.oid = x.indrelid
        left join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0]
        where (x.indisunique or x.indisexclusion) and c.relnamespace = 'public'::regnamespace`)
    return indexes.filter(({ table, first }) => !(table in above) && first !== 'tenant').map(({ table }) => table)
  },

  'has the tenant first in every foreign key, at both ends': async () => {
    const keys = await house.sql<{ table: string; here: string; there: string }>(`
      select c.relname as table, a.attname as here, b.attname as there
        from pg_constraint k join pg_class c on c.oid = k.conrelid
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
        join pg_attribute b on b.attrelid = k.confrelid and b.attnum = k.confkey[1]
        where k.contype = 'f' and c.relnamespace = 'public'::regnamespace`)
    return keys
      .filter(({ table, here, there }) => !(table in above) && (here !== 'tenant' || there !== 'tenant'))
      .map(({ table }) => table)
  },

  'has row-level security, forced on its owner too': async () =>
    names((await listTables()).filter(({ name, secured, forced }) => name !== 'migration' && !(secured && forced))),

  'has a policy, and every one that permits anything bounds it to the tenant of the transaction': async () => {
    const policies = await house.sql<{ name: string; table: string; using: string | null; check: string | null }>(`
      select p.polname as name, c.relname as table, pg_get_expr(p.polqual, c.oid) as using,
             pg_get_expr(p.polwithcheck, c.oid) as check
        from pg_policy p join pg_class c on c.oid = p.polrelid where p.polpermissive`)
    const bounds = (text: string | null) => text === own || text?.startsWith(`(${own} AND `) === true
    const loose = policies.filter(
      ({ table, name, using, check }) =>
        !(`${table}.${name}` in unbounded) && !((using === null || bounds(using)) && (check === null || bounds(check))),
    )
    const bare = names(await townTables()).filter(
      (name) => !policies.some(({ table, using }) => table === name && bounds(using)),
    )
    return [...loose.map(({ table }) => table), ...bare]
  },

  'is listed with the rights that the application’s login has to it': async () =>
    names(await townTables()).filter((name) => !(name in rights)),
}

describe('every table of a town', () => {
  test.each(Object.keys(owed))('%s', async (sentence) => {
    expect(await owed[sentence]?.()).toEqual([])
  })

  test('would be found if it did not', async () => {
    await house.sql(
      `create table stray (id uuid primary key, parent uuid references stray (id));
       create policy anybody on stray using (true)`,
      [],
      'attaka_owner',
    )
    try {
      for (const [sentence, offenders] of Object.entries(owed)) expect(await offenders(), sentence).toContain('stray')
    } finally {
      await house.sql('drop table stray', [], 'attaka_owner')
    }
  })

  test('belongs to a login that is not the application’s', async () => {
    expect((await listTables()).filter(({ owner }) => owner === 'app')).toEqual([])
  })
})

test('the catalogue that is walked is that of the migrated house', async () => {
  const found = names(await listTables())
  expect(found).toEqual(expect.arrayContaining(['audit', 'filing', 'person', 'session', ...Object.keys(above)]))
})

test('tables lie in the schema of the house, or in that of the jobs', async () => {
  const elsewhere = await house.sql(`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm', 'f')
        and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'public', 'jobs')`)
  expect(elsewhere).toEqual([])
})

test('no view, materialised view or foreign table reads past row-level security', async () => {
  const views = await house.sql(`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('v', 'm', 'f')
        and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')`)
  expect(views).toEqual([])
})

describe('the application’s login', () => {
  test('has the rights listed here, and no other', async () => {
    const granted = await house.sql<{ name: string; rights: string }>(`
      select c.relname as name, string_agg(lower(g.privilege_type), ' ' order by g.privilege_type) as rights
        from pg_class c cross join aclexplode(c.relacl) g join pg_roles r on r.oid = g.grantee
        where c.relnamespace = 'public'::regnamespace and r.rolname = 'app' group by 1 order by 1`)
    expect(Object.fromEntries(granted.map(({ name, rights }) => [name, rights]))).toEqual(rights)
    const columns = await house.sql<{ name: string; rights: string }>(`
      select name, string_agg(column_name, ' ' order by column_name) || ': ' || right_name as rights from (
        select c.relname as name, a.attname as column_name, lower(g.privilege_type) as right_name
          from pg_attribute a join pg_class c on c.oid = a.attrelid cross join aclexplode(a.attacl) g
          join pg_roles r on r.oid = g.grantee
          where c.relnamespace = 'public'::regnamespace and r.rolname = 'app') granted
        group by name, right_name order by 1`)
    expect(Object.fromEntries(columns.map(({ name, rights }) => [name, rights]))).toEqual(columnRights)
  })

  test('can’t alter what has been written into the audit trail', async () => {
    expect(rights.audit).toBe('insert select')
    for (const attempt of [
      'update audit set act = act',
      'delete from audit',
      'truncate audit',
      'alter table audit disable row level security',
      'update audit_leaf set hash = hash',
      'delete from audit_checkpoint',
      'truncate audit_leaf',
    ]) {
      await expect(house.sql(attempt, [], 'app'), attempt).rejects.toThrow(/permission denied|must be owner/)
    }
  })

  test('can create nothing and grant nothing on', async () => {
    const [may] = await house.sql(`
      select has_database_privilege('app', current_database(), 'create') as database,
             has_schema_privilege('app', 'public', 'create') as house,
             has_schema_privilege('app', 'jobs', 'create') as jobs,
             exists (select from pg_class c, aclexplode(c.relacl) g, pg_roles r
                     where r.oid = g.grantee and r.rolname = 'app' and g.is_grantable) as grants`)
    expect(may).toEqual({ database: false, house: false, jobs: false, grants: false })
  })

  test('gets nothing by way of everybody', async () => {
    const everybody = await house.sql(`
      select c.relname as name, g.privilege_type as right from pg_class c cross join aclexplode(c.relacl) g
        where g.grantee = 0 and c.relnamespace in ('public'::regnamespace, 'jobs'::regnamespace)`)
    expect(everybody).toEqual([])
  })

  test('runs with the owner’s rights only the functions listed here, on a search path of their own', async () => {
    const functions = await house.sql<{ name: string; path: string | null; everybody: boolean }>(`
      select p.proname as name, array_to_string(p.proconfig, ' ') as path,
             has_function_privilege('public', p.oid, 'execute') as everybody
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema')
          and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`)
    expect(names(functions).sort()).toEqual(Object.keys(asOwner).sort())
    for (const { name, path, everybody } of functions) {
      expect(everybody, name).toBe(false)
      expect(path, name).toMatch(/^search_path=.*pg_temp$/)
    }
  })

  test('uses no sequence: ids are made by the application and tell nobody how many there are', async () => {
    const sequences = await house.sql(`
      select c.relname as name from pg_class c where c.relkind = 'S' and c.relnamespace = 'public'::regnamespace`)
    expect(sequences).toEqual([])
  })
})
