import { beforeAll, describe, expect, test } from 'vitest'
import { countHit } from '#platform/tenants.ts'
import { askFrom, formOf } from '../../tests/ask-from.ts'
import { openHouse, type TestHouse } from '../../tests/house.ts'
import { atOnce as allAtOnce } from '../../tests/occupied.ts'
import { residentOf } from '../../tests/resident.ts'
import type { House } from '../house.ts'

let whole: TestHouse
/** Two connections: whoever asks while they are taken waits, and is opened together with the others. */
let house: House
beforeAll(async () => {
  whole = await openHouse()
  const now = new Date()
  house = await whole.beside({ poolSize: 2, proxyHops: 1, clock: () => now })
  return () => house.close()
})

type Browser = Pick<ReturnType<TestHouse['browser']>, 'jar'>
const secretOf = ({ jar }: Browser) => jar.get('attaka') ?? ''

/** Each from an address of its own, but for those that are given one. */
let addresses = 0
const nextAddress = () => `198.51.100.${++addresses}`
const ask = (path: string, browser: Browser) =>
  askFrom(house, `/attaka${path}`, { from: nextAddress(), secret: secretOf(browser) })
const post = (path: string, browser: Browser, fields: Record<string, string>, from = nextAddress()) =>
  askFrom(house, `/attaka${path}`, { from, ...formOf(whole, secretOf(browser), fields) })

const atOnce = (asking: readonly (() => Response | Promise<Response>)[]) => allAtOnce(house.database, 2, asking)

let named = 0
const resident = () => residentOf(whole, `together-${++named}@example.jp`)
const visitor = async () => {
  const browser = whole.browser()
  browser.jar.set('attaka', whole.outside.sealer.newToken())
  return browser
}

describe('requests that are opened together', () => {
  test('see their own person each, and visitors nobody', async () => {
    const residents = await Promise.all(Array.from({ length: 12 }, resident))
    const visitors = await Promise.all(Array.from({ length: 6 }, visitor))
    const everybody = [...residents, ...visitors].sort(() => Math.random() - 0.5)
    const answers = await atOnce(everybody.map((one) => () => ask('/my/account', one)))
    for (const [n, one] of everybody.entries()) {
      const html = (await answers[n]?.text()) ?? ''
      const shown = new Set(html.match(/together-\d+@example\.jp/g))
      if ('mail' in one) expect([answers[n]?.status, ...shown]).toEqual([200, one.mail])
      else expect([answers[n]?.status, ...shown]).toEqual([401])
    }
  })

  test('let a session that is over in no more than when they come alone', async () => {
    const [ended, idle, live] = await Promise.all([resident(), resident(), resident()])
    await whole.sql('update session set ended_at = now() where person = $1', [ended.id])
    await whole.sql(`update session set idle_until = now() - interval '1 minute' where person = $1`, [idle.id])
    const answers = await atOnce([ended, idle, live].map((one) => () => ask('/my/account', one)))
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 200])
  })

  test('know an unknown token, and nobody else’s person by it', async () => {
    const one = await resident()
    const api = (headers: Record<string, string>) => () =>
      house.app.request('http://localhost:3000/attaka/api/v1/procedures/catalogue', { headers })
    const answers = await atOnce([
      api({ authorization: `Bearer ${'x'.repeat(43)}`, 'x-forwarded-for': '203.0.113.1' }),
      api({ 'x-forwarded-for': '203.0.113.2' }),
      () => ask('/my/account', one),
    ])
    expect(answers.map(({ status }) => status)).toEqual([401, 200, 200])
  })

  test('count every post, for its address and for its account', async () => {
    const [one, two] = await Promise.all([resident(), resident()])
    const typed = { number: 'R8-AAAA-AAAA', mail: 'a@example.jp' }
    const from = { one: '192.0.2.81', two: '192.0.2.82' }
    await whole.sql('delete from hit')
    await atOnce([
      () => post('/filings/status', one, typed, from.one),
      () => post('/filings/status', two, typed, from.two),
      () => post('/filings/status', one, typed, from.one),
      () => post('/filings/status', one, typed, from.two),
    ])
    const counts = await whole.sql<{ key: string; count: number }>(
      `select key, count from hit where key like 'post:%' order by count, key`,
    )
    expect(counts.map(({ count }) => Number(count))).toEqual([1, 2, 2, 3])
    expect(counts.find(({ count }) => Number(count) === 3)?.key).toBe(`post:${one.id}`)
    expect(counts.find(({ count }) => Number(count) === 1)?.key).toBe(`post:${two.id}`)
  })

  test('are refused each by its own limit: the one that is over it, and not its neighbours', async () => {
    const [loud, quiet] = await Promise.all([resident(), resident()])
    const typed = { number: 'R8-AAAA-AAAA', mail: 'a@example.jp' }
    await whole.sql('delete from hit')
    await post('/filings/status', loud, typed)
    await whole.sql('update hit set count = 118 where key = $1', [`post:${loud.id}`])
    const answers = await atOnce([
      () => post('/filings/status', loud, typed),
      () => post('/filings/status', quiet, typed),
      () => post('/filings/status', loud, typed),
      () => post('/filings/status', loud, typed),
    ])
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 429])
  })
})

test('a row that only one of them waits for holds up nobody else', async () => {
  const typed = { number: 'R8-AAAA-AAAA', mail: 'a@example.jp' }
  const [one, two, bad] = await Promise.all([visitor(), visitor(), visitor()])
  const key = `post:${whole.outside.sealer.sign('address', '192.0.2.90')}`
  const [holding, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const holder = whole.sceneOf('attaka').change(async (db) => {
    await countHit(db, key, house.sceneOf('attaka').now, 60)
    holding.resolve()
    await release.promise
  })
  await holding.promise
  const done: string[] = []
  const from = (name: string, browser: Browser, address: string) => async () => {
    const answer = await post('/filings/status', browser, typed, address)
    done.push(name)
    return answer
  }
  const answers = atOnce([
    from('one', one, '192.0.2.91'),
    from('two', two, '192.0.2.92'),
    from('bad', bad, '192.0.2.90'),
  ])
  await expect.poll(() => done.toSorted(), { timeout: 5_000 }).toEqual(['one', 'two'])
  release.resolve()
  await holder
  expect((await answers).map(({ status }) => status)).toEqual([422, 422, 422])
})

test('those who come to the console open alone: what waits for them takes longer', async () => {
  const staff = await whole.as('reviewer')
  const one = await resident()
  const answers = await atOnce([() => ask('/console', staff), () => ask('/my/account', one)])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect(await answers[1]?.text()).toContain(one.mail)
})
