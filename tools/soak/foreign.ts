import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { chance } from '../../tests/chance.ts'
import type { Application } from '../../tests/crash/application.ts'
import { inputWith } from '../../tests/inputs.ts'
import { inTurns, openProbes, type Way } from './probes.ts'

/** What came of asking in one town with the names of things in another. */
export type Foreign = { asked: number; names: number; ways: number; byStatus: Record<string, number>; leaks: string[] }

/** Stands in what people typed in the other town: the load's names and mail addresses. */
const mark = /soak-\d+/

/** Acts that take an id which the caller makes up: a foreign one is as good as any. */
const madeUp = new Set(['/api/v1/procedures/file'])

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/**
 * Asks in 三重県, as a visitor, as its staff and as a program that may do everything there, with every name of a thing in
 * あったか県 at every page and every operation that takes one. A leak is an answer that tells something of the other town,
 * or that differs in its status from the answer about a thing that is nowhere; or a changed row there.
 */
export async function foreignIds(application: Application, count: number, seed: string): Promise<Foreign> {
  const probes = await openProbes(application, 'mie')
  const luck = chance(`${seed} foreign`)
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(luck.below(items.length))] as Item
  const foreign = await namesThere(probes.admin)
  const ways = [...probes.pages.filter(({ path }) => path.includes(':')), ...probes.api.filter(takesName)]
  const byStatus: Record<string, number> = {}
  const leaks: string[] = []
  const usual = new Map<string, number>()
  const before = await fingerprint(probes.admin)

  const ask = async (way: Way, who: string, name: string) => {
    const path = way.path.replace(/:\w+(\{[^}]*\})?/g, encodeURIComponent(name))
    const input = way.input ? (inputWith(way.input, name).value as Record<string, unknown>) : {}
    const query = way.api && way.method === 'GET' ? `?${new URLSearchParams(input as Record<string, string>)}` : ''
    return probes.ask(way, path + query, who, way.api ? JSON.stringify(input) : new URLSearchParams({ id: name }))
  }
  const one = async (n: number) => {
    // Every name in its turn, the ways and persons by chance.
    const name = foreign[n % foreign.length] ?? ''
    const way = pick(ways)
    const who = pick(probes.persons)
    const said = await ask(way, who, name)
    byStatus[said.status] = (byStatus[said.status] ?? 0) + 1
    const told = [...said.text.matchAll(uuid)].map(([id]) => id).filter((id) => id !== name && known.has(id))
    const place = `${way.method} ${way.path} as ${who} with ${name}`
    if (mark.test(said.text.replaceAll(name, '')) || told.length > 0)
      leaks.push(`${place} told ${told[0] ?? said.text.match(mark)?.[0]}`)
    if (said.status >= 500) leaks.push(`${place} was answered with ${said.status}`)
    if (madeUp.has(way.path)) return
    const kind = `${way.method} ${way.path} ${who} ${name.length === 36}`
    const nowhere = name.length === 36 ? randomUUID() : `x${name.slice(1).split('').reverse().join('')}`
    const expected = usual.get(kind) ?? (await ask(way, who, nowhere)).status
    usual.set(kind, expected)
    if (said.status !== expected && (await ask(way, who, nowhere)).status !== said.status) {
      leaks.push(`${place} was answered with ${said.status}, what is nowhere with ${expected}`)
    }
  }
  const known = new Set(foreign)
  try {
    await inTurns(count, one, probes.refresh)
    const after = await fingerprint(probes.admin)
    for (const [table, hash] of before)
      if (after.get(table) !== hash) leaks.push(`${table} of the other town has changed`)
  } finally {
    await probes.close()
  }
  return { asked: count, names: foreign.length, ways: ways.length, byStatus, leaks: [...new Set(leaks)] }
}

const takesName = ({ input }: Way) => JSON.stringify(inputWith(input ?? {}, '·name·').value ?? '').includes('·name·')

/** Every id, number, slug and token there that is nowhere else. */
async function namesThere(admin: pg.Client): Promise<string[]> {
  const { rows: tables } = await admin.query<{ name: string }>(`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant'
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname not in ('hit', 'tenant')`)
  const there = new Set<string>()
  for (const [own, of] of [
    [true, "= 'attaka'"],
    [false, "<> 'attaka'"],
  ] as const) {
    for (const { name } of tables) {
      const { rows } = await admin.query(`select to_jsonb(t) as row from ${name} t where tenant ${of} limit 20000`)
      for (const { row } of rows) {
        for (const value of Object.values(row)) {
          if (typeof value !== 'string' || !/^[\w:.-]{6,120}$/.test(value) || /^\d{4}-\d\d-\d\d/.test(value)) continue
          if (own) there.add(value)
          else there.delete(value)
        }
      }
    }
  }
  return [...there]
}

/** What must not change there, whatever is asked here. */
async function fingerprint(admin: pg.Client) {
  const all = new Map<string, string>()
  for (const table of [
    'filing',
    'filing_edition',
    'filing_event',
    'draft',
    'procedure',
    'form_version',
    'person',
    'unit',
    'role_grant',
    'membership',
    'plan',
    'indicator',
    'trace',
  ]) {
    const { rows } = await admin.query(
      `select md5(string_agg(md5(t::text), '' order by t::text)) as hash from ${table} t where tenant = 'attaka'`,
    )
    all.set(table, rows[0].hash)
  }
  return all
}
