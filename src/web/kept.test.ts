import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { demonstrationPersons } from '#modules/people/index.ts'
import { pathIn } from '../../tests/answers.ts'
import { workdayAhead } from '../../tests/days.ts'
import { openHouse, type TestHouse } from '../../tests/house.ts'
import { sweepSessions } from './sessions.ts'

let house: TestHouse
let filing: string
beforeAll(async () => {
  house = await openHouse()
  const visitor = house.browser()
  const begun = await visitor.post('/procedures/dx-consultation-event/begin')
  const draft = pathIn(begun)
  await visitor.post(`${draft}/session`, { way: 'online', ...workdayAhead().typed })
  await visitor.post(`${draft}/contact`, { name: '花子', mail: 'hanako@example.jp' })
  await visitor.post(`${draft}/matter`, { field: ['data'] })
  expect((await visitor.post(`${draft}/_check`)).status).toBe(303)
  filing = (await house.sql<{ id: string }>('select id from filing'))[0]?.id ?? ''
})
beforeEach(() => house.sql('delete from kept_input'))

type Browser = Awaited<ReturnType<TestHouse['as']>>

const idOf = (subject: string) => demonstrationPersons.find((one) => one.subject === subject)?.id ?? ''
const typed = '電話で確かめた<内容>'

/** Where the page's ways to sign in, in its head and in its text, lead back to: the same for all. */
const backIn = (html: string) => {
  const ways = [...html.matchAll(/href="\/attaka\/sign-in\?back=([^"]*)"/g)].map(([, back]) => back)
  expect(new Set(ways).size).toBe(1)
  return decodeURIComponent(ways[0] ?? '')
}

/** A browser follows what it is told. */
const follow = async (browser: Pick<Browser, 'get'>, path: string) => {
  let answer = await browser.get(path)
  for (let hops = 0; answer.status === 303 && hops < 4; hops++) answer = await browser.get(pathIn(answer))
  return answer
}

/** Types a note, is away for longer than a session lasts, and sends it. */
const sendTooLate = async () => {
  const reviewer = await house.as('reviewer')
  expect((await reviewer.get(`/console/filings/${filing}`)).status).toBe(200)
  house.pass(31 * 60_000)
  const late = await reviewer.post(`/console/filings/${filing}/note`, { note: typed })
  const html = await late.text()
  return { reviewer, late, html, back: backIn(html) }
}

describe('a note that is sent after the sign-in ran out', () => {
  test('is answered by a page that says it is kept, and how to go on', async () => {
    const { late, html, back } = await sendTooLate()
    expect(late.status).toBe(401)
    expect(html).toContain('入力したものは暗号化して保存してあります')
    expect(html).not.toContain('電話で確かめた')
    expect(back).toMatch(new RegExp(`^/console/filings/${filing}/note\\?kept=[0-9a-f-]{36}$`))
    const events = await house.sql(`select id from filing_event where filing = $1 and kind = 'noted'`, [filing])
    expect(events).toEqual([])
  })

  test('lies encrypted until then', async () => {
    await sendTooLate()
    const [kept] = await house.sql<{ person: string; sealed: string }>('select person, sealed from kept_input')
    expect(kept?.person).toBe(idOf('reviewer'))
    expect(kept?.sealed).not.toContain('電話')
    expect(Buffer.from(kept?.sealed ?? '', 'base64url').toString('utf8')).not.toContain('電話')
  })

  test('stands in its box again when the same person has signed in, and can be sent', async () => {
    const { reviewer, back } = await sendTooLate()
    const signIn = await (await reviewer.get(`/sign-in?back=${encodeURIComponent(back)}`)).text()
    expect(signIn).toContain(encodeURIComponent(back))
    await reviewer.signInAs(idOf('reviewer'))
    const again = await follow(reviewer, back)
    expect(again.status).toBe(200)
    expect(await again.text()).toMatch(/電話で確かめた&lt;内容&gt;\s*<\/textarea>/)
    expect(await (await follow(reviewer, back)).text()).not.toContain('電話で確かめた')
    expect((await reviewer.post(`/console/filings/${filing}/note`, { note: 'できた' })).status).toBe(303)
  })

  test('is shown to nobody else at the same screen', async () => {
    const { reviewer, back } = await sendTooLate()
    await reviewer.signInAs(idOf('approver'))
    const other = await follow(reviewer, back)
    expect(other.status).toBe(200)
    expect(await other.text()).not.toContain('電話で確かめた')
    expect(await house.sql('select id from kept_input')).toHaveLength(1)
  })

  test('is shown in no other browser to a visitor, nor to the same id in another tenant', async () => {
    const { back } = await sendTooLate()
    const visitor = await follow(house.browser(), back)
    expect(visitor.status).toBe(401)
    expect(await visitor.text()).not.toContain('電話で確かめた')
    const elsewhere = await house.as('reviewer', 'mie')
    expect((await elsewhere.get(back)).status).toBe(303)
    expect(await (await elsewhere.get(back.replace('/note', ''))).text()).not.toContain('電話で確かめた')
    expect(await house.sql('select id from kept_input')).toHaveLength(1)
  })

  test('isn’t shown on another page', async () => {
    const { reviewer, back } = await sendTooLate()
    await reviewer.signInAs(idOf('reviewer'))
    const kept = back.split('?')[1]
    const elsewhere = await reviewer.get(`/console/filings/${filing}/correction?${kept}`)
    expect(await elsewhere.text()).not.toContain('電話で確かめた')
    expect(await house.sql('select id from kept_input')).toHaveLength(1)
  })

  test('is forgotten after a day', async () => {
    await sendTooLate()
    house.pass(25 * 3_600_000)
    const scene = house.sceneOf('attaka')
    await scene.change((db) => sweepSessions(db, scene.now))
    expect(await house.sql('select id from kept_input')).toEqual([])
  })
})

test('what a visitor typed is kept for their browser alone, also when signing in gives it a new secret', async () => {
  const visitor = house.browser()
  const late = await visitor.post(`/console/filings/${filing}/note`, { note: typed })
  const back = backIn(await late.text())
  expect(late.status).toBe(401)
  const stranger = await house.as('reviewer')
  expect(await (await follow(stranger, back)).text()).not.toContain('電話で確かめた')
  visitor.jar.set('attaka-before', visitor.jar.get('attaka') ?? '')
  await visitor.signInAs(idOf('reviewer'))
  expect(await (await follow(visitor, back)).text()).toContain('電話で確かめた')
})

describe('an address that only takes forms', () => {
  test('leads whoever comes by reloading to the page with the form', async () => {
    const reviewer = await house.as('reviewer')
    const answer = await reviewer.get(`/console/filings/${filing}/note?a=b`)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(`/attaka/console/filings/${filing}?a=b`)
    expect((await reviewer.get('/sign-in/mail')).headers.get('location')).toBe('/attaka/sign-in')
  })

  test('is no page for programs, and other addresses stay unknown', async () => {
    const visitor = house.browser()
    expect((await visitor.get('/api/v1/people/sign-out')).status).toBe(404)
    expect((await visitor.get('/console/filings/x/none')).status).toBe(404)
  })
})
