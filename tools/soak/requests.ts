import { chance } from '../../tests/chance.ts'
import type { Application } from '../../tests/crash/application.ts'
import { inputWith } from '../../tests/inputs.ts'
import { inTurns, openProbes, type Way } from './probes.ts'

/** What came of the random requests. */
export type Requested = { requests: number; byStatus: Record<string, number>; faults: string[] }

/** What nobody should send, and what everybody does. */
const values = [
  ...['', ' ', '　', '\0', '\ud800', '\u202eabc', '\r\nset-cookie: a=b', '𠮷', '葛󠄀', 'あ'.repeat(2_000)],
  ...[
    "'; drop table filing; --",
    '<script>alert(1)</script>',
    '"><img src=x>',
    '{{7*7}}',
    '../../etc/passwd',
    '%00',
    '%E0%A4%A',
  ],
  ...[
    '-1',
    '0',
    '1',
    '1e309',
    'NaN',
    '9'.repeat(300),
    '9007199254740993',
    '１２',
    '2026-02-30',
    '9999-12-31',
    '275760-09-13',
  ],
  ...[
    '令和99',
    'null',
    'true',
    '[object Object]',
    '__proto__',
    'constructor',
    'a@example.jp',
    '=cmd()',
    'online',
    'data',
  ],
  ...['ことば', 'attaka', 'approved', '00000000-0000-0000-0000-000000000000', '01900000-0000-7000-8000-000000000101'],
]

const names = [
  'id',
  'q',
  'name',
  'mail',
  'state',
  'back',
  'way',
  'day',
  'day.year',
  'field',
  'detail',
  'number',
  'code',
  'roles',
  '__proto__',
  'to',
  'show',
  'kept',
  'page',
]

/**
 * Sends so many requests by chance to every page and to every operation of the API's description, as visitors, as
 * every demonstration person and as a program that may do everything. Counts what the server answers; 5xx is a fault.
 */
export async function randomRequests(application: Application, count: number, seed: string): Promise<Requested> {
  const probes = await openProbes(application, 'attaka')
  const luck = chance(`${seed} requests`)
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(luck.below(items.length))] as Item
  const real = await namesOf(probes.admin)
  const value = () => (luck.often(0.35) ? pick(real) : pick(values))
  const ways = [...probes.pages, ...probes.api]
  const byStatus: Record<string, number> = {}
  const faults = new Map<string, string>()

  const form = () =>
    new URLSearchParams(Array.from({ length: Math.floor(luck.below(8)) }, () => [pick(names), value()]))
  const json = (way: Way) => {
    const sample = inputWith(way.input ?? {}, pick(real)).value as Record<string, unknown>
    const keys = Object.keys(sample)
    if (luck.often(0.1)) return pick([[], null, 'x', 7, { a: { b: [sample] } }])
    const changed =
      keys.length > 0 && luck.often(0.7) ? { [pick(keys)]: pick([value(), [value()], { id: value() }, 0, null]) } : {}
    return { ...sample, ...changed }
  }
  const one = async () => {
    const way = pick(ways)
    const who = pick(probes.persons)
    const path = way.path.replace(/:\w+(\{[^}]*\})?|\*/g, () => encodeURIComponent(value().toWellFormed()) || 'x')
    const input = way.api ? json(way) : null
    const query = way.api
      ? new URLSearchParams(
          Object.entries((input ?? {}) as object).map(([key, inner]) => [
            key,
            typeof inner === 'object' ? JSON.stringify(inner) : String(inner),
          ]),
        )
      : form()
    const address = way.method === 'GET' || !way.api ? `${path}?${query}` : path
    const said = await probes.ask(way, address, who, way.api ? JSON.stringify(input) : form()).catch((error) => ({
      status: 0,
      type: '',
      text: (error as Error).message,
    }))
    byStatus[said.status] = (byStatus[said.status] ?? 0) + 1
    if (said.status >= 500 || said.status === 0) {
      const place = `${said.status} ${way.method} ${way.path}`
      if (!faults.has(place))
        faults.set(place, `${place} as ${who}: ${address.slice(0, 300)} ${JSON.stringify(input)?.slice(0, 600) ?? ''}`)
    }
  }
  try {
    await inTurns(count, one, probes.refresh)
  } finally {
    await probes.close()
  }
  return { requests: count, byStatus, faults: [...faults.values()] }
}

/** Ids, numbers and slugs of things that are really there. */
async function namesOf(admin: Awaited<ReturnType<typeof openProbes>>['admin']): Promise<string[]> {
  const found: string[] = []
  for (const table of [
    'filing',
    'draft',
    'procedure',
    'form',
    'person',
    'unit',
    'notice',
    'plan',
    'plan_measure',
    'indicator',
    'initiative',
    'trace',
  ]) {
    const { rows } = await admin.query(`select to_jsonb(t) as row from ${table} t where tenant = 'attaka' limit 20`)
    for (const { row } of rows)
      for (const key of ['id', 'number', 'slug']) if (typeof row[key] === 'string') found.push(row[key])
  }
  return found
}
