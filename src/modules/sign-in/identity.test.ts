import { beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '../../../tests/house.ts'
import { accountHolder, cardHolder, hidden, officeHolder, playProvider } from '../../../tests/played-provider.ts'
import { residentOf } from '../../../tests/resident.ts'

let house: TestHouse
let come: ReturnType<typeof playProvider>
beforeAll(async () => {
  house = await openHouse()
  come = playProvider(house)
})

const personOf = async (subject: string, tenant = 'attaka') =>
  (
    await house.sql<{ person: string }>('select person from sign_in where tenant = $1 and subject = $2', [
      tenant,
      subject,
    ])
  )[0]?.person
const lastAct = async (act: string) =>
  (
    await house.sql<{ actor: string; represents: string; assurance: string; kind: string; subjects: unknown }>(
      `select actor, represents, assurance, kind, subjects from audit where act = $1 order by at desc, id desc limit 1`,
      [act],
    )
  )[0]
const textOf = async (answer: Response | Promise<Response>) => (await answer).text()

describe('whoever shows a My Number card', () => {
  test('is entered, sees what was verified with its day, and is known again', async () => {
    const first = house.browser()
    const back = await come(first, cardHolder('card-1'), { back: '/my/account' })
    expect([back.status, back.headers.get('location')]).toEqual([303, '/attaka/my/account'])
    const html = await textOf(first.get('/my/account'))
    for (const told of ['日向 花子', 'あったか県ひだまり市1', '1985年5月14日', '女性', 'マイナンバーカードで確認']) {
      expect(html).toContain(told)
    }
    await come(house.browser(), cardHolder('card-1', { address: 'あったか県なぎさ村2' }))
    const rows = await house.sql(
      `select name, value, method from verified_attribute where person = $1 and name = 'address'`,
      [await personOf('card-1')],
    )
    expect(rows).toEqual([{ name: 'address', value: 'あったか県なぎさ村2', method: 'card' }])
    expect(await house.sql(`select 1 from sign_in where subject = 'card-1'`)).toHaveLength(1)
  })

  test('acts as surely known, which every entry of the trail says', async () => {
    const holder = house.browser()
    await come(holder, cardHolder('card-trail'))
    await holder.post('/my/account/name', { name: '日向 花', reading: '' })
    expect(await lastAct('people.change-my-name')).toMatchObject({ assurance: 'card' })
    const auditor = await house.as('auditor')
    const trail = await textOf(auditor.get('/console/administration/audit?act=people.change-my-name'))
    expect(trail).toContain('確かさ：マイナンバーカード')
    const file = await textOf(auditor.get('/console/administration/audit/entries.csv?act=people.change-my-name'))
    expect(file).toContain('マイナンバーカード')
  })

  test('is a stranger in another town, and never taken for whoever has the same name or mail', async () => {
    await come(house.browser(), cardHolder('card-2', { name: '日向 花子' }))
    expect(await personOf('card-2')).not.toBe(await personOf('card-1'))
    const there = house.browser('mie')
    await playProvider(house, 'mie')(there, cardHolder('card-2'))
    const [here, elsewhere] = [await personOf('card-2'), await personOf('card-2', 'mie')]
    expect(elsewhere).toBeDefined()
    expect(elsewhere).not.toBe(here)
  })

  test('is not let in when the office has stopped their use', async () => {
    await come(house.browser(), cardHolder('card-stopped'))
    await house.sql('update person set disabled_at = now() where id = $1', [await personOf('card-stopped')])
    const again = house.browser()
    expect((await come(again, cardHolder('card-stopped'))).status).toBe(403)
    expect((await again.get('/my')).status).toBe(401)
  })
})

describe('whoever comes with a GビズID account', () => {
  test('acts for the company, which every page says and every entry of the trail holds', async () => {
    const prime = house.browser()
    await come(prime, accountHolder('gb-prime'))
    expect(await textOf(prime.get('/procedures'))).toContain(
      '<strong>株式会社ひだまり製作所の手続をしています</strong>',
    )
    const [company] = await house.sql<{ id: string; name: string }>(
      `select id, name from person where tenant = 'attaka' and corporate_number = '8000000000001'`,
    )
    await prime.post('/my/account/name', { name: '日和 実', reading: '' })
    expect(await lastAct('people.change-my-name')).toMatchObject({
      actor: await personOf('gb-prime'),
      represents: company?.id,
      assurance: 'account',
    })
  })

  test('shares the company with its other members, each as the account they have', async () => {
    await come(house.browser(), accountHolder('gb-member', { account: 'member', person: '陽向 あおい' }))
    const rows = await house.sql<{ name: string; account: string }>(
      `select p.name, m.account from company_member m join person p on p.tenant = m.tenant and p.id = m.person
       join person c on c.tenant = m.tenant and c.id = m.company
       where c.corporate_number = '8000000000001' and m.until is null and m.tenant = 'attaka' order by m.account`,
    )
    expect(rows).toEqual([
      { name: '陽向 あおい', account: 'member' },
      { name: '日和 実', account: 'prime' },
    ])
  })

  test('by an entry account changes nothing that is known of a company', async () => {
    const entry = house.browser()
    const company = { number: '8000000000001', name: '偽の会社' }
    await come(entry, accountHolder('gb-entry', { account: 'entry', company, person: '偽 太郎' }))
    const rows = await house.sql(
      `select name from person where corporate_number = '8000000000001' and tenant = 'attaka'`,
    )
    expect(rows).toEqual([{ name: '株式会社ひだまり製作所' }])
    await entry.post('/my/account/name', { name: '偽 次郎', reading: '' })
    expect(await lastAct('people.change-my-name')).toMatchObject({ assurance: 'mail' })
  })

  test('leaves the old company when the account belongs to another', async () => {
    const who = house.browser()
    await come(who, accountHolder('gb-moved', { account: 'member', person: '転職 する' }))
    const next = { number: '7000000000002', name: '行政書士法人こもれび' }
    await come(house.browser(), accountHolder('gb-moved', { account: 'member', person: '転職 する', company: next }))
    // The session of before belongs to the company of before: it acts for nobody any more.
    expect(await textOf(who.get('/procedures'))).not.toContain('の手続をしています')
  })

  test('as a sole proprietor acts for themselves', async () => {
    const sole = house.browser()
    await come(sole, accountHolder('gb-sole', { company: null, person: '小春 のぞみ' }))
    const html = await textOf(sole.get('/my/account'))
    expect(html).toContain('小春 のぞみ')
    expect(html).not.toContain('の手続をしています')
  })

  test('may act for a company that has entrusted them, as long as GビズID says so', async () => {
    const agent = house.browser()
    const own = { number: '7000000000002', name: '行政書士法人こもれび' }
    const principal = { number: '8000000000001', name: '株式会社ひだまり製作所' }
    await come(agent, accountHolder('gb-agent', { person: '森野 つとむ', company: own, delegations: [principal] }))
    const page = await textOf(agent.get('/my/acting'))
    const whom = page.match(/value="(mandate:[0-9a-f-]{36})"/)?.[1] ?? ''
    expect(page).toContain('株式会社ひだまり製作所の代理人として')
    expect((await agent.post('/my/acting', { whom })).status).toBe(303)
    expect(await textOf(agent.get('/'))).toContain('株式会社ひだまり製作所の手続をしています')
    await come(house.browser(), accountHolder('gb-agent', { person: '森野 つとむ', company: own }))
    expect(await textOf(agent.get('/'))).not.toContain('株式会社ひだまり製作所の手続をしています')
    const again = await agent.post('/my/acting', { whom })
    expect(again.status).toBe(409)
    expect(await again.text()).toContain('期限が切れたか、取り消された可能性があります')
  })

  test('acts for a company by no other account than the one that belongs there', async () => {
    const company = { number: '7000000000002', name: '行政書士法人こもれび' }
    const who = house.browser()
    await come(who, accountHolder('gb-two', { person: '二つ もつ' }))
    // What an entry account says of a company, somebody has written about themselves.
    const asked = await come(who, accountHolder('gb-two-entry', { account: 'entry', company }), { link: true })
    await who.post('/my/account/link', { pending: hidden(await asked.text(), 'pending'), consent: 'yes' })
    const again = house.browser()
    await come(again, accountHolder('gb-two', { person: '二つ もつ' }))
    const [claimed] = await house.sql<{ id: string }>(
      "select id from person where tenant = 'attaka' and corporate_number = '7000000000002'",
    )
    expect((await again.post('/my/acting', { whom: `company:${claimed?.id}` })).status).toBe(409)
    expect(await textOf(again.get('/my/acting'))).not.toContain(`value="company:${claimed?.id}"`)
    // Had the session been told so all the same, it would act for nobody.
    await house.sql('update session set represents = $1 where person = $2', [claimed?.id, await personOf('gb-two')])
    expect(await textOf(again.get('/procedures'))).not.toContain('こもれびの手続をしています')
    await house.sql('update company_member set until = now() where company = $1', [claimed?.id])
    // Whom the office has entered acts without the strength of an account of elsewhere.
    await house.sql(
      `insert into company_member (tenant, id, company, person, account, source, since)
       values ('attaka', gen_random_uuid(), $1, $2, null, 'office', now())`,
      [claimed?.id, await personOf('gb-two')],
    )
    expect(await textOf(again.get('/procedures'))).toContain('こもれびの手続をしています')
    expect((await again.get('/my/mandates/new')).status).toBe(403)
  })

  test('can’t act for a company of others, whatever they post', async () => {
    const [company] = await house.sql<{ id: string }>(
      `select id from person where tenant = 'attaka' and corporate_number = '8000000000001'`,
    )
    const stranger = house.browser()
    await come(stranger, accountHolder('gb-sole-2', { company: null, person: '他人' }))
    const answer = await stranger.post('/my/acting', { whom: `company:${company?.id}` })
    expect(answer.status).toBe(409)
    expect(await textOf(stranger.get('/'))).not.toContain('の手続をしています')
  })
})

describe('linking', () => {
  const resident = (mail: string) => residentOf(house, mail)

  test('needs the consent of whoever is signed in, and then knows them more surely', async () => {
    const hanako = await resident('link-1@example.jp')
    expect(await textOf(hanako.get('/my/account'))).toContain('マイナンバーカードを結び付ける')
    expect(await textOf(hanako.get('/my/account/link/card'))).toContain('/sign-in/with/card?link=yes')
    const asked = await come(hanako, cardHolder('link-card'), { link: true, back: '/my/account' })
    expect(asked.status).toBe(200)
    const html = await asked.text()
    expect(html).toContain('このアカウントに結び付けますか')
    expect(await personOf('link-card')).toBeUndefined()

    const pending = hidden(html, 'pending')
    const without = await hanako.post('/my/account/link', { pending })
    expect(without.status).toBe(422)
    expect(await without.text()).toContain('同意をチェックしてください')
    expect(await personOf('link-card')).toBeUndefined()

    const done = await hanako.post('/my/account/link', { pending, consent: 'yes' })
    expect([done.status, done.headers.get('location')]).toEqual([303, '/attaka/my/account'])
    expect(await personOf('link-card')).toBe(hanako.id)
    await hanako.post('/my/account/name', { name: '花子', reading: '' })
    expect(await lastAct('people.change-my-name')).toMatchObject({ actor: hanako.id, assurance: 'card' })

    // Both ways lead to the same person now.
    const other = house.browser()
    await come(other, cardHolder('link-card'))
    expect(await textOf(other.get('/my/account'))).toContain('link-1@example.jp')
  })

  test('is not open to whoever only reads the mailbox, once a card was shown', async () => {
    const hanako = await resident('link-weak@example.jp')
    const asked = await come(hanako, cardHolder('weak-own'), { link: true })
    await hanako.post('/my/account/link', { pending: hidden(await asked.text(), 'pending'), consent: 'yes' })
    const reader = house.browser()
    await reader.signInAs(hanako.id, { staff: false, assurance: 'mail' })
    const other = await come(reader, cardHolder('weak-foreign'), { link: true })
    const refused = await reader.post('/my/account/link', {
      pending: hidden(await other.text(), 'pending'),
      consent: 'yes',
    })
    expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('すでに結び付けてある')])
    expect(await personOf('weak-foreign')).toBeUndefined()
    const [signIn] = await house.sql<{ id: string }>("select id from sign_in where subject = 'weak-own'")
    expect((await reader.post(`/my/account/sign-ins/${signIn?.id}`, {})).status).toBe(409)
    expect(await personOf('weak-own')).toBe(hanako.id)
  })

  test('what a card has verified is shown by the card only; who came by mail is told how to see it', async () => {
    const hanako = await resident('link-shown@example.jp')
    const holder = cardHolder('shown-card', { name: '日向 表示', address: 'あったか県ひだまり市9' })
    const asked = await come(hanako, holder, { link: true })
    await hanako.post('/my/account/link', { pending: hidden(await asked.text(), 'pending'), consent: 'yes' })
    expect(await textOf(hanako.get('/my/account'))).toContain('あったか県ひだまり市9')

    const reader = house.browser()
    await reader.signInAs(hanako.id, { staff: false, assurance: 'mail' })
    const page = await textOf(reader.get('/my/account'))
    for (const secret of ['日向 表示', 'ひだまり市9', '1985年']) expect(page).not.toContain(secret)
    expect(page).toContain('マイナンバーカードでサインインしているときだけ表示します')
    const there = page.match(/href="([^"]*sign-in\/with\/card[^"]*)"/)?.[1]
    expect(there).toBe('/attaka/sign-in/with/card?back=/my/account')
    await come(reader, holder, { back: '/my/account' })
    expect(await textOf(reader.get('/my/account'))).toContain('あったか県ひだまり市9')
  })

  test('what one person may consent to is worth nothing for another, nor after ten minutes', async () => {
    const [hanako, taro] = [await resident('link-2@example.jp'), await resident('link-3@example.jp')]
    const asked = await come(hanako, cardHolder('link-late'), { link: true })
    const pending = hidden(await asked.text(), 'pending')
    expect((await taro.post('/my/account/link', { pending, consent: 'yes' })).status).toBe(409)
    house.pass(11 * 60_000)
    expect((await hanako.post('/my/account/link', { pending, consent: 'yes' })).status).toBe(409)
    expect(await personOf('link-late')).toBeUndefined()
  })

  test('a sign-in that is another’s stays theirs, and says so', async () => {
    const hanako = await resident('link-4@example.jp')
    const before = await personOf('link-card')
    const asked = await come(hanako, cardHolder('link-card'), { link: true })
    const answer = await hanako.post('/my/account/link', {
      pending: hidden(await asked.text(), 'pending'),
      consent: 'yes',
    })
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain('すでに別のアカウントで使われています')
    expect(await personOf('link-card')).toBe(before)
  })

  test('staff have no private card in their work, and residents no office account', async () => {
    const reviewer = await house.as('reviewer')
    expect((await reviewer.get('/my/account/link/card')).status).toBe(404)
    const asked = await come(reviewer, cardHolder('staff-card'), { link: true })
    const answer = await reviewer.post('/my/account/link', {
      pending: hidden(await asked.text(), 'pending'),
      consent: 'yes',
    })
    expect(answer.status).toBe(403)
    expect(await personOf('staff-card')).toBeUndefined()
    const hanako = await resident('link-5@example.jp')
    const office = await come(hanako, officeHolder('link-office'), { link: true })
    const no = await hanako.post('/my/account/link', {
      pending: hidden(await office.text(), 'pending'),
      consent: 'yes',
    })
    expect(no.status).toBe(403)
  })

  test('can be undone, but not for the last way in; what hung on it ends', async () => {
    const only = house.browser()
    await come(only, cardHolder('unlink-only'))
    const signInOf = async (subject: string) =>
      (await house.sql<{ id: string }>('select id from sign_in where subject = $1', [subject]))[0]?.id ?? ''
    const last = await only.post(`/my/account/sign-ins/${await signInOf('unlink-only')}`)
    expect(last.status).toBe(409)
    expect(await last.text()).toContain('サインインする方法がなくなります')

    const asked = await come(only, accountHolder('unlink-gb', { account: 'member', person: '日向 花子' }), {
      link: true,
    })
    await only.post('/my/account/link', { pending: hidden(await asked.text(), 'pending'), consent: 'yes' })
    expect(await textOf(only.get('/'))).toContain('株式会社ひだまり製作所の手続をしています')
    const elsewhere = house.browser()
    await come(elsewhere, accountHolder('unlink-gb', { account: 'member', person: '日向 花子' }))
    expect((await elsewhere.get('/my')).status).toBe(200)

    const done = await only.post(`/my/account/sign-ins/${await signInOf('unlink-gb')}`)
    expect(done.status).toBe(303)
    expect((await elsewhere.get('/my')).status).toBe(401)
    expect(await textOf(only.get('/'))).not.toContain('の手続をしています')
    expect(await personOf('unlink-gb')).toBeUndefined()

    // What the card had vouched for is forgotten with it.
    await house.sql(`update person set mail = 'unlink@example.jp', mail_verified_at = now() where id = $1`, [
      await personOf('unlink-only'),
    ])
    const person = await personOf('unlink-only')
    expect((await only.post(`/my/account/sign-ins/${await signInOf('unlink-only')}`)).status).toBe(303)
    expect(await house.sql('select 1 from verified_attribute where person = $1', [person])).toEqual([])
  })

  test('another’s sign-in can be neither seen nor taken away', async () => {
    const [row] = await house.sql<{ id: string }>(`select id from sign_in where subject = 'card-1'`)
    const mallory = await resident('link-6@example.jp')
    expect((await mallory.get(`/my/account/sign-ins/${row?.id}`)).status).toBe(404)
    expect((await mallory.post(`/my/account/sign-ins/${row?.id}`)).status).toBe(404)
    expect(await personOf('card-1')).toBeDefined()
  })
})

describe('our public keys at a provider', () => {
  test('are for everybody, and hold nothing private', async () => {
    const answer = await house.browser().get('/sign-in/keys/card')
    expect(answer.headers.get('content-type')).toBe('application/jwk-set+json')
    expect(await answer.json()).toEqual({ keys: [{ kty: 'EC', kid: 'k1' }] })
    expect((await house.browser().get('/sign-in/keys/office')).status).toBe(404)
  })
})

test('a visitor has no account to link to, nor anybody to act for', async () => {
  const visitor = house.browser()
  for (const path of ['/my/account/link/card', '/sign-in/with/card?link=yes', '/my/acting']) {
    expect((await visitor.get(path)).status, path).toBe(401)
  }
  expect((await visitor.post('/my/acting', { whom: 'self' })).status).toBe(401)
})
