// All that is asked of the trail's tables stands in one file, so that who doubts a proof sees every statement behind it.
import { sql } from 'kysely'
import type { Db } from '#core/database.ts'
import { tables } from './tables.ts'
import { readExactly } from './trail/canonical.ts'
import type { Checkpoint, Entry } from './trail/checkpoint.ts'

/** In UTC to the microsecond, whatever zone the session speaks of. */
const microseconds = (column: string) =>
  sql<string>`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

/** A moment as `microseconds` writes it. */
export const inMicroseconds = (at: Date) => at.toISOString().replace('Z', '000Z')

/** All columns of an entry as one JSON text; `jsonb` would write times in the zone of the session. */
const whole = sql<string>`(to_jsonb(audit) || jsonb_build_object('at', ${microseconds('audit.at')}))::text`

const entryOf = (text: string) => readExactly(text) as Entry

const checkpoints = (db: Db) =>
  tables(db)
    .selectFrom('audit_checkpoint')
    .select([
      'tenant',
      'number',
      'size',
      'root',
      'frontier',
      'columns',
      'horizon',
      'cluster',
      'complete',
      'previous',
      'hash',
    ])
    .select(microseconds('sealed_at').as('sealed_at'))

/** The newest checkpoint, or null where nothing has been sealed yet. */
export const lastCheckpoint = async (db: Db): Promise<Checkpoint | null> =>
  (await checkpoints(db).orderBy('number', 'desc').limit(1).executeTakeFirst()) ?? null

/** One checkpoint by its number. */
export const findCheckpoint = async (db: Db, number: number): Promise<Checkpoint | null> =>
  (await checkpoints(db).where('number', '=', number).executeTakeFirst()) ?? null

/** The leaves at the places from `from` to before `to`. */
export const leavesBetween = (db: Db, from: number, to: number) =>
  tables(db)
    .selectFrom('audit_leaf')
    .select(['position', 'checkpoint', 'entry', 'hash'])
    .where('position', '>=', from)
    .where('position', '<', to)
    .orderBy('position')
    .execute()

/** How many leaves there are, wherever they stand. */
export const countLeaves = async (db: Db): Promise<number> => {
  const { count } = await tables(db)
    .selectFrom('audit_leaf')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** The leaf of an entry. */
export const leafOfEntry = (db: Db, entry: string) =>
  tables(db)
    .selectFrom('audit_leaf')
    .select(['position', 'checkpoint', 'entry', 'hash'])
    .where('entry', '=', entry)
    .executeTakeFirst()

/** Entries by their ids; what is not there is left out. */
export async function entriesById(db: Db, ids: readonly string[]): Promise<Map<string, Entry>> {
  const { rows } = await sql<{ id: string; whole: string }>`
    select audit.id, ${whole} as whole from audit where audit.id = any(${[...ids]}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, whole }) => [id, entryOf(whole)]))
}

/** Entries without a leaf, oldest first: not sealed yet, or brought in by somebody. */
export async function unsealedEntries(db: Db, limit: number): Promise<{ total: number; entries: Entry[] }> {
  const without = sql`not exists (
    select from audit_leaf l where l.tenant = audit.tenant and l.entry = audit.id)`
  const counted = await sql<{ total: number }>`select count(*) as total from audit where ${without}`.execute(db)
  const { rows } = await sql<{ whole: string }>`
    select ${whole} as whole from audit where ${without}
    order by audit.written_in, audit.id limit ${limit}`.execute(db)
  return { total: counted.rows[0]?.total ?? 0, entries: rows.map((row) => entryOf(row.whole)) }
}

/** The columns of an entry today, and what those that have one say where nothing was given. */
export async function entryColumns(db: Db): Promise<{ name: string; initial: string | null }[]> {
  const { rows } = await sql<{ name: string; initial: string | null }>`
    select a.attname as name, pg_get_expr(d.adbin, d.adrelid) as initial
      from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = 'audit'::regclass and a.attnum > 0 and not a.attisdropped
      order by a.attname collate "C"`.execute(db)
  // Only a plain text can be told apart from a filled-in value; whatever is calculated differs from row to row.
  return rows.map(({ name, initial }) => ({ name, initial: initial?.match(/^'([^']*)'::[a-z ]+$/)?.[1] ?? null }))
}

/**
 * The name of the database server whose transactions are counted, or null where the login may not ask for it. After a
 * logical restore it is another, and transaction ids of before mean nothing to it.
 */
export async function clusterName(db: Db): Promise<string | null> {
  const may = await sql<{ may: boolean }>`
    select has_function_privilege('pg_control_system()', 'execute') as may`.execute(db)
  if (!may.rows[0]?.may) return null
  const { rows } = await sql<{ name: string }>`
    select system_identifier::text as name from pg_control_system()`.execute(db)
  return rows[0]?.name ?? null
}

/**
 * How far the server's count of transactions has come. Below `settled` all are over: nothing that they wrote can still
 * appear. From `ahead` on none has begun.
 */
export async function transactionCount(db: Db): Promise<{ settled: string; ahead: string }> {
  const { rows } = await sql<{ settled: string; ahead: string }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as settled,
           pg_snapshot_xmax(pg_current_snapshot())::text as ahead`.execute(db)
  return rows[0] ?? { settled: '0', ahead: '0' }
}

/** Entries without a leaf that were written by transactions from `from` to before `to` (null: any), oldest first. */
export async function entriesToSeal(db: Db, from: string, to: string | null, limit: number): Promise<Entry[]> {
  const { rows } = await sql<{ whole: string }>`
    select ${whole} as whole from audit
      where audit.written_in >= ${from}::xid8 and (${to}::xid8 is null or audit.written_in < ${to}::xid8)
        and not exists (select from audit_leaf l where l.tenant = audit.tenant and l.entry = audit.id)
      order by audit.written_in, audit.id limit ${limit}`.execute(db)
  return rows.map((row) => entryOf(row.whole))
}

/** The checkpoint and its leaves, in the transaction of `db`. */
export async function insertCheckpoint(
  db: Db,
  { tenant: _, ...checkpoint }: Checkpoint,
  leaves: readonly (readonly [entry: string, hash: string])[],
) {
  await tables(db)
    .insertInto('audit_checkpoint')
    .values({ ...checkpoint, frontier: [...checkpoint.frontier], columns: [...checkpoint.columns] })
    .execute()
  const first = checkpoint.size - leaves.length
  await sql`
    insert into audit_leaf (position, checkpoint, entry, hash)
    select ${first} + at - 1, ${checkpoint.number}, entry, hash
      from unnest(${leaves.map(([entry]) => entry)}::uuid[], ${leaves.map(([, hash]) => hash)}::text[])
        with ordinality as leaf (entry, hash, at)`.execute(db)
}

/** Leaves at places where none can be. */
export const strayLeaves = (db: Db, size: number) =>
  tables(db)
    .selectFrom('audit_leaf')
    .select(['position', 'checkpoint', 'entry', 'hash'])
    .where((is) => is.or([is('position', '>=', size), is('position', '<', 0)]))
    .orderBy('position')
    .limit(100)
    .execute()

export type Closing = { day: string; number: number; size: number; root: string; hash: string; sealedAt: Date }

/** The day in Tokyo on which a checkpoint was made. */
const day = sql<string>`to_char(sealed_at at time zone 'Asia/Tokyo', 'YYYY-MM-DD')`

const seals = (db: Db) =>
  tables(db)
    .selectFrom('audit_checkpoint')
    .select(['number', 'size', 'root', 'hash', 'sealed_at as sealedAt'])
    .select(day.as('day'))

/** The last checkpoint of each day from `from` to before `to`, newest first. */
export const closings = (db: Db, from: Date, to: Date): Promise<Closing[]> =>
  seals(db)
    .distinctOn(day)
    .where('sealed_at', '>=', from)
    .where('sealed_at', '<', to)
    .orderBy(day, 'desc')
    .orderBy('number', 'desc')
    .execute()

/** The last checkpoint before a moment. */
export const closingBefore = async (db: Db, before: Date): Promise<Closing | null> =>
  (await seals(db).where('sealed_at', '<', before).orderBy('number', 'desc').limit(1).executeTakeFirst()) ?? null

/** The newest checkpoint of all. */
export const newestSeal = async (db: Db): Promise<Closing | null> =>
  (await seals(db).orderBy('number', 'desc').limit(1).executeTakeFirst()) ?? null

/** Months (YYYY-MM) with checkpoints before a moment, oldest first; leaps along the index from month to month. */
export async function monthsWithSeals(db: Db, before: Date): Promise<string[]> {
  const { rows } = await sql<{ month: string }>`
    with recursive leap (at) as (
      select min(sealed_at) from audit_checkpoint
      union all
      select (select min(sealed_at) from audit_checkpoint
          where sealed_at >= (date_trunc('month', at at time zone 'Asia/Tokyo') + interval '1 month') at time zone 'Asia/Tokyo')
        from leap where at is not null)
    select to_char(at at time zone 'Asia/Tokyo', 'YYYY-MM') as month from leap where at < ${before} order by 1`.execute(
    db,
  )
  return rows.map(({ month }) => month)
}

/** How many entries wait for the next seal: those that are newer than what the last one looked at. */
export async function countWaiting(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from audit
      where written_in >= coalesce((select horizon from audit_checkpoint order by number desc limit 1), '0'::xid8)
        and not exists (select from audit_leaf l where l.tenant = audit.tenant and l.entry = audit.id)`.execute(db)
  return rows[0]?.count ?? 0
}
