import { beforeAll, describe, expect, test } from 'vitest'
import { countHit } from '#platform/tenants.ts'
import { openHouse, type TestHouse } from '../../tests/house.ts'
import { formTokenOf } from './guard.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})

const secret = 'a'.repeat(43)
const cookie = `attaka=${secret}`
const token = (of = secret) => formTokenOf(house.outside.sealer, of)

/** A post as any program on the net could send it. */
const post = (fields: Record<string, string>, headers: Record<string, string> = {}, path = '/attaka/filings/status') =>
  house.app.request(`http://localhost:3000${path}`, {
    method: 'POST',
    headers: { cookie, ...headers },
    body: new URLSearchParams(fields),
  })

const typed = { number: 'R8-XXXX-XXXX', mail: 'hanako@example.jp' }

describe('a form', () => {
  test('with its own token is read', async () => {
    expect((await post({ ...typed, _csrf: token() })).status).toBe(422)
  })

  test('carries a token of another making on every page, each as good as the other', async () => {
    const [one, other] = [token(), token()]
    expect(one).not.toBe(other)
    expect((await post({ ...typed, _csrf: one })).status).toBe(422)
    expect((await post({ ...typed, _csrf: other })).status).toBe(422)
  })

  test.each([
    ['no token', {}],
    ['an empty token', { _csrf: '' }],
    ['a made-up token', { _csrf: 'abc.def' }],
    ['a token cut short', { _csrf: '{own}'.slice(0, -1) }],
    ['the cookie itself', { _csrf: secret }],
    ['the token of another browser', { _csrf: '{foreign}' }],
  ])('with %s is refused by a page that helps, and nothing of it is read', async (_, fields: { _csrf?: string }) => {
    const given = fields._csrf?.replace('{own', token().slice(0, -1)).replace('{foreign}', token('b'.repeat(43)))
    const answer = await post({ ...typed, number: '<script>', ...(given !== undefined && { _csrf: given }) })
    const html = await answer.text()
    expect(answer.status).toBe(403)
    expect(html).toContain('もう一度お試しください')
    expect(html).toContain('ページを開き直して、もう一度送ってください')
    expect(html).not.toContain('script&gt;')
  })

  test('with its token but without the cookie is refused', async () => {
    expect((await post({ ...typed, _csrf: token() }, { cookie: '' })).status).toBe(403)
    expect((await post({ ...typed, _csrf: token() }, { cookie: 'attaka=short' })).status).toBe(403)
  })

  test('that names its token twice is refused', async () => {
    const body = new URLSearchParams([
      ['_csrf', token()],
      ['_csrf', token()],
    ])
    const answer = await house.app.request('http://localhost:3000/attaka/filings/status', {
      method: 'POST',
      headers: { cookie },
      body,
    })
    expect(answer.status).toBe(403)
  })

  test('with the token in the address only is refused: addresses are shown to others', async () => {
    expect((await post(typed, {}, `/attaka/filings/status?_csrf=${token()}`)).status).toBe(403)
  })
})

describe('a post that says where it comes from', () => {
  const from = async (headers: Record<string, string>) => (await post({ ...typed, _csrf: token() }, headers)).status

  test('is read from this site', async () => {
    expect(await from({ origin: 'http://localhost:3000' })).toBe(422)
    expect(await from({ 'sec-fetch-site': 'same-origin' })).toBe(422)
    expect(await from({ 'sec-fetch-site': 'none' })).toBe(422)
  })

  test.each([
    'https://evil.example',
    'null',
    'http://localhost:3001',
    'https://localhost:3000',
    'http://localhost:3000.evil.example',
    'http://localhost:3000/',
    'nonsense',
  ])('is refused from %s, though its token is right', async (origin) => {
    expect(await from({ origin })).toBe(403)
  })

  test('that is refused leads back to this site only, whatever its address looks like', async () => {
    const answer = await post({ ...typed }, { origin: 'http://evil.example' }, '/attaka//evil.example/login')
    expect(answer.status).toBe(403)
    expect(await answer.text()).not.toMatch(/(href|action)="\/\//)
  })

  test.each(['cross-site', 'same-site'])('is refused from %s', async (site) => {
    expect(await from({ 'sec-fetch-site': site })).toBe(403)
  })
})

test('every address that takes a form refuses one without a token, whoever sends it', async () => {
  const paths = house.app.routes
    .filter(({ method, path }) => method === 'POST' && !path.startsWith('/api/'))
    .map(({ path }) => path.replace(/:\w+(\{[^}]*\})?/g, '01900000-0000-7000-8000-000000000101'))
  expect(paths.length).toBeGreaterThan(20)
  for (const subject of ['approver', 'administrator', 'planner']) {
    const person = await house.as(subject)
    for (const path of paths) {
      const { status } = await person.send(path, { method: 'POST', body: new URLSearchParams({ outcome: 'approved' }) })
      // Some look first whether there is such a thing at all.
      expect([403, 404], `${subject} ${path}`).toContain(status)
      house.pass(600)
    }
  }
})

describe('too many posts', () => {
  /** As if so many had come from this address and account in this minute. */
  const counted = (count: number) => house.sql('update hit set count = $1', [count])

  test('from one address are refused until the minute is over, in words that help', async () => {
    house.pass(120_000)
    await post({ ...typed, _csrf: token() })
    await counted(600)
    const refused = await post({ ...typed, _csrf: token() })
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('60')
    expect(await refused.text()).toContain('少し時間をおいてから')
    expect((await house.browser().get('/procedures')).status).toBe(200)
    house.pass(61_000)
    expect((await post({ ...typed, _csrf: token() })).status).not.toBe(429)
  })

  test('refuse leaving for an identity provider too: each time is written down', async () => {
    house.pass(120_000)
    const leave = () => house.app.request('http://localhost:3000/attaka/sign-in/with/office', { redirect: 'manual' })
    expect((await leave()).status).toBe(303)
    await counted(600)
    expect((await leave()).status).toBe(429)
  })

  test('from one account are refused, whatever the addresses', async () => {
    house.pass(120_000)
    const person = await house.as('reviewer')
    const { change, now } = house.sceneOf('attaka')
    await change(async (db) => {
      for (let hits = 0; hits < 120; hits++) await countHit(db, `post:${person.id}`, now, 60)
    })
    expect((await person.post('/sign-out')).status).toBe(429)
    expect((await (await house.as('approver')).post('/sign-out')).status).toBe(303)
  })

  test('of a program are told as a problem document', async () => {
    house.pass(120_000)
    const ask = () => house.app.request('http://localhost:3000/attaka/api/v1/procedures/add-note', { method: 'POST' })
    await ask()
    await counted(600)
    const refused = await ask()
    expect(refused.headers.get('content-type')).toBe('application/problem+json')
    expect(refused.headers.get('retry-after')).toBe('60')
    expect(await refused.json()).toMatchObject({ status: 429, type: 'urn:attaka:problem:too-many' })
  })
})
