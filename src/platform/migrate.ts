import { createHash } from 'node:crypto'
import pg from 'pg'
import { jobSchema, prepareJobs, type Queue } from './jobs.ts'
import { locks } from './locks.ts'

/** One dated SQL file of a module, never edited after release. */
export type Migration = { module: string; name: string; sql: string }

const byPath = ([one]: [string, unknown], [other]: [string, unknown]) => (one < other ? -1 : 1)

/**
 * Reads what `import.meta.glob('./migrations/*.sql', { query: '?raw', import: 'default', eager: true })` found, in the
 * order of the files' dates.
 */
export const migrationsOf = (module: string, files: Record<string, unknown>): Migration[] =>
  Object.entries(files)
    .sort(byPath)
    .map(([path, sql]) => ({ module, name: path.split('/').at(-1) ?? path, sql: String(sql) }))

/**
 * Brings the database to the shape that the modules need, under the owner's login. Each file runs in its own
 * transaction, once; a released file that was changed since stops the start.
 */
export async function migrate(ownerUrl: string, migrations: readonly Migration[], queues: readonly Queue[]) {
  const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'attaka-migrate' })
  await owner.connect()
  try {
    // Two processes may start at once on one database: the second waits, then finds nothing to do.
    await owner.query('select pg_advisory_lock($1)', [locks.migrations])
    await owner.query(`create table if not exists migration (
      module text not null, name text not null, sha256 text not null, at timestamptz not null default now(),
      primary key (module, name))`)
    await ensureAppRole(owner)
    await owner.query('grant select on migration to app')
    const applied = await owner.query<{ module: string; name: string; sha256: string }>('select * from migration')
    const known = new Map(applied.rows.map((row) => [`${row.module}/${row.name}`, row.sha256]))
    for (const { module, name, sql } of migrations) {
      const sha256 = fingerprint({ sql })
      const before = known.get(`${module}/${name}`)
      if (before === sha256) continue
      if (before) throw new Error(`The migration ${module}/${name} was changed after it had been applied.`)
      await applyOne(owner, { module, name, sql }, sha256)
    }
    await prepareJobs(ownerUrl, queues)
    await owner.query(`grant usage on schema ${jobSchema} to app`)
    await owner.query(`grant select, insert, update, delete on all tables in schema ${jobSchema} to app`)
    await owner.query(`grant execute on all functions in schema ${jobSchema} to app`)
  } finally {
    await owner.end()
  }
}

/** What a migration is recognised by, once applied. */
export const fingerprint = ({ sql }: Pick<Migration, 'sql'>): string => createHash('sha256').update(sql).digest('hex')

async function applyOne(owner: pg.Client, { module, name, sql }: Migration, sha256: string) {
  try {
    await owner.query('begin')
    await owner.query(sql)
    await owner.query('insert into migration (module, name, sha256) values ($1, $2, $3)', [module, name, sha256])
    await owner.query('commit')
  } catch (error) {
    await owner.query('rollback').catch(() => undefined)
    throw new Error(`The migration ${module}/${name} failed: ${(error as Error).message}`, { cause: error })
  }
}

/** Managed PostgreSQL gives no superuser, and roles belong to the server: created only where absent. */
const ensureAppRole = (owner: pg.Client) =>
  owner.query(`do $$ begin
    if not exists (select from pg_roles where rolname = 'app') then create role app nologin; end if;
  end $$`)

/** Stops a process that was started on a database of another shape: an older one, or one not prepared at all. */
export async function assertPrepared(appUrl: string, migrations: readonly Migration[]) {
  const app = new pg.Client({ connectionString: appUrl, application_name: 'attaka-check' })
  await app.connect()
  try {
    const { rows } = await app.query<{ module: string; name: string }>('select module, name from migration')
    const applied = new Set(rows.map(({ module, name }) => `${module}/${name}`))
    const missing = migrations.find(({ module, name }) => !applied.has(`${module}/${name}`))
    if (missing) throw new Error(`The database lacks the migration ${missing.module}/${missing.name}: ${unprepared}`)
  } catch (error) {
    // No such table, or one of the days when the application had no right to look at it.
    if (['42P01', '42501'].includes((error as { code?: string }).code ?? ''))
      throw new Error(`The database is empty: ${unprepared}`)
    throw error
  } finally {
    await app.end()
  }
}

const unprepared = 'start one process with DATABASE_OWNER_URL first, which brings the database to the right shape.'

/**
 * Fails closed: the application's login must own nothing, skip nothing and be able to become nobody else, and every
 * table that it reaches must be bounded by row-level security, on its owner too.
 */
export async function assertHarmlessLogin(appUrl: string) {
  const app = new pg.Client({ connectionString: appUrl, application_name: 'attaka-check' })
  await app.connect()
  try {
    const { rows } = await app.query<{ fault: string }>(harm)
    if (rows.length > 0) {
      throw new Error(`The application's database login is not safe: it ${rows.map((row) => row.fault).join('; it ')}.`)
    }
  } finally {
    await app.end()
  }
}

const harm = `
  with me as (select * from pg_roles where rolname = current_user),
  owned as (
    select tableowner as owner, count(*) as tables from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema') group by 1)
  select 'is a superuser' as fault from me where rolsuper
  union all select 'bypasses row-level security' from me where rolbypassrls
  union all select 'may create logins' from me where rolcreaterole
  union all select 'owns ' || tables || ' tables' from owned where owner = current_user
  union all select 'owns the database' from pg_database d, me where datname = current_database() and datdba = me.oid
  union all select 'can become ' || r.rolname from pg_roles r, me
    where not me.rolsuper and r.oid <> me.oid and pg_has_role(me.oid, r.oid, 'member')
      and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or exists (select from owned where owner = r.rolname)
           or exists (select from pg_database where datname = current_database() and datdba = r.oid)
           or r.rolname in ('pg_write_all_data', 'pg_read_server_files', 'pg_write_server_files',
                            'pg_execute_server_program'))
  union all select 'reaches the table ' || c.relname || ' without row-level security' from pg_class c, me
    where not me.rolsuper and c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and c.relname <> 'migration' and not (c.relrowsecurity and c.relforcerowsecurity)
      and has_table_privilege(me.oid, c.oid, 'select, insert, update, delete')
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
  union all select 'runs with ' || name || ' = ' || setting from pg_settings
    where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'`
