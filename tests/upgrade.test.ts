import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { searchForm } from '#core/text.ts'
import { modules } from '#modules/index.ts'
import { openLog } from '#platform/log.ts'
import { hashToken, newToken } from '#platform/sealing.ts'
import { addTenants, openHouse as open, prepareDatabase, prepareEarlier } from '../src/house.ts'
import { openHouse, type TestHouse } from './house.ts'
import { testOutside } from './outside.ts'

// A database that was filled while its tables had an earlier shape, brought to today's: rows are whole, and the house answers.

let house: TestHouse
type Applied = { module: string; name: string; sha256: string }
let today: Applied[]
const cleanUps: (() => unknown)[] = []
beforeAll(async () => {
  house = await openHouse()
  today = await house.sql<Applied>('select module, name, sha256 from migration')
})
afterAll(async () => {
  for (const undo of cleanUps.reverse()) await undo()
})

const before = (day: string) => today.filter(({ name }) => name < day)
/** The day of the first tables, before the first that altered one of them. */
const first = () => today.filter(({ name }) => name < '2026-11-22' && name !== '2026-11-21-staff-administration.sql')

const tenants = ['shizuku', 'akatsuki'] as const
const ids = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const [resident, company, clerk, form, draft, procedure, filing] = Array.from({ length: 7 }, (_, n) => ids(n + 1))
const token = newToken()
const title = '道路（１−２ー３番地〜）の\u3000占用'
const definition = {
  title: '道路の占用',
  pages: [{ id: 'p', title: '場所', fields: [{ id: 'f', kind: 'text', label: '占用する場所' }] }],
}

/** One row or more for every table that a later migration alters, and what those rows hang on, by the columns of the first day. */
const rows = (tenant: string): [table: string, row: Record<string, unknown>][] => {
  const [at, later] = ['2026-11-21T01:00:00Z', '2099-01-01T00:00:00Z']
  return [
    ['unit', { id: ids(20), kind: 'department' }],
    ['unit_state', { unit: ids(20), valid_from: '2026-04-01', name: '県土整備部', ordinal: 1 }],
    [
      'person',
      {
        id: resident,
        kind: 'resident',
        name: '津　はな子',
        reading: 'ツ ハナコ',
        mail: 'hanako@example.jp',
        created_at: at,
      },
    ],
    ['person', { id: company, kind: 'company', name: '㈱し−ずく', corporate_number: '2000012010019', created_at: at }],
    ['person', { id: clerk, kind: 'staff', name: '三重 太郎', created_at: at }],
    ['sign_in', { issuer: 'https://login.example.jp', subject: 'h-1', person: resident, linked_at: at }],
    [
      'role_grant',
      {
        id: ids(21),
        person: clerk,
        role: 'procedure-editor',
        department: ids(20),
        granted_at: at,
        granted_by: 'system',
      },
    ],
    [
      'api_token',
      {
        id: ids(22),
        hash: 'x',
        name: '集計',
        roles: [],
        scopes: ['procedures.catalogue'],
        created_at: at,
        created_by: clerk,
        expires_at: later,
      },
    ],
    [
      'session',
      {
        id: hashToken(token),
        person: resident,
        assurance: 'account',
        provider: 'office',
        created_at: at,
        seen_at: new Date(),
        idle_until: later,
        ends_at: later,
      },
    ],
    [
      'audit',
      {
        id: ids(23),
        at,
        act: 'procedures.submit-filing',
        kind: 'act',
        actor: resident,
        actor_kind: 'person',
        subjects: '[]',
      },
    ],
    ['form', { id: form, title: definition.title, created_at: at }],
    [
      'form_version',
      { form, version: 1, definition: JSON.stringify(definition), published_at: at, published_by: clerk },
    ],
    [
      'draft',
      {
        id: draft,
        form,
        version: 1,
        owner: resident,
        answers: '{"f":"津駅の前"}',
        loose: '{}',
        started_at: at,
        saved_at: at,
        filed_at: at,
      },
    ],
    [
      'procedure',
      {
        id: procedure,
        slug: 'road',
        title,
        summary: '道路を使うとき',
        explanation: `${tenant}の道路`,
        form,
        state: 'published',
        updated_at: at,
      },
    ],
    [
      'filing',
      {
        id: filing,
        number: 'R26-1234-5678-A',
        procedure,
        draft,
        form,
        version: 1,
        state: 'correcting',
        applicant: resident,
        name: '津　はな子',
        mail: 'Hanako@Example.JP',
        arrived_at: at,
      },
    ],
    ['filing_edition', { filing, edition: 1, answers: '{"f":"津駅の前"}', filed_at: at }],
    ['filing_event', { id: ids(24), filing, at, kind: 'arrived', actor: resident }],
    [
      'correction',
      {
        id: ids(25),
        filing,
        items: JSON.stringify([{ field: 'f', label: '占用する場所', reason: '番地まで' }]),
        due_on: '2099-01-01',
        asked_at: at,
      },
    ],
    ['filing_access', { filing, visitor: 'v', until: later }],
  ]
}
const tables = [...new Set(rows('').map(([table]) => table))]

/** An empty database of its own. */
let count = 0
async function emptyDatabase() {
  const name = `${new URL(house.databaseUrl('admin')).pathname.slice(1)}_u${++count}`
  await house.sql(`create database ${name} owner attaka_owner template template0
    encoding 'UTF8' locale_provider icu icu_locale 'ja-JP' locale 'C.UTF-8'`)
  cleanUps.push(() => house.sql(`drop database if exists ${name} with (force)`))
  const url = (login: 'admin' | 'attaka_owner' | 'app') => {
    const other = new URL(house.databaseUrl(login))
    other.pathname = `/${name}`
    return other.href
  }
  const admin = new pg.Client({ connectionString: url('admin') })
  await admin.connect()
  cleanUps.push(() => admin.end())
  await admin.query('create extension pg_trgm')
  return { url, admin }
}

async function fill(admin: pg.Client) {
  for (const tenant of tenants) {
    for (const [table, row] of rows(tenant)) {
      const columns = Object.entries({ tenant, ...row })
      const places = columns.map((_, at) => `$${at + 1}`)
      await admin.query(
        `insert into ${table} (${columns.map(([name]) => name)}) values (${places})`,
        columns.map(([, value]) => value),
      )
    }
  }
}

async function held(admin: pg.Client): Promise<Map<string, Record<string, unknown>[]>> {
  const found = new Map<string, Record<string, unknown>[]>()
  for (const table of tables) {
    const result = await admin.query<{ row: Record<string, unknown> }>(
      `select to_jsonb(t) - 'search' as row from ${table} t order by to_jsonb(t) ->> 'tenant', to_jsonb(t) ->> 'id'`,
    )
    found.set(
      table,
      result.rows.map(({ row }) => row),
    )
  }
  return found
}

/** The house on that database, as a browser asks it. */
async function reopen(appUrl: string) {
  const folder = mkdtempSync(join(tmpdir(), 'attaka-upgrade-'))
  const opened = await open({
    appUrl,
    outside: testOutside(folder),
    assets: { style: '', script: '' },
    clientFolder: folder,
    log: openLog('silent'),
    poolSize: 3,
  })
  cleanUps.push(async () => {
    await opened.close()
    rmSync(folder, { recursive: true })
  })
  return {
    ...opened,
    get: async (path: string, cookie = '') => {
      const page = await opened.app.request(`http://localhost:3000${path}`, { headers: { cookie } })
      return { status: page.status, text: await page.text() }
    },
  }
}

test.each<[string, () => Applied[], string[]]>([
  ['on the first day, brought to today at once', first, []],
  [
    'on the first day, brought to today release by release',
    first,
    ['2026-11-22', '2026-11-25', '2026-11-26', '2026-11-27'],
  ],
  ['before people were known more surely', () => before('2026-11-25'), []],
  ['before procedures were found again', () => before('2026-11-26'), []],
])('a database that was filled %s', async (_, begin, releases) => {
  const { url, admin } = await emptyDatabase()
  await prepareEarlier(url('attaka_owner'), begin())
  await addTenants(
    url('attaka_owner'),
    tenants.map((tenant) => ({
      tenant,
      name: tenant,
      kind: 'municipality',
      parent: null,
      hosts: [],
      fictional: true,
      key_colour: 'green',
    })),
  )
  await fill(admin)
  const earlier = await held(admin)
  for (const day of releases) await prepareEarlier(url('attaka_owner'), before(day))
  await prepareDatabase(url('attaka_owner'))

  // Every row is there, and says what it said; what is new of it is what the migration gave it.
  const now = await held(admin)
  for (const table of tables) expect(now.get(table), table).toMatchObject(earlier.get(table) ?? [])
  expect(now.get('filing')?.map((row) => row.mail_compared)).toEqual(['hanako@example.jp', 'hanako@example.jp'])
  expect(now.get('sign_in')).toMatchObject([{ profile: 'office' }, { profile: 'office' }])
  expect(now.get('correction')).toMatchObject([{ kept: {} }, { kept: {} }])
  expect(now.get('procedure')).toMatchObject([{ least_assurance: 'none' }, { least_assurance: 'none' }])
  const searched = await admin.query<{ tenant: string; search: string }>(
    'select tenant, search from procedure order by tenant',
  )
  expect(searched.rows).toEqual(
    tenants.toSorted().map((tenant) => ({ tenant, search: searchForm(`${title} 道路を使うとき ${tenant}の道路`) })),
  )

  const people = await admin.query("select search from person where tenant = 'shizuku' order by id")
  expect(people.rows).toEqual(
    ['津　はな子 ツ ハナコ hanako@example.jp', '㈱し−ずく 2000012010019', '三重 太郎'].map((text) => ({
      search: searchForm(text),
    })),
  )

  // The house answers: to everybody, to whoever had been signed in, and only about their own tenant.
  const { get, sceneOf } = await reopen(url('app'))
  for (const words of [title, '1-2-3', '道路ヲ使ウとき', '１－２－３番地~'].map(encodeURIComponent)) {
    const found = await get(`/shizuku/procedures?q=${words}`)
    expect({ status: found.status, found: found.text.includes('/shizuku/procedures/road') }).toEqual({
      status: 200,
      found: true,
    })
  }
  expect((await get('/shizuku/procedures?q=akatsuki')).text).not.toContain('/procedures/road')
  const own = await get('/shizuku/filings/R26-1234-5678-A', `attaka=${token}`)
  expect(own.status).toBe(200)
  expect(own.text).toContain('津駅の前')
  // A visitor is sent to where one looks up a filing.
  const visitor = await get('/shizuku/filings/R26-1234-5678-A')
  expect([visitor.status, visitor.text.includes('津駅の前')]).toEqual([303, false])

  // What was written before there were seals is sealed like everything else.
  const seal = modules.flatMap(({ jobs }) => jobs).find(({ name }) => name === 'evidence.seal-trail')
  for (const tenant of tenants) await seal?.run(sceneOf(tenant), {})
  const { rows: unsealed } = await admin.query(
    'select from audit a where not exists (select from audit_leaf where entry = a.id)',
  )
  expect(unsealed).toEqual([])

  // Once more changes nothing.
  const after = await held(admin)
  await prepareDatabase(url('attaka_owner'))
  expect(await held(admin)).toEqual(after)
})
