import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { pathIn } from '../../../tests/answers.ts'
import { workdayAhead } from '../../../tests/days.ts'
import { openHouse, type TestHouse } from '../../../tests/house.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})

type Browser = ReturnType<TestHouse['browser']>

const begin = async (who: Browser, fields = {}) =>
  pathIn(await who.post('/procedures/dx-consultation-event/begin', fields))
const cookieOf = (answer: Response) => answer.headers.getSetCookie().find((one) => one.startsWith('attaka=')) ?? ''
const resident = async (mail: string) => {
  const [person] = await house.sql<{ id: string }>(
    `insert into person (tenant, id, kind, name, mail, mail_verified_at, created_at)
     values ('attaka', gen_random_uuid(), 'resident', '山本', $1, now(), now()) returning id`,
    [mail],
  )
  const who = house.browser()
  await who.signInAs(person?.id ?? '', { staff: false, assurance: 'mail' })
  return who
}

const session = { way: 'online', ...workdayAhead().typed }
const contact = { name: '𠮷田　花子', mail: 'hanako@example.jp', phone: '' }
const matter = { field: ['data'], detail: '台帳が紙です。' }

describe('the secret of a browser without a sign-in', () => {
  test('lasts as long as its draft is kept, from every page that is saved', async () => {
    const who = house.browser()
    const begun = await who.post('/procedures/dx-consultation-event/begin')
    expect(cookieOf(begun)).toContain(`Max-Age=${60 * 86_400}`)
    const secret = who.jar.get('attaka')
    const saved = await who.post(`${pathIn(begun)}/contact`, contact)
    expect(cookieOf(saved)).toContain(`Max-Age=${60 * 86_400}`)
    expect(who.jar.get('attaka')).toBe(secret)
    expect(await (await who.get(`${pathIn(begun)}/contact`)).text()).toContain(
      '60日のあいだ、この端末の同じブラウザで続けられます',
    )
  })

  test('ends with the browser again, once nothing is left to continue', async () => {
    const who = house.browser()
    const drafts = [await begin(who)]
    await who.post(`${drafts[0]}/session`, session)
    drafts.push(await begin(who))
    const sent: Response[] = []
    for (const draft of drafts) {
      await who.post(`${draft}/session`, session)
      await who.post(`${draft}/contact`, contact)
      await who.post(`${draft}/matter`, matter)
      sent.push(await who.post(`${draft}/_check`))
    }
    expect(sent.map(({ status }) => status)).toEqual([303, 303])
    expect(cookieOf(sent[0]!)).toBe('')
    expect(cookieOf(sent[1]!)).toMatch(/^attaka=[\w-]{40,}/)
    expect(cookieOf(sent[1]!)).not.toContain('Max-Age')
  })

  test('of whoever reads, looks up a state or signs in is as short as ever', async () => {
    const reader = await house.browser().get('/procedures/dx-consultation-event')
    expect(cookieOf(reader)).not.toContain('Max-Age')
    const person = await resident('short@example.jp')
    const draft = await begin(person)
    expect(cookieOf(await person.post(`${draft}/contact`, contact))).toBe('')
    expect(await (await person.get(`${draft}/contact`)).text()).toContain('60日のあいだ、サインインして続けられます')
  })

  test('and what was entered are forgotten where somebody asks for it, while what was filed stays', async () => {
    const who = house.browser()
    const filed = await begin(who)
    await who.post(`${filed}/session`, session)
    await who.post(`${filed}/contact`, contact)
    await who.post(`${filed}/matter`, matter)
    const number = pathIn(await who.post(`${filed}/_check`))
      .split('/')
      .at(-1)
    const draft = await begin(who)
    await who.post(`${draft}/contact`, contact)
    expect(await (await who.get(`${draft}/contact`)).text()).toContain('この端末から入力を消す')
    const other = house.browser()
    const theirs = await begin(other)

    expect((await who.post('/forget-device')).status).toBe(303)
    expect(who.jar.has('attaka')).toBe(false)
    const left = async (path: string) => house.sql('select id from draft where id = $1', [path.split('/').at(-1)])
    expect(await left(draft)).toEqual([])
    expect(await left(theirs)).toHaveLength(1)
    const [filing] = await house.sql<{ id: string }>('select id from filing where number = $1', [number])
    expect(filing).toBeDefined()
    expect(await house.sql('select filing from filing_access where filing = $1', [filing?.id])).toEqual([])
  })

  test('is not forgotten for a forged form', async () => {
    const who = house.browser()
    const draft = await begin(who)
    const forged = await who.send('/forget-device', {
      method: 'POST',
      body: new URLSearchParams({ _csrf: 'x' }),
    })
    expect(forged.status).toBe(403)
    expect((await who.get(`${draft}/contact`)).status).toBe(200)
  })
})

describe('a draft that this browser can’t open', () => {
  /** As a browser posts whose cookies are gone: the token in the form is worth nothing by now. */
  const stray = (who: Browser, path: string, fields: Record<string, string>, headers: Record<string, string>) =>
    who.send(path, { method: 'POST', headers, body: new URLSearchParams({ _csrf: 'worthless', ...fields }) })
  const own = { origin: 'http://localhost:3000' }

  test('asks nobody to sign in who never did, and says how to go on', async () => {
    const draft = await begin(house.browser())
    for (const path of [draft, `${draft}/contact`, `/apply/${newId()}/contact`]) {
      const page = await house.browser().get(path)
      const html = await page.text()
      expect(page.status).toBe(404)
      expect(html).toContain('入力の続きが見つかりません')
      expect(html).not.toContain('サインインしてください')
      expect(html).toContain('href="/attaka/procedures"')
      expect(html).not.toContain('dx-consultation-event')
      expect(html).toContain('000-000-0000')
    }
  })

  test('hands on what was typed, into a new draft of the procedure that the form named', async () => {
    const draft = await begin(house.browser())
    const lost = house.browser()
    const typed = { _procedure: 'dx-consultation-event', ...contact, name: '"><b>花子' }
    const page = await stray(lost, `${draft}/contact`, typed, own)
    const html = await page.text()
    expect(page.status).toBe(404)
    expect(html).toContain('いま送られた入力は残っています')
    expect(html).toContain('action="/attaka/procedures/dx-consultation-event/begin"')
    expect(html).toContain('name="mail" value="hanako@example.jp"')
    expect(html).not.toContain('<b>花子')

    const anew = await begin(lost, { _page: 'contact', ...contact })
    expect(anew).not.toBe(draft)
    expect(await (await lost.get(`${anew}/contact`)).text()).toContain('value="hanako@example.jp"')
    expect(await (await lost.get(anew)).text()).toBe('')
  })

  test('of somebody else says the same to whoever is signed in, and keeps what they typed', async () => {
    const draft = await begin(house.browser())
    const person = await resident('elsewhere@example.jp')
    const page = await person.post(`${draft}/contact`, { _procedure: 'dx-consultation-event', ...contact })
    const html = await page.text()
    expect(page.status).toBe(404)
    expect(html).toContain('入力を引き継いで申請する')
    expect(html).toContain('value="hanako@example.jp"')
  })

  test('shows nothing of a forged post, and names no procedure that isn’t public', async () => {
    const draft = await begin(house.browser())
    const typed = { _procedure: 'dx-consultation-event', ...contact }
    const foreign = await stray(house.browser(), `${draft}/contact`, typed, { origin: 'https://evil.example' })
    expect(foreign.status).toBe(403)
    const silent = await stray(house.browser(), `${draft}/contact`, typed, {})
    expect(await silent.text()).not.toContain('hanako@example.jp')
    const unknown = await stray(house.browser(), `${draft}/contact`, { ...typed, _procedure: 'no-such' }, own)
    expect(await unknown.text()).toContain('手続をさがす')
  })

  test('whose owner’s sign-in has run out leads through signing in back to what was typed', async () => {
    const person = await resident('runs-out@example.jp')
    const draft = await begin(person)
    house.pass(13 * 3_600_000)
    const page = await person.post(`${draft}/contact`, { ...contact, phone: '059-000-0000' })
    const html = await page.text()
    expect(page.status).toBe(401)
    expect(html).toContain('暗号化して保存してあります')
    expect(decodeURIComponent(html.match(/sign-in\?back=([^"]+)/)?.[1] ?? '')).toMatch(/\/contact\?kept=/)
    house.pass(-13 * 3_600_000)
  })
})

describe('somebody who has begun already', () => {
  test('gets the empty draft again rather than yet another, and finds every draft that holds something', async () => {
    const who = house.browser()
    const first = await begin(who)
    expect(await begin(who)).toBe(first)
    expect(await (await who.get('/procedures/dx-consultation-event')).text()).not.toContain('入力の続き')
    await who.post(`${first}/contact`, contact)
    const second = await begin(who)
    expect(second).not.toBe(first)
    const one = await (await who.get('/procedures/dx-consultation-event')).text()
    expect(one).toContain(`href="/attaka${first}"`)
    expect(one).not.toContain(`href="/attaka${second}"`)
    expect(one).toContain('新しく申請を始める')
    expect(one).toContain('上の下書きは消えません')
    await who.post(`${second}/contact`, contact)
    const both = await (await who.get('/procedures/dx-consultation-event')).text()
    expect(both).toContain('入力の続きが2件あります')
    for (const draft of [first, second]) expect(both).toContain(`href="/attaka${draft}"`)
  })

  test('is shown nobody else’s drafts', async () => {
    const draft = await begin(house.browser())
    const stranger = house.browser()
    await begin(stranger)
    expect(await (await stranger.get('/procedures/dx-consultation-event')).text()).not.toContain(draft)
  })
})
