import pg from 'pg'
import type { Ledger } from './load.ts'

/** What the database holds, held against what the visitors were told. All lists are empty if all is well. */
export type Evidence = {
  acknowledged: number
  /** Filed, although nobody was told: the answer was lost, and nobody asked again. Allowed, once per draft. */
  untold: number
  /** Acknowledged, but not there, or there under another name. */
  lost: string[]
  /** Two filings, or two receipt numbers, for one person's one form. */
  doubled: string[]
  /** There, but not whole. */
  halfWritten: string[]
  /** Letters that have gone out at least once. */
  letters: number
}

/** Looks as the superuser, so that row-level security hides nothing. */
export async function evidence(adminUrl: string, ledger: Ledger): Promise<Evidence> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const { rows } = await client.query<Row>(filings, [`${ledger.prefix}%`])
    const loose = (await client.query<{ what: string }>(remains)).rows.map(({ what }) => what)
    return { ...compare(rows, ledger), halfWritten: [...rows.flatMap(halves), ...loose] }
  } finally {
    await client.end()
  }
}

/** How many letters have gone out, of all that were ever to go out. */
export async function lettersSent(adminUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const { rows } = await client.query("select count(*)::int as sent from delivery where state = 'sent'")
    return rows[0].sent
  } finally {
    await client.end()
  }
}

type Row = {
  number: string
  name: string
  draft: string
  tenant: string
  editions: number
  arrived: number
  audited: number
  notices: number
  deliveries: number
  attempted: number
  /** Letters that were tried at least once, or whose job is still waiting or at work. */
  minded: number
  marked: boolean
  opened: number
}

/** Every filing of the run, with what belongs to it counted. By joins: a long run has many thousands. */
const filings = `
  with mine as materialized (select * from filing where name like $1),
    editions as (select tenant, filing, count(*)::int as n from filing_edition group by 1, 2),
    arrivals as (select tenant, filing, count(*)::int as n from filing_event where kind = 'arrived' group by 1, 2),
    opened as (select tenant, filing, count(*)::int as n from filing_access group by 1, 2),
    audited as (select tenant, subjects -> 0 ->> 'id' as filing, count(*)::int as n from audit
      where act = 'procedures.submit-filing' and kind = 'act' group by 1, 2),
    waiting as (select distinct data ->> 'id' as notice from jobs.job
      where name = 'notices.deliver' and state in ('created', 'retry', 'active')),
    told as (select n.tenant, n.about ->> 'id' as filing, count(distinct n.id)::int as notices,
        count(d.notice)::int as deliveries,
        count(*) filter (where d.attempts > 0)::int as attempted,
        count(*) filter (where d.attempts > 0 or w.notice is not null)::int as minded
      from notice n
        left join delivery d on d.tenant = n.tenant and d.notice = n.id
        left join waiting w on w.notice = n.id::text
      group by 1, 2)
  select f.number, f.name, f.draft, f.tenant,
    coalesce(e.n, 0) as editions, coalesce(a.n, 0) as arrived, coalesce(o.n, 0) as opened, coalesce(u.n, 0) as audited,
    coalesce(t.notices, 0) as notices, coalesce(t.deliveries, 0) as deliveries,
    coalesce(t.attempted, 0) as attempted, coalesce(t.minded, 0) as minded,
    coalesce(d.filed_at is not null, false) as marked
  from mine f
    left join editions e on e.tenant = f.tenant and e.filing = f.id
    left join arrivals a on a.tenant = f.tenant and a.filing = f.id
    left join opened o on o.tenant = f.tenant and o.filing = f.id
    left join audited u on u.tenant = f.tenant and u.filing = f.id::text
    left join told t on t.tenant = f.tenant and t.filing = f.id::text
    left join draft d on d.tenant = f.tenant and d.id = f.draft`

/** What would be left of a filing that was written by half: parts of a whole that isn't there. */
const remains = `
  select 'a draft marked as filed without a filing: ' || d.id as what from draft d
    where d.filed_at is not null
      and not exists (select from filing f where f.tenant = d.tenant and f.draft = d.id)
  union all select 'a notice about a filing that is not there: ' || n.id from notice n
    where n.about ->> 'kind' = 'filing'
      and not exists (select from filing f where f.tenant = n.tenant and f.id::text = n.about ->> 'id')
  union all select 'an entry of the audit trail about a filing that is not there: ' || a.id from audit a
    where a.act = 'procedures.submit-filing' and a.kind = 'act'
      and not exists (select from filing f where f.tenant = a.tenant and f.id::text = a.subjects -> 0 ->> 'id')
  union all select 'a job for a notice that is not there: ' || j.id from jobs.job j
    where j.name = 'notices.deliver' and not exists (select from notice n where n.id::text = j.data ->> 'id')`

function halves(row: Row): string[] {
  const wanted: [what: string, right: boolean][] = [
    [`${row.editions} editions`, row.editions === 1],
    [`${row.arrived} arrivals`, row.arrived === 1],
    // A repeated submission is an act of its own and leaves its own entry.
    ['no entry in the audit trail', row.audited >= 1],
    [`${row.notices} notices`, row.notices === 1],
    [`${row.deliveries} deliveries`, row.deliveries === 1],
    ['a letter that nobody minds', row.minded === row.deliveries],
    [`${row.opened} browsers that may see it`, row.opened === 1],
    ['a draft that is not marked as filed', row.marked],
    [`the tenant ${row.tenant}`, row.tenant === 'attaka'],
  ]
  return wanted.filter(([, right]) => !right).map(([what]) => `${row.number} (${row.name}) has ${what}`)
}

function compare(rows: readonly Row[], { acknowledged, submitted }: Ledger): Omit<Evidence, 'halfWritten'> {
  const byName = Map.groupBy(rows, ({ name }) => name)
  const told = [...acknowledged].flatMap(([name, numbers]) => [...numbers].map((number) => ({ name, number })))
  return {
    acknowledged: acknowledged.size,
    untold: rows.filter(({ name }) => !acknowledged.has(name)).length,
    lost: told
      .filter(({ name, number }) => !byName.get(name)?.some((row) => row.number === number))
      .map(({ name, number }) => `${number} (${name})`),
    doubled: [
      ...[...byName].filter(([, same]) => same.length > 1).map(([name, same]) => `${name} has ${same.length} filings`),
      ...[...acknowledged]
        .filter(([, numbers]) => numbers.size > 1)
        .map(([name, numbers]) => `${name} was told ${[...numbers].join(' and ')}`),
      ...[...byName.keys()]
        .filter((name) => !submitted.has(name))
        .map((name) => `${name} never filed, but has a filing`),
    ],
    letters: rows.reduce((sum, { attempted }) => sum + attempted, 0),
  }
}
