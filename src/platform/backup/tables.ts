import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { jobSchema } from '../jobs.ts'
import { BackupRefused, type SavedTable } from './manifest.ts'
import { Counter, nowhere, writePart } from './parts.ts'

/** The whole of the house's data: its tables and those of its jobs. */
const schemas = ['public', jobSchema]

export type Shape = { schema: string; name: string; columns: string[]; order: string }

/** Connects as the administrator, with every setting that has a say in how values are written. */
export async function connectAdmin(url: string): Promise<pg.Client> {
  const admin = new pg.Client({ connectionString: url, application_name: 'attaka-backup' })
  admin.on('error', () => undefined)
  await admin.connect()
  await admin.query(`
    set client_encoding = 'UTF8'; set datestyle = 'ISO, YMD'; set timezone = 'UTC'; set intervalstyle = 'postgres';
    set extra_float_digits = 3; set bytea_output = 'hex'; set statement_timeout = 0; set lock_timeout = 0;
    set row_security = off; set idle_in_transaction_session_timeout = 0`)
  return admin
}

/** Every table, with the columns that hold something of their own, and the order in which its rows are written. */
export async function listTables(admin: pg.Client): Promise<Shape[]> {
  const { rows } = await admin.query<Shape>(
    `
    select n.nspname as schema, c.relname as name,
           array_agg(quote_ident(a.attname) order by a.attnum) as columns,
           coalesce(
             (select string_agg(quote_ident(k.attname) || case when k.attcollation <> 0 then ' collate "C"' else '' end, ', '
                order by array_position(x.indkey::int2[], k.attnum))
              from pg_index x join pg_attribute k on k.attrelid = c.oid and k.attnum = any(x.indkey)
              where x.indrelid = c.oid and x.indisprimary),
             'copied::text collate "C"') as order
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      where n.nspname = any($1) and c.relkind in ('r', 'p') and not c.relispartition
        and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
      group by c.oid, n.nspname, c.relname
      order by n.nspname collate "C", c.relname collate "C"`,
    [schemas],
  )
  return rows
}

/** Counters of ids, which rows alone would not tell. */
export async function listSequences(admin: pg.Client) {
  const { rows } = await admin.query<{ schema: string; name: string; value: string | null }>(
    `select schemaname as schema, sequencename as name, last_value::text as value from pg_sequences
     where schemaname = any($1) order by 1, 2`,
    [schemas],
  )
  return rows
}

export type Partition = { schema: string; name: string; of: string; bound: string }

/** Parts of partitioned tables: the job queue makes one for each day. */
export async function listPartitions(admin: pg.Client): Promise<Partition[]> {
  const { rows } = await admin.query<Partition>(
    `select n.nspname as schema, c.relname as name, p.relname as of, pg_get_expr(c.relpartbound, c.oid) as bound
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_inherits i on i.inhrelid = c.oid join pg_class p on p.oid = i.inhparent
       where n.nspname = any($1) and c.relispartition and c.relkind = 'r' order by 1, 2`,
    [schemas],
  )
  return rows
}

/**
 * Makes the parts that a freshly made table lacks, in the open transaction. What there is more is left as it is.
 *
 * The bounds are SQL that a backup brought along, so nothing here judges their text: PostgreSQL reads them, as one statement,
 * with no more rights than the owner of the table, and its catalogue must then say of the new part what the backup said.
 */
export async function addPartitions(admin: pg.Client, wanted: readonly Partition[]) {
  const here = new Set((await listPartitions(admin)).map(nameOf))
  for (const part of wanted.filter((one) => !here.has(nameOf(one)))) {
    const parent = nameOf({ schema: part.schema, name: part.of })
    const owner = await admin.query<{ name: string }>(
      'select relowner::regrole::text as name from pg_class where oid = $1::regclass',
      [parent],
    )
    await admin.query(`set local role ${owner.rows[0]?.name}`)
    // The extended protocol takes one statement only.
    const create = { text: `create table ${nameOf(part)} partition of ${parent} ${part.bound}`, queryMode: 'extended' }
    await admin.query(create)
    await admin.query('reset role')
    const made = (await listPartitions(admin)).find((one) => nameOf(one) === nameOf(part))
    if (made?.of !== part.of || made.bound !== part.bound)
      throw new BackupRefused(`The backup was altered: ${nameOf(part)} is no part of ${parent} as it says.`)
  }
}

const ident = (name: string) => `"${name.replaceAll('"', '""')}"`
export const nameOf = ({ schema, name }: { schema: string; name: string }) => `${ident(schema)}.${ident(name)}`

const rowsOf = (admin: pg.Client, shape: Shape) =>
  admin.query(
    copyTo(`copy (select ${shape.columns.join(', ')} from ${nameOf(shape)} copied order by ${shape.order}) to stdout`),
  )

/** Saves a table's rows as the open transaction sees them. */
export async function saveTable(admin: pg.Client, shape: Shape, folder: string): Promise<SavedTable> {
  const counter = new Counter()
  const path = `tables/${shape.schema}.${shape.name}.gz`
  const part = await writePart(folder, path, rowsOf(admin, shape), counter, createGzip({ level: 6 }))
  const { schema, name, columns } = shape
  return { schema, name, columns, rows: counter.lines, sha256: counter.sha256(), part }
}

/** Rows and hash of a table as it is now, to be compared with what was saved. */
export async function hashTable(admin: pg.Client, shape: Shape): Promise<{ rows: number; sha256: string }> {
  const counter = new Counter()
  await pipeline(rowsOf(admin, shape), counter, nowhere)
  return { rows: counter.lines, sha256: counter.sha256() }
}

/** Fills an empty table with what was saved. */
export async function fillTable(admin: pg.Client, saved: SavedTable, folder: string) {
  const target = admin.query(copyFrom(`copy ${nameOf(saved)} (${saved.columns.join(', ')}) from stdin`))
  await pipeline(createReadStream(join(folder, saved.part.path)), createGunzip(), target)
}

/** The shape of the job tables, which belongs to the library that made them. */
export async function jobsVersion(admin: pg.Client): Promise<number> {
  const { rows } = await admin.query<{ version: number }>(`select version from ${jobSchema}.version`)
  return rows[0]?.version ?? 0
}
