import { beforeAll, describe, expect, test } from 'vitest'
import { idIn, pathIn } from '../../../tests/answers.ts'
import { workdayAhead } from '../../../tests/days.ts'
import { openHouse, type TestHouse } from '../../../tests/house.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})

type Browser = ReturnType<TestHouse['browser']>

const pages = (mail: string) => ({
  session: { way: 'online', ...workdayAhead().typed },
  contact: { name: '花子', mail, phone: '' },
  matter: { field: ['data'], detail: '台帳が紙です。' },
})

/** Files without a sign-in, from this mail address; gives the receipt number. */
const fileFrom = async (mail: string, who: Browser = house.browser()) => {
  const begun = await who.post('/procedures/dx-consultation-event/begin')
  const draft = pathIn(begun)
  for (const [page, fields] of Object.entries(pages(mail))) await who.post(`${draft}/${page}`, fields)
  const sent = await who.post(`${draft}/_check`)
  return idIn(sent)
}

const resident = async (mail: string, { verified = true, assurance = 'mail' } = {}) => {
  const [person] = await house.sql<{ id: string }>(
    `insert into person (tenant, id, kind, name, mail, mail_verified_at, created_at)
     values ('attaka', gen_random_uuid(), 'resident', '花子', $1, case when $2 then now() end, now()) returning id`,
    [mail, verified],
  )
  const who = house.browser()
  await who.signInAs(person?.id ?? '', { staff: false, assurance })
  return who
}

/** Signs in as people do: by the code that comes by mail. */
const byCode = async (mail: string) => {
  const who = house.browser()
  const sent = await who.post('/sign-in/mail', { mail, back: '/my' })
  const id = new URL(sent.headers.get('location') ?? '', 'http://x').searchParams.get('id') ?? ''
  await house.settle()
  const letter = (await house.outside.sent('attaka')).findLast(({ to, text }) => to === mail && /\d{6}/.test(text))
  const signed = await who.post('/sign-in/code', { id, code: letter?.text.match(/\d{6}/)?.[0] ?? '', back: '/my' })
  expect(signed.status).toBe(303)
  return who
}

describe('what was filed without a sign-in', () => {
  test('is there for whoever signs in by the code that came to the same mailbox', async () => {
    const number = await fileFrom('Ｈanako.own@example.jp')
    const hanako = await byCode('hanako.own@example.jp')
    expect(await (await hanako.get('/my')).text()).toContain(number)
    const filing = await hanako.get(`/filings/${number}`)
    expect(filing.status).toBe(200)
    expect(await filing.text()).toContain('受付済み')
    expect((await hanako.post(`/filings/${number}/withdraw`, { sure: 'yes' })).status).toBe(303)
  })

  test('is remembered for a browser by another value than its session, so that neither leads to the other', async () => {
    const number = await fileFrom('traces@example.jp')
    const hanako = await byCode('someone.else@example.jp')
    expect((await hanako.post('/filings/status', { number, mail: 'traces@example.jp' })).status).toBe(303)
    expect((await hanako.get(`/filings/${number}`)).status).toBe(200)
    await fileFrom('traces@example.jp')
    const of = (name: string) => house.sql<{ name: string }>(`select ${name} as name from session`)
    const sessions = (await of('id')).map(({ name }) => name)
    const secret = hanako.jar.get('attaka') ?? ''
    expect(sessions).toContain(house.outside.sealer.hashToken(secret))
    const visitors = await house.sql<{ owner: string }>(
      `select visitor as owner from filing_access union select replace(owner, 'browser:', '') from draft
       union select browser from mail_code`,
    )
    expect(visitors.length).toBeGreaterThan(1)
    expect(visitors.filter(({ owner }) => sessions.includes(owner))).toEqual([])
  })

  test('stays what it was: nobody is entered as having filed it', async () => {
    const number = await fileFrom('stays@example.jp')
    await (await byCode('stays@example.jp')).get('/my')
    expect(await house.sql('select applicant, assurance from filing where number = $1', [number])).toEqual([
      { applicant: null, assurance: 'none' },
    ])
  })

  test('is not there for other mailboxes, for an address that nobody has proved, nor by a sign-in that didn’t prove it', async () => {
    const number = await fileFrom('proved@example.jp')
    for (const who of [
      await resident('other@example.jp'),
      await resident('proved@example.jp', { verified: false }),
      await resident('proved@example.jp', { assurance: 'card' }),
    ]) {
      const my = await (await who.get('/my')).text()
      expect(my).not.toContain(number)
      expect(my).toContain('href="/attaka/filings/status"')
      expect((await who.post(`/filings/${number}/withdraw`, { sure: 'yes' })).status).toBe(404)
    }
  })

  test('is not there in another town', async () => {
    const number = await fileFrom('towns@example.jp')
    const [person] = await house.sql<{ id: string }>(
      `insert into person (tenant, id, kind, name, mail, mail_verified_at, created_at)
       values ('mie', gen_random_uuid(), 'resident', '花子', 'towns@example.jp', now(), now()) returning id`,
    )
    const who = house.browser('mie')
    await who.signInAs(person?.id ?? '', { staff: false, assurance: 'mail' })
    expect(await (await who.get('/my')).text()).not.toContain(number)
    expect((await who.get(`/filings/${number}`)).status).toBe(303)
  })

  test('by somebody who was signed in is nobody else’s, whatever address they wrote', async () => {
    const number = await fileFrom('shared@example.jp', await resident('filer@example.jp'))
    const other = await resident('shared@example.jp')
    expect(await (await other.get('/my')).text()).not.toContain(number)
    expect((await other.get(`/filings/${number}`)).status).toBe(303)
  })
})

describe('the link in a letter', () => {
  test('leads whoever can’t open the filing to the state, signed in or not, and tells no number from another', async () => {
    const number = await fileFrom('letter@example.jp')
    const signedIn = await resident('reader@example.jp')
    for (const who of [signedIn, house.browser()]) {
      const answers = await Promise.all([number, 'R8-2222-2222'].map((one) => who.get(`/filings/${one}`)))
      expect(answers.map(({ status }) => status)).toEqual([303, 303])
      expect(answers.map((answer) => answer.headers.get('location'))).toEqual([
        `/attaka/filings/status?number=${number}`,
        '/attaka/filings/status?number=R8-2222-2222',
      ])
    }
    const opened = await signedIn.post('/filings/status', { number, mail: 'letter@example.jp' })
    expect(opened.headers.get('location')).toBe(`/attaka/filings/${number}`)
    expect((await signedIn.get(`/filings/${number}`)).status).toBe(200)
  })
})
