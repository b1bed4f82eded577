import { beforeAll, describe, expect, test } from 'vitest'
import { pathIn } from '../../../tests/answers.ts'
import { openHouse, type TestHouse } from '../../../tests/house.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})

const codeIn = async (mail: string) => {
  await house.settle()
  const [last] = (await house.outside.sent('attaka')).filter(({ to }) => to === mail)
  return last?.text.match(/\d{6}/)?.[0] ?? ''
}

describe('a resident', () => {
  test('signs in with the code from the mail and comes back to where they were', async () => {
    const hanako = house.browser()
    const sent = await hanako.post('/sign-in/mail', { mail: 'ｈａｎａｋｏ@example.jp ', back: '/my' })
    expect(sent.status).toBe(303)
    const codePage = sent.headers.get('location')?.replace('/attaka', '') ?? ''
    expect(codePage).toContain('back=%2Fmy')
    const id = new URLSearchParams(codePage.split('?')[1]).get('id') ?? ''
    const done = await hanako.post('/sign-in/code', { id, code: await codeIn('hanako@example.jp'), back: '/my' })
    expect(done.status).toBe(303)
    expect(done.headers.get('location')).toBe('/attaka/my')
    expect(await (await hanako.get('/')).text()).toContain('hanako@example.jp')
  })

  test('is told what to correct in a mail address, and finds it as typed', async () => {
    const page = await house.browser().post('/sign-in/mail', { mail: 'hanako@<b>' })
    const html = await page.text()
    expect(page.status).toBe(422)
    expect(html).toContain('メールアドレスの形を確かめてください')
    expect(html).toContain('hanako@&lt;b&gt;')
  })

  test('has five tries, even when they come at once, and the code works once', async () => {
    const mallory = house.browser()
    const sent = await mallory.post('/sign-in/mail', { mail: 'victim@example.jp' })
    const id = new URL(sent.headers.get('location') ?? '', 'http://x').searchParams.get('id') ?? ''
    const right = await codeIn('victim@example.jp')
    const wrong = right === '111111' ? '222222' : '111111'
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => mallory.post('/sign-in/code', { id, code: wrong })),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(422))
    const late = await mallory.post('/sign-in/code', { id, code: right })
    expect(late.status).toBe(422)
    expect(await late.text()).toContain('もう一度コードを送ってください')
  })

  test('sees to which address the code went, and can enter another or ask again from there', async () => {
    const who = house.browser()
    const sent = await who.post('/sign-in/mail', { mail: 'tpyo@example.jp', back: '/my' })
    const place = pathIn(sent)
    const html = await (await who.get(place)).text()
    expect(html).toContain('tpyo@example.jp に送りました')
    expect(html).toContain('href="/attaka/sign-in?back=%2Fmy">メールアドレスを入れ直す')
    expect(html).toContain('name="mail" value="tpyo@example.jp"')
    // The link names the code; whom it was sent to is told to nobody else.
    expect(await (await house.browser().get(place)).text()).not.toContain('tpyo@example.jp')
    for (const id of ['x', '01900000-0000-7000-8000-00000000ffff']) {
      expect(await (await who.get(`/sign-in/code?id=${id}`)).text()).not.toContain('tpyo@example.jp')
    }
  })

  test('whose code is dead is asked for no code any more, but offered another one', async () => {
    const who = house.browser()
    const sent = await who.post('/sign-in/mail', { mail: 'dead@example.jp' })
    const id = new URL(sent.headers.get('location') ?? '', 'http://x').searchParams.get('id') ?? ''
    const wrong = (await codeIn('dead@example.jp')) === '111111' ? '222222' : '111111'
    const pages: string[] = []
    for (let n = 0; n < 6; n++) pages.push(await (await who.post('/sign-in/code', { id, code: wrong })).text())
    expect(pages[0]).toContain('name="code"')
    expect(pages[5]).not.toContain('name="code"')
    expect(pages[5]).toContain('間違いが続いたため')
    expect(pages[5]).toMatch(/data-kind="primary"[^>]*>確認コードをもう一度送る/)
    const again = await who.post('/sign-in/mail', { mail: 'dead@example.jp', back: '/' })
    house.pass(11 * 60_000)
    const late = await (await who.get(pathIn(again))).text()
    expect(late).toContain('この確認コードは使えなくなりました')
    expect(late).not.toContain('name="code"')
    house.pass(-11 * 60_000)
  })

  test('finds in the mail whose it is, whom to ask, and that this is a trial', async () => {
    await house.browser().post('/sign-in/mail', { mail: 'whose@example.jp' })
    await house.settle()
    const mail = (await house.outside.sent('attaka')).find(({ to }) => to === 'whose@example.jp')
    expect(mail?.subject).toContain('あったか県')
    for (const words of ['あったか県', '電話　000-000-0000', '試用環境']) expect(mail?.text).toContain(words)
  })

  test('who gave no name yet is not called by an address, and is asked for one', async () => {
    const who = house.browser()
    const sent = await who.post('/sign-in/mail', { mail: 'nameless@example.jp' })
    const id = new URL(sent.headers.get('location') ?? '', 'http://x').searchParams.get('id') ?? ''
    await who.post('/sign-in/code', { id, code: await codeIn('nameless@example.jp') })
    const my = await (await who.get('/my')).text()
    expect(my).toContain('nameless@example.jp でサインインしています')
    expect(my).not.toContain('nameless@example.jp 様')
    expect(my).toContain('href="/attaka/my/account/name"')
  })

  test('who signs in where somebody else still is signs that one out', async () => {
    const shared = house.browser()
    const signIn = async (mail: string) => {
      const sent = await shared.post('/sign-in/mail', { mail })
      const id = new URL(sent.headers.get('location') ?? '', 'http://x').searchParams.get('id') ?? ''
      expect((await shared.post('/sign-in/code', { id, code: await codeIn(mail) })).status).toBe(303)
      return shared.jar.get('attaka') ?? ''
    }
    const first = await signIn('first@example.jp')
    await signIn('second@example.jp')
    expect(await (await shared.get('/my')).text()).toContain('second@example.jp')
    const left = house.browser()
    left.jar.set('attaka', first)
    expect((await left.get('/my')).status).toBe(401)
  })

  test('can’t use a code in another browser', async () => {
    const sent = await house.browser().post('/sign-in/mail', { mail: 'taro@example.jp' })
    const id = new URL(sent.headers.get('location') ?? '', 'http://x').searchParams.get('id') ?? ''
    const stolen = await house.browser().post('/sign-in/code', { id, code: await codeIn('taro@example.jp') })
    expect(stolen.status).toBe(422)
  })
})

describe('a member of staff', () => {
  test('signs in through the office’s provider and reaches the console', async () => {
    const staff = house.browser()
    const away = await staff.get('/sign-in/with/office?back=/console')
    expect(away.status).toBe(303)
    expect(away.headers.get('location')).toMatch(/^http:\/\/provider\.example/)
  })

  test('is refused when the state is unknown', async () => {
    const back = await house.browser().get('/sign-in/back?state=nonsense&code=x')
    expect(back.status).toBe(400)
    expect(await back.text()).toContain('サインインできませんでした')
  })

  test('signs out, and the session is over', async () => {
    const reviewer = await house.as('reviewer')
    expect((await reviewer.get('/console')).status).toBe(200)
    const before = new Map(reviewer.jar)
    await reviewer.post('/sign-out')
    for (const [name, value] of before) reviewer.jar.set(name, value)
    expect((await reviewer.get('/console')).status).toBe(401)
  })

  test('is asked to sign in again after half an hour without a sign of life', async () => {
    const reviewer = await house.as('reviewer')
    house.pass(31 * 60_000)
    expect((await reviewer.get('/console')).status).toBe(401)
  })
})

test('a link can’t lead a person who signs in to another site', async () => {
  const page = await (await house.browser().get('/sign-in?back=//evil.example/')).text()
  expect(page).toContain('name="back" value="/"')
  expect(page).not.toContain('href="//evil')
})

test('a visitor is asked to sign in at the console', async () => {
  const page = await house.browser().get('/console')
  expect(page.status).toBe(401)
  expect(await page.text()).toContain('サインインしてください')
})
