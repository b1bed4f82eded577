import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { roleNames } from '#core/policy.ts'
import { modules } from '#modules/index.ts'
import { demonstrationPersons } from '#modules/people/index.ts'
import { formTokenOf } from '#web/guard.ts'
import { startSession } from '#web/sessions.ts'
import type { House } from '../src/house.ts'
import { openHouse, type TestHouse } from './house.ts'
import { inputWith } from './inputs.ts'
import { fillTown } from './town.ts'

/** How many requests: each to a route by chance, by somebody by chance, with what nobody should send. */
const requests = 2_500

let town: TestHouse
/** The same house again, which tells what goes wrong in it. */
let house: House
let ahead = 0
const faults: unknown[] = []
/** Ids, numbers and slugs of things that are really there. */
const real: string[] = []
const cookies = new Map<string, string>()
let token = ''

beforeAll(async () => {
  town = await openHouse()
  await fillTown(town, 'mark')
  house = await town.beside({
    log: (event, fields) => {
      if (event === 'fault') faults.push({ error: fields?.error, code: fields?.code, where: fields?.where })
    },
    clock: () => new Date(Date.now() + ahead),
    poolSize: 6,
  })
  for (const table of [
    'filing',
    'draft',
    'procedure',
    'form',
    'person',
    'unit',
    'file',
    'trace',
    'notice',
    'delivery',
    'indicator',
    'plan',
    'plan_measure',
    'initiative',
  ]) {
    const rows = await town.sql<{ row: Record<string, unknown> }>(
      `select to_jsonb(t) as row from ${table} t where tenant = 'attaka' limit 3`,
    )
    for (const { row } of rows)
      for (const key of ['id', 'number', 'slug']) if (typeof row[key] === 'string') real.push(row[key])
  }
  token = `attaka_${town.outside.sealer.newToken()}`
  await town.sql(
    `insert into api_token (tenant, id, hash, name, roles, scopes, created_at, created_by, expires_at)
     values ('attaka', gen_random_uuid(), $1, 'everything', $2, $3, now(), $4, now() + interval '300 days')`,
    [
      town.outside.sealer.hashToken(token),
      roleNames,
      modules.flatMap(({ name }) => [`${name}:read`, `${name}:write`]),
      demonstrationPersons[0]?.id,
    ],
  )
})
afterAll(() => house.close())
beforeEach(() => wrong.clear())

/** What is typed, sent and made up to break things. */
const hostile = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '',
      ' ',
      '　',
      '\0',
      'a\0b',
      '\ud800',
      '\udc00x',
      '\ufffd',
      '\u202eabc',
      '\r\nset-cookie: a=b',
      '𠮷',
      '葛󠄀',
      'あ'.repeat(3_000),
      "'; drop table filing; --",
      "' or '1'='1",
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      '{{7*7}}',
      '#{7*7}',
      '../../etc/passwd',
      '%00',
      '%',
      '%E0%A4%A',
      '\\',
      '//evil.example',
      'javascript:alert(1)',
      '-1',
      '0',
      '1',
      '1e309',
      '-0',
      'NaN',
      '9'.repeat(400),
      '9007199254740993',
      '0x10',
      '１２',
      '2026-02-30',
      '0000-00-00',
      '9999-12-31',
      '275760-09-13',
      '+010000-01-01',
      '令和99',
      '明治1',
      'null',
      'undefined',
      'true',
      '[object Object]',
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      'a@example.jp',
      `${'a'.repeat(300)}@example.jp`,
      '=cmd()',
      '01900000-0000-7000-8000-000000000101',
      '00000000-0000-0000-0000-000000000000',
    ),
  },
  { weight: 2, arbitrary: fc.nat().map((at) => real[at % real.length] ?? 'x') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
)

const acts = modules.flatMap(({ actions, views }) => [
  ...actions.filter(({ pagesOnly }) => !pagesOnly).map(({ name, input }) => ({ method: 'POST', name, input })),
  ...views.map(({ name, input }) => ({ method: 'GET', name, input })),
])
const schemas = new Map(
  acts.map(({ name, input }) => [name, z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })]),
)

/** Every name of a field that anything here reads, and some that nothing reads. */
const fieldNames = [
  ...new Set(
    [...schemas.values()].flatMap((schema) => Object.keys((schema as { properties?: object }).properties ?? {})),
  ),
  ...[
    'way',
    'day',
    'day.year',
    'day.month',
    'day.day',
    'day.era',
    'mail',
    'name',
    'field',
    'other',
    'detail',
    'paper',
    'help',
    'back',
    'code',
    'q',
    'state',
  ],
  ...[
    'kept',
    'act',
    'all',
    'to',
    'show',
    'definition',
    'policy',
    'reason.detail',
    'due_on.year',
    'due_on.month',
    'due_on.day',
    'from.year',
    'roles',
    'scopes',
  ],
  ...[
    'until.year',
    'until.month',
    'until.day',
    'sure',
    'outcome',
    'everywhere',
    'keyColour',
    '__proto__',
    'constructor',
    'a[b]',
    '',
  ],
]
const field = fc.constantFrom(...fieldNames)
const anything: fc.Arbitrary<unknown> = fc.oneof(
  hostile,
  fc.jsonValue({ maxDepth: 3 }),
  fc.array(hostile, { maxLength: 3 }),
  fc.dictionary(field, hostile, { maxKeys: 3 }),
)
const fields = fc.array(fc.tuple(field, hostile), { maxLength: 60, size: 'max' })

const who = fc.constantFrom('visitor', ...demonstrationPersons.map(({ subject }) => subject))

/** A form as a browser sends it, or broken on the way. */
const formBody = fc.oneof(
  { weight: 5, arbitrary: fields.map((given) => ({ kind: 'fields' as const, given })) },
  { weight: 2, arbitrary: fields.map((given) => ({ kind: 'parts' as const, given })) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((given) => ({ kind: 'bytes' as const, given })) },
)

/** What a program sends: something that could be read, with one thing in it replaced; or anything. */
const given = fc.record({
  name: fc.nat(),
  key: fc.nat(),
  value: anything,
  whole: fc.oneof({ weight: 1, arbitrary: anything }, { weight: 6, arbitrary: fc.constant(undefined) }),
})

let count = 0
/** What went wrong, once per place in the code, with the request that showed it. */
const wrong = new Map<string, string>()

async function ask(path: string, init: RequestInit, said: unknown) {
  // A second passes, so that limits stay out of the way; signed in again before a session runs out.
  ahead += 1_000
  if (count++ % 400 === 0) await signIn()
  faults.length = 0
  const answer = await house.app.request(`http://localhost:3000/attaka${path}`, init)
  const text = await answer.text()
  const note = (what: string) => wrong.set(what, wrong.get(what) ?? JSON.stringify(said).slice(0, 1_500))
  if (answer.status >= 500) note(`${answer.status} ${JSON.stringify(faults[0] ?? path.split('?')[0])}`)
  if (answer.status === 429) note('429: the test is too fast for its own clock')
  const type = answer.headers.get('content-type') ?? ''
  if (type.startsWith('text/html') && /<script>alert|<img src=x/.test(text)) {
    note(`markup as typed at ${path.split('?')[0]}`)
  }
  if (
    path.startsWith('/api/') &&
    !(answer.ok ? /^application\/json|^text\// : /^application\/problem\+json/).test(type)
  ) {
    note(`${answer.status} as ${type} at ${path.split('?')[0]}`)
  }
}

async function signIn() {
  for (const { subject, id } of demonstrationPersons) {
    const fresh = town.outside.sealer.newToken()
    const session = {
      id: town.outside.sealer.hashToken(fresh),
      person: id,
      assurance: 'account',
      provider: 'office',
      staff: true,
    }
    await house.sceneOf('attaka').change((db) => startSession(db, session, new Date(Date.now() + ahead)))
    cookies.set(subject, fresh)
  }
  cookies.set('visitor', 'v'.repeat(43))
}

type Body = { kind: 'fields' | 'parts'; given: [string, string][] } | { kind: 'bytes'; given: Uint8Array }

async function bodyOf({ kind, given }: Body, secret: string) {
  const csrf = formTokenOf(town.outside.sealer, secret)
  if (kind === 'bytes') return { body: new Uint8Array(given), type: 'application/x-www-form-urlencoded' }
  if (kind === 'fields') return encoded(new URLSearchParams([['_csrf', csrf], ...given]))
  const form = new FormData()
  form.set('_csrf', csrf)
  for (const [at, [name, value]] of given.entries()) {
    if (at % 2) form.append(name, new Blob([value]), `${value.slice(0, 20)}.pdf`)
    else form.append(name, value)
  }
  return encoded(form)
}

/** The bytes of a form, written out before they are sent: who refuses them early stops reading in the middle. */
async function encoded(form: FormData | URLSearchParams) {
  const written = new Response(form)
  return { body: new Uint8Array(await written.arrayBuffer()), type: written.headers.get('content-type') ?? '' }
}

test(`pages answer whatever is sent to them: ${requests / 2} requests to every route there is, and no fault`, async () => {
  const routes = house.app.routes
    .filter(
      ({ method, path }) => ['GET', 'POST'].includes(method) && !path.startsWith('/api/') && path !== '/trial/mailbox',
    )
    .map(({ method, path }) => ({ method, path }))
  expect(routes.length).toBeGreaterThan(50)
  const request = fc.record({
    route: fc.constantFrom(...routes),
    person: who,
    parts: fc.array(hostile, { minLength: 4, maxLength: 4 }),
    query: fields,
    body: formBody,
  })
  await fc.assert(
    fc.asyncProperty(request, async ({ route, person, parts, query, body }) => {
      const left = [...parts]
      const path = route.path.replace(
        /:\w+(\{[^}]*\})?|\*/g,
        () => encodeURIComponent((left.pop() ?? '').toWellFormed()) || 'x',
      )
      const secret = cookies.get(person) ?? 'v'.repeat(43)
      const search = `?${new URLSearchParams(query.filter(([name]) => name !== '_csrf'))}`
      const cookie = `attaka=${secret}`
      const said = { route, person, path, query, body }
      if (route.method === 'GET') return ask(path + search, { headers: { cookie } }, said)
      const { body: bytes, type } = await bodyOf(body, secret)
      await ask(path + search, { method: 'POST', body: bytes, headers: { cookie, 'content-type': type } }, said)
    }),
    { numRuns: requests / 2, endOnFailure: true },
  )
  expect([...wrong]).toEqual([])
}, 120_000)

test(`the API answers whatever is sent to it: ${requests / 2} requests to every act and view, and no fault`, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...acts),
      given,
      fc.boolean(),
      async ({ name, method }, { name: at, key, value, whole }, known) => {
        const sample = inputWith(schemas.get(name), real[at % real.length] ?? 'x').value as Record<string, unknown>
        const keys = Object.keys(sample)
        const changed = keys.length > 0 && key % 5 > 0 ? { ...sample, [keys[key % keys.length] ?? 'x']: value } : sample
        const sent = whole === undefined ? changed : whole
        const path = `/api/v1/${name.replace('.', '/')}`
        const headers = {
          'content-type': 'application/json',
          ...((known || at % 4) && { authorization: `Bearer ${token}` }),
        }
        const query = new URLSearchParams(
          Object.entries((sent ?? {}) as object).map(([field, inner]) => [
            field,
            String(typeof inner === 'object' ? JSON.stringify(inner) : inner),
          ]),
        )
        if (method === 'GET') await ask(`${path}?${query}`, { headers }, { name, sent })
        else await ask(path, { method, headers, body: JSON.stringify(sent) ?? '' }, { name, sent })
      },
    ),
    { numRuns: requests / 2, endOnFailure: true },
  )
  expect([...wrong]).toEqual([])
}, 120_000)

test('and the house stands as before: pages, queue and audit trail are there', async () => {
  await signIn()
  const cookie = (subject: string) => ({ headers: { cookie: `attaka=${cookies.get(subject)}` } })
  expect((await house.app.request('http://localhost:3000/attaka/procedures')).status).toBe(200)
  expect((await house.app.request('http://localhost:3000/mie/console/filings', cookie('approver'))).status).toBe(401)
  expect(await town.sql('select from pg_class where relname = $1', ['filing'])).toHaveLength(1)
})
