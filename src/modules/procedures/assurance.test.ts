import { beforeAll, describe, expect, test } from 'vitest'
import { idIn, pathIn } from '../../../tests/answers.ts'
import { dayFields, inDays } from '../../../tests/days.ts'
import { openHouse, type TestHouse } from '../../../tests/house.ts'
import { accountHolder, cardHolder, hidden, playProvider } from '../../../tests/played-provider.ts'

let house: TestHouse
let come: ReturnType<typeof playProvider>
type Browser = ReturnType<TestHouse['browser']>

const definition = {
  title: '補助金の交付申請',
  pages: [
    {
      id: 'contact',
      title: '申請する方',
      fields: [{ id: 'name', kind: 'text', label: 'お名前', required: true }],
    },
  ],
}

beforeAll(async () => {
  house = await openHouse()
  come = playProvider(house)
  const editor = await house.as('approver')
  const published = await editor.post('/console/forms/new', { definition: JSON.stringify(definition) })
  const saved = await editor.post('/console/procedures/new', {
    title: '補助金の交付申請',
    slug: 'grant',
    summary: '補助金を申請します。',
    explanation: '本人確認が要ります。',
    state: 'published',
    form: idIn(published),
    name_field: 'name',
    least_assurance: 'card',
    least_account: 'prime',
  })
  expect(saved.status, await saved.clone().text()).toBe(303)
})

const textOf = async (answer: Response | Promise<Response>) => (await answer).text()

/** Fills a draft in, up to the check. */
async function begin(who: Browser, name = '日向 花子') {
  const draft = pathIn(await who.post('/procedures/grant/begin'))
  await who.post(`${draft}/contact`, { name })
  return draft
}

/** Files what the check page shows, as a browser does. */
async function submit(who: Browser, draft: string) {
  const represents = hidden(await textOf(who.get(`${draft}/_check`)), 'represents')
  return who.post(`${draft}/_check`, { represents })
}

const filingOf = async (number: string) =>
  (
    await house.sql<{ applicant: string; represents: string | null; assurance: string; account: string | null }>(
      'select applicant, represents, assurance, account from filing where number = $1',
      [number],
    )
  )[0]

const filings = async () => Number((await house.sql('select count(*) as count from filing'))[0]?.count)

test('the page of the procedure says what is needed before anybody begins', async () => {
  const html = await textOf(house.browser().get('/procedures/grant'))
  expect(html).toContain('この手続には本人確認が要ります')
  expect(html).toContain('/sign-in/with/card?back=%2Fprocedures%2Fgrant')
  expect(html).toContain('GビズIDプライムで申請してください')
})

describe('who is not known surely enough', () => {
  test('as a visitor files nothing, is offered the right sign-in, and goes on with what was typed', async () => {
    const visitor = house.browser()
    const draft = await begin(visitor, '花子 訪問')
    const before = await filings()
    const refused = await submit(visitor, draft)
    expect(refused.status).toBe(401)
    const html = await refused.text()
    expect(html).toContain('入力した内容は保存されています')
    const back = `${draft}/_check`
    expect(html).toContain(`/sign-in/with/card?back=${encodeURIComponent(back)}`)
    expect(await filings()).toBe(before)

    expect(pathIn(await come(visitor, cardHolder('grant-1'), { back }))).toBe(back)
    expect(await textOf(visitor.get(back))).toContain('花子 訪問')
    const done = await submit(visitor, draft)
    expect(done.status).toBe(303)
    const filing = await filingOf(idIn(done))
    expect(filing).toMatchObject({ assurance: 'card', account: null, represents: null })
  })

  test('sees by number and mail address how it stands, and neither what was filed nor a way to withdraw it', async () => {
    const holder = house.browser()
    await come(holder, cardHolder('grant-secret'))
    const number =
      pathIn(await submit(holder, await begin(holder, '秘密 花子')))
        .split('/')
        .at(-1) ?? ''
    await house.sql("update filing set mail = 'grant@example.jp' where number = $1", [number])
    const visitor = house.browser()
    const opened = await visitor.post('/filings/status', { number, mail: 'grant@example.jp' })
    expect(pathIn(opened)).toBe(`/filings/${number}`)
    const html = await textOf(visitor.get(`/filings/${number}`))
    expect(html).toContain('本人確認をしてサインインした人だけに')
    expect(html).not.toContain('秘密 花子')
    expect((await visitor.post(`/filings/${number}/withdraw`, { sure: 'yes' })).status).toBe(401)
    expect(await textOf(holder.get(`/filings/${number}`))).toContain('秘密 花子')
    expect((await holder.post(`/filings/${number}/withdraw`, { sure: 'yes' })).status).toBe(303)
  })

  test('by mail links the card and stays the same person, with the draft', async () => {
    const [row] = await house.sql<{ id: string }>(
      `insert into person (tenant, id, kind, name, mail, mail_verified_at, created_at)
       values ('attaka', gen_random_uuid(), 'resident', 'm@example.jp', 'm@example.jp', now(), now()) returning id`,
    )
    const mail = house.browser()
    await mail.signInAs(row?.id ?? '', { staff: false, assurance: 'mail' })
    const draft = await begin(mail, '花子 メール')
    const refused = await submit(mail, draft)
    expect(refused.status).toBe(403)
    const back = `${draft}/_check`
    expect(await refused.text()).toContain(`/my/account/link/card?back=${encodeURIComponent(back)}`)
    const asked = await come(mail, cardHolder('grant-2'), { back, link: true })
    const linked = await mail.post('/my/account/link', {
      pending: hidden(await asked.text(), 'pending'),
      consent: 'yes',
    })
    expect(pathIn(linked)).toBe(back)
    const done = await submit(mail, draft)
    expect(done.status).toBe(303)
    expect(await filingOf(idIn(done))).toMatchObject({
      applicant: row?.id,
      assurance: 'card',
    })
  })

  test('by a member’s account is told that it takes the prime one', async () => {
    const member = house.browser()
    await come(member, accountHolder('grant-member', { account: 'member', person: '陽向 あおい' }))
    const draft = await begin(member)
    const refused = await submit(member, draft)
    expect(refused.status).toBe(403)
    expect(await refused.text()).toContain('GビズIDプライムで申請してください')
  })

  test('by a member’s account acting for themselves is measured as a person', async () => {
    const member = house.browser()
    await come(member, accountHolder('grant-member'))
    await member.post('/my/acting', { whom: 'self' })
    const refused = await submit(member, await begin(member))
    expect(refused.status).toBe(403)
  })

  test('by the API is refused with the reason', async () => {
    const administrator = await house.as('administrator')
    const issued = await administrator.post('/console/administration/tokens/new', {
      name: '申請の取り込み',
      roles: ['staff'],
      scopes: ['procedures:write'],
      ...dayFields('until', inDays(60)),
      confirmed: 'yes',
    })
    const token = (await issued.text()).match(/[\w-]{40,}(?=<)/)?.[0] ?? ''
    const answer = await house.app.request('http://localhost:3000/attaka/api/v1/procedures/file', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ procedure: 'grant', key: crypto.randomUUID(), answers: { name: '機械' } }),
    })
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ errors: [{ pointer: '#/assurance' }] })
  })
})

describe('who acts for a company', () => {
  test('files for it: the check says so, the record holds it, and its checked members see it', async () => {
    const prime = house.browser()
    await come(prime, accountHolder('grant-prime'))
    const draft = await begin(prime, '株式会社ひだまり製作所')
    expect(await textOf(prime.get(`${draft}/_check`))).toContain('株式会社ひだまり製作所の申請として出します')
    const done = await submit(prime, draft)
    const path = pathIn(done)
    const number = path.split('/').at(-1) ?? ''
    const [company] = await house.sql<{ id: string }>(
      `select id from person where tenant = 'attaka' and corporate_number = '8000000000001'`,
    )
    expect(await filingOf(number)).toMatchObject({ represents: company?.id, assurance: 'account', account: 'prime' })
    const own = await textOf(prime.get(path))
    expect(own).toContain('日和 みのる')
    expect(own).toContain('株式会社ひだまり製作所')

    const member = house.browser()
    await come(member, accountHolder('grant-member-2', { account: 'member', person: '陽向 ふたば' }))
    expect((await member.get(path)).status).toBe(200)
    expect(await textOf(member.get('/my'))).toContain(number)
    // The same people as themselves have no part in it.
    await member.post('/my/acting', { whom: 'self' })
    expect((await member.get(path)).headers.get('location')).toContain('/filings/status')
    await prime.post('/my/acting', { whom: 'self' })
    expect((await prime.get(path)).headers.get('location')).toContain('/filings/status')

    const reviewer = await house.as('reviewer')
    const [filing] = await house.sql<{ id: string }>('select id from filing where number = $1', [number])
    const shown = await textOf(reviewer.get(`/console/filings/${filing?.id}`))
    expect(shown).toContain('日和 みのる（株式会社ひだまり製作所のため）')
    expect(shown).toContain('GビズIDプライム')

    const entry = house.browser()
    await come(entry, accountHolder('grant-entry', { account: 'entry', person: '自称 社員' }))
    expect((await entry.get(path)).headers.get('location')).toContain('/filings/status')
    expect(await textOf(entry.get('/my'))).not.toContain(number)
  })

  test('files nothing when that has changed since the page was shown', async () => {
    const prime = house.browser()
    await come(prime, accountHolder('grant-prime'))
    const draft = await begin(prime)
    const shown = hidden(await textOf(prime.get(`${draft}/_check`)), 'represents')
    await prime.post('/my/acting', { whom: 'self' })
    const before = await filings()
    const answer = await prime.post(`${draft}/_check`, { represents: shown })
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain('だれの手続をするかが、この画面を開いたあとに変わりました')
    expect(await filings()).toBe(before)
  })
})

test('where people need a card and nothing is said of businesses, a self-asserted account is not enough', async () => {
  await house.sql(`update procedure set least_account = null where slug = 'grant'`)
  try {
    const entry = house.browser()
    await come(entry, accountHolder('grant-entry-2', { account: 'entry', person: '自称 役員' }))
    const refused = await submit(entry, await begin(entry))
    expect(refused.status).toBe(403)
    expect(await refused.text()).toContain('エントリーでは申請できません')
    const member = house.browser()
    await come(member, accountHolder('grant-member-3', { account: 'member', person: '陽向 みつば' }))
    expect((await submit(member, await begin(member))).status).toBe(303)
  } finally {
    await house.sql(`update procedure set least_account = 'prime' where slug = 'grant'`)
  }
})

test('who edits procedures says what is needed, and is told what can’t be', async () => {
  const editor = await house.as('approver')
  const [procedure] = await house.sql<{ id: string }>(`select id from procedure where slug = 'grant'`)
  const page = await textOf(editor.get(`/console/procedures/${procedure?.id}`))
  expect(page).toMatch(/name="least_assurance"[^>]*value="card"[^>]*checked|checked[^>]*value="card"/)
  const wrong = await editor.post(`/console/procedures/${procedure?.id}`, {
    least_assurance: 'blood',
    least_account: 'x',
  })
  expect(wrong.status).toBe(422)
  const html = await wrong.text()
  expect(html).toContain('要る本人確認を選んでください')
  expect(html).toContain('要るGビズIDを選んでください')
})
