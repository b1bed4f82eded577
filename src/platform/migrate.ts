import { createHash } from 'node:crypto'
import pg from 'pg'
import { jobSchema, prepareJobs } from './jobs.ts'

/** One dated SQL file of a module, never edited after release. */
export type Migration = { module: string; name: string; sql: string }

/** Reads what `import.meta.glob('./migrations/*.sql', { query: '?raw', import: 'default', eager: true })` found. */
export const migrationsOf = (module: string, files: Record<string, unknown>): Migration[] =>
  Object.entries(files).map(([path, sql]) => ({ module, name: path.split('/').at(-1) ?? path, sql: String(sql) }))

/**
 * Brings the database to the shape that the modules need, under the owner's login. Each file runs in its own
 * transaction, once; a released file that was changed since stops the start.
 */
export async function migrate(ownerUrl: string, migrations: readonly Migration[], queues: readonly string[]) {
  const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'attaka-migrate' })
  await owner.connect()
  try {
    // Two processes may start at once on one database: the second waits, then finds nothing to do.
    await owner.query('select pg_advisory_lock(727001)')
    await owner.query(`create table if not exists migration (
      module text not null, name text not null, sha256 text not null, at timestamptz not null default now(),
      primary key (module, name))`)
    await ensureAppRole(owner)
    await owner.query('grant select on migration to app')
    const applied = await owner.query<{ module: string; name: string; sha256: string }>('select * from migration')
    const known = new Map(applied.rows.map((row) => [`${row.module}/${row.name}`, row.sha256]))
    for (const { module, name, sql } of migrations) {
      const sha256 = createHash('sha256').update(sql).digest('hex')
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
    if ((error as { code?: string }).code === '42P01') throw new Error(`The database is empty: ${unprepared}`)
    throw error
  } finally {
    await app.end()
  }
}

const unprepared = 'start one process with DATABASE_OWNER_URL first, which brings the database to the right shape.'

/** Fails closed: the application's login must own nothing, skip nothing and be able to become nobody else. */
export async function assertHarmlessLogin(appUrl: string) {
  const app = new pg.Client({ connectionString: appUrl, application_name: 'attaka-check' })
  await app.connect()
  try {
    const { rows } = await app.query<{ fault: string }>(`
      select 'is a superuser' as fault from pg_roles where rolname = current_user and rolsuper
      union all select 'bypasses row-level security' from pg_roles where rolname = current_user and rolbypassrls
      union all select 'owns the table ' || tablename from pg_tables where tableowner = current_user
      union all select 'can become the owner of tables, ' || r.rolname from pg_roles r
        where r.rolname <> current_user and pg_has_role(current_user, r.oid, 'member')
          and exists (select from pg_tables t where t.tableowner = r.rolname and t.schemaname = 'public')
      union all select 'runs with ' || name || ' = ' || setting from pg_settings
        where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'`)
    if (rows.length > 0) {
      throw new Error(`The application's database login is not safe: it ${rows.map((row) => row.fault).join('; it ')}.`)
    }
  } finally {
    await app.end()
  }
}
