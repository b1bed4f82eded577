import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Action, perform } from '#core/action.ts'
import { type Actor, roleNames } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { show, type View } from '#core/view.ts'
import { modules } from '#modules/index.ts'
import { demonstrationPersons } from '#modules/people/index.ts'
import { openHouse, type TestHouse } from './house.ts'
import { inputWith } from './inputs.ts'
import { fillTown } from './town.ts'

/** Stands in everything that people typed in the other town. */
const mark = 'himitsu7f3'

let house: TestHouse
type Row = Record<string, unknown>
/** The other town's tables, each with one of its rows. */
const tables: { name: string; row: Row }[] = []
/** What names something there and nothing here: ids, numbers, slugs, tokens; each with the table it was found in. */
const foreign = new Map<string, string>()

beforeAll(async () => {
  house = await openHouse()
  await fillTown(house, mark)
  const listed = await house.sql<{ name: string }>(`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant'
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`)
  for (const { name } of listed) {
    const rows = await house.sql<{ row: Row }>(`select to_jsonb(t) as row from ${name} t where tenant = 'attaka'`)
    if (rows[0]) tables.push({ name, row: rows[0].row })
    for (const { row } of rows) for (const value of Object.values(row)) if (isName(value)) foreign.set(value, name)
  }
  for (const { name } of listed) {
    for (const { row } of await house.sql<{ row: Row }>(
      `select to_jsonb(t) as row from ${name} t where tenant <> 'attaka'`,
    )) {
      for (const value of Object.values(row)) if (typeof value === 'string') foreign.delete(value)
    }
  }
  expect(listed.map(({ name }) => name).filter((name) => !tables.some((table) => table.name === name))).toEqual([])
})

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const isName = (value: unknown): value is string => typeof value === 'string' && /^[\w:.-]{2,120}$/.test(value)

/** At most so many names of each table, ids first. */
const namesPerTable = (most: number) =>
  [...Map.groupBy(foreign, ([, table]) => table).values()].flatMap((found) =>
    found
      .map(([name]) => name)
      .sort((one, other) => Number(other.length === 36) - Number(one.length === 36))
      .slice(0, most),
  )

const otherTown = async () =>
  Promise.all(
    tables.map(async ({ name }) => [
      name,
      (
        await house.sql(
          `select md5(string_agg(t::text, '|' order by t::text)) as hash from ${name} t where tenant = 'attaka'`,
        )
      )[0]?.hash,
    ]),
  )

const jobsThere = () => house.sql(`select count(*) as count from jobs.job where data ->> 'tenant' = 'attaka'`)

/** Whatever is done, the other town stays as it was: every row of every table, and its outbox. */
async function leavesTheOtherTownAlone(work: () => Promise<void>) {
  const before = [await otherTown(), await jobsThere()]
  await work()
  expect([await otherTown(), await jobsThere()]).toEqual(before)
}

/** What an answer tells of the other town, but for the name that was asked with. */
const told = (text: string, asked = '') => [
  ...(text.includes(mark) && !asked.includes(mark) ? [mark] : []),
  ...new Set([...text.matchAll(uuid)].map(([id]) => id).filter((id) => id !== asked && foreign.has(id))),
]

describe('the application’s login, in the transaction of one town', () => {
  let login: pg.Client
  beforeAll(async () => {
    login = new pg.Client({ connectionString: house.databaseUrl('app') })
    await login.connect()
  })
  afterAll(() => login.end())

  /** Tries a statement in the transaction of a town, and takes it back. `code` says how PostgreSQL refused it. */
  const here = async (statement: string, values: unknown[] = [], tenant = 'mie', mode = 'read write') => {
    await login.query(`begin ${mode}`)
    try {
      await login.query(`select set_config('app.tenant', $1, true)`, [tenant])
      const { rows, rowCount } = await login.query(statement, values)
      return { rows, affected: rowCount, code: null }
    } catch (error) {
      return { rows: [], affected: null, code: (error as { code?: string }).code ?? String(error) }
    } finally {
      await login.query('rollback')
    }
  }
  const countOf = async (name: string, where: string, tenant?: string) =>
    (await here(`select count(*)::int as count from ${name} where ${where}`, [], tenant)).rows[0]?.count
  /** Columns that the database computes can't be written. */
  const written = async (name: string) =>
    (
      await house.sql<{ column: string }>(
        `select quote_ident(attname) as column from pg_attribute
           where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
        [name],
      )
    ).map(({ column }) => column)
  const copy = async (name: string, row: Row, tenant?: string) => {
    const columns = (await written(name)).join(', ')
    return here(
      `insert into ${name} (${columns}) select ${columns} from jsonb_populate_record(null::${name}, $1)`,
      [JSON.stringify(row)],
      tenant,
    )
  }

  test('sees no row of the other', async () => {
    for (const { name } of tables) {
      if (name === 'tenant') continue
      expect(await countOf(name, `tenant = 'attaka'`), name).toBe(0)
    }
  })

  test('changes and deletes no row of the other', async () => {
    await leavesTheOtherTownAlone(async () => {
      for (const { name, row } of tables) {
        const column = Object.keys(row).find((key) => key !== 'tenant') ?? 'tenant'
        for (const statement of [`update ${name} set ${column} = ${column}`, `delete from ${name}`]) {
          const { code, affected } = await here(`${statement} where tenant = 'attaka'`)
          // Not allowed at all, or nothing found.
          expect(code === null ? affected : code, statement).toBe(code === null ? 0 : '42501')
        }
      }
    })
  })

  test('adds no row to the other, nor moves one there', async () => {
    await leavesTheOtherTownAlone(async () => {
      for (const { name, row } of tables) {
        expect((await copy(name, row)).code, `insert into ${name}`).toBe('42501')
        const moved = await here(`update ${name} set tenant = 'attaka'`)
        expect(moved.code === null ? moved.affected : moved.code, name).toBe(moved.code === null ? 0 : '42501')
      }
    })
  })

  test('without a town sees nothing and adds nothing', async () => {
    for (const { name, row } of tables) {
      if (name === 'tenant') continue
      for (const nowhere of ['', 'nowhere']) {
        expect(await countOf(name, 'true', nowhere), name).toBe(0)
        expect((await copy(name, row, nowhere)).code, name).toBe('42501')
      }
      // A connection that has never heard of a town.
      await expect(house.sql(`select count(*)::int as count from ${name}`, [], 'app'), name).resolves.toEqual([
        { count: 0 },
      ])
    }
  })

  test('while it only looks, writes nothing at all', async () => {
    for (const { name } of tables) {
      expect(['25006', '42501'], name).toContain((await here(`delete from ${name}`, [], 'mie', 'read only')).code)
    }
  })
})

type Act = {
  name: string
  input: z.ZodType
  run(scene: Parameters<typeof perform>[1], input: unknown): Promise<unknown>
}

const acts: Act[] = modules.flatMap(({ actions, views }) => [
  ...actions.map(
    (act: Action) => ({ name: act.name, input: act.input, run: (scene, input) => perform(act, scene, input) }) as Act,
  ),
  ...views.map(
    (view: View) => ({ name: view.name, input: view.input, run: (scene, input) => show(view, scene, input) }) as Act,
  ),
])

/** Acts that take an id which the caller makes up or anybody knows, so that a foreign one is as good as any. */
const madeUp = new Set([
  'procedures.file',
  'people.recognise',
  'people.recognise-card',
  // A 法人番号 is public: every town may know the same company, as one of its own.
  'people.recognise-business',
  'people.enter-company',
  'people.remember-flow',
  'people.count-try',
  'procedures.count-status-try',
  'files.stage-file',
])

const schemas = new Map(
  acts.map(({ name, input }) => [name, z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })]),
)

const everyRole = (id: string): Actor => ({
  id,
  kind: 'person',
  roles: roleNames.map((name) => ({ name, department: null, section: null })),
  section: null,
  represents: null,
  assurance: 'account',
  scopes: null,
})

describe('whoever asks in one town with the names of things in the other', () => {
  test('has names to ask with, of every kind of thing', () => {
    expect(foreign.size).toBeGreaterThan(100)
    expect([...new Set(foreign.values())].length).toBeGreaterThan(tables.length / 2)
    expect(acts.length).toBeGreaterThan(60)
  })

  test('would be told much if the walls were down: in its own town everything is there', async () => {
    const approver = await house.as('approver')
    const queue = await (await approver.get('/console/filings')).text()
    expect(told(queue)).toEqual(expect.arrayContaining([mark]))
    expect(told(queue).length).toBeGreaterThan(2)
  })

  test('and may do everything there is, finds nothing under any of them and changes nothing by any act', async () => {
    await leavesTheOtherTownAlone(async () => {
      const scene = {
        ...house.sceneOf('mie', everyRole('01900000-0000-7000-8000-000000000104')),
        visitor: ['v'.repeat(43)],
      }
      const names = namesPerTable(4)
      // Those that make something up under a given name come last, or others would find it.
      for (const act of [...acts].sort((one, other) => Number(madeUp.has(one.name)) - Number(madeUp.has(other.name)))) {
        for (const name of names) {
          const { value, names: mustBe } = inputWith(schemas.get(act.name), name)
          const answer = await act.run(scene, value).then(
            (shown) => ({ kind: 'done' as const, shown }),
            (error: unknown) => {
              if (error instanceof Refusal) return { kind: error.kind, shown: null }
              throw new Error(`${act.name} ${JSON.stringify(value)}`, { cause: error })
            },
          )
          const said = `${act.name} with ${name} of ${foreign.get(name)}`
          expect(told(JSON.stringify(answer.shown) ?? '', name), said).toEqual([])
          if (mustBe && !madeUp.has(act.name)) expect(answer.kind, said).not.toBe('done')
          if (!mustBe) break
        }
      }
    })
  }, 60_000)

  test.each(demonstrationPersons.map(({ subject }) => subject))(
    'as %s through the API, is refused',
    async (subject) => {
      const person = demonstrationPersons.find((one) => one.subject === subject)
      const token = `attaka_${house.outside.sealer.newToken()}`
      await house.sql(
        `insert into api_token (tenant, id, hash, name, roles, scopes, created_at, created_by, expires_at)
       values ('mie', gen_random_uuid(), $1, $2, $3, $4, now(), '01900000-0000-7000-8000-000000000104', now() + interval '300 days')`,
        [
          house.outside.sealer.hashToken(token),
          subject,
          person?.roles,
          modules.flatMap(({ name }) => [`${name}:read`, `${name}:write`]),
        ],
      )
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      const names = namesPerTable(1)
      await leavesTheOtherTownAlone(async () => {
        let next = 0
        for (const { name: tag, actions, views } of modules) {
          for (const act of [...actions.filter(({ pagesOnly }) => !pagesOnly), ...views]) {
            const writes = actions.includes(act as Action)
            for (let times = 0; times < 2; times++) {
              const name = names[next++ % names.length] ?? ''
              const { value, names: mustBe } = inputWith(schemas.get(act.name), name)
              const query = writes ? '' : `?${new URLSearchParams(value as Record<string, string>)}`
              const path = `/mie/api/v1/${act.name.replace('.', '/')}${query}`
              const answer = await house.app.request(`http://localhost:3000${path}`, {
                headers,
                ...(writes && { method: 'POST', body: JSON.stringify(value) }),
              })
              if (writes) house.pass(100)
              const said = `${tag}: ${act.name} with ${name} of ${foreign.get(name)}`
              expect(answer.status, said).toBeLessThan(500)
              if (mustBe && !madeUp.has(act.name)) expect([401, 403, 404, 409, 422], said).toContain(answer.status)
              expect(told(await answer.text(), name), said).toEqual([])
            }
          }
        }
      })
    },
  )

  test.each([null, ...demonstrationPersons.map(({ subject }) => subject)])(
    'as %s through the pages, is refused',
    async (subject) => {
      // A new minute: what was posted until now no longer counts.
      house.pass(61_000)
      const browser = subject ? await house.as(subject, 'mie') : house.browser('mie')
      const routes = house.app.routes.filter(
        ({ method, path }) => ['GET', 'POST'].includes(method) && !path.startsWith('/api/') && path !== '/sign-out',
      )
      const names = namesPerTable(1)
      await leavesTheOtherTownAlone(async () => {
        let next = 0
        for (const { method, path } of routes) {
          const asks = path.includes(':')
          for (let times = 0; times < (asks ? 3 : 1); times++) {
            const name = names[next++ % names.length] ?? ''
            const filled = path.replace(/:\w+(\{[^}]*\})?/g, encodeURIComponent(name))
            const answer = await (method === 'GET'
              ? browser.get(filled)
              : browser.post(filled, {
                  note: 'x',
                  sure: 'yes',
                  outcome: 'approved',
                  reason: 'x',
                  name: 'x',
                  number: name,
                  id: name,
                }))
            if (method === 'POST') house.pass(1_100)
            const said = `${method} ${path} with ${name} of ${foreign.get(name)}`
            expect(answer.status, said).toBeLessThan(500)
            if (asks && !path.startsWith('/sign-in'))
              expect([303, 401, 403, 404, 409, 422], said).toContain(answer.status)
            if (asks && answer.status === 303) expect(answer.headers.get('location'), said).toMatch(/^\/mie\//)
            expect(told(await answer.text(), name), said).toEqual([])
          }
        }
      })
    },
  )

  test('with the cookie or token of the other town, is nobody here', async () => {
    const there = await house.as('administrator')
    const here = house.browser('mie')
    for (const [name, value] of there.jar) here.jar.set(name, value)
    expect((await here.get('/console')).status).toBe(401)
    const token = `attaka_${house.outside.sealer.newToken()}`
    await house.sql(
      `insert into api_token (tenant, id, hash, name, roles, scopes, created_at, created_by, expires_at)
       values ('attaka', gen_random_uuid(), $1, 'x', '{reviewer}', '{procedures:read}', now(), '01900000-0000-7000-8000-000000000104', now() + interval '300 days')`,
      [house.outside.sealer.hashToken(token)],
    )
    const queue = (tenant: string) =>
      house.app.request(`http://localhost:3000/${tenant}/api/v1/procedures/queue`, {
        headers: { authorization: `Bearer ${token}` },
      })
    expect([(await queue('attaka')).status, (await queue('mie')).status]).toEqual([200, 401])
  })
})

test('what waits in the outbox carries ids only: no name, address or answer', async () => {
  const jobs = await house.sql<{ name: string; data: Record<string, unknown> | null }>(
    `select name, data from jobs.job where data is not null`,
  )
  expect(jobs.length).toBeGreaterThan(5)
  for (const { name, data } of jobs) {
    expect(JSON.stringify(data), name).not.toContain(mark)
    for (const value of Object.values(data ?? {})) expect(String(value), name).toMatch(/^[\w:.-]{0,64}$/)
  }
})
