import { beforeAll, describe, expect, test } from 'vitest'
import { pathIn } from '../../../tests/answers.ts'
import { dayFields, inDays, workdayAhead } from '../../../tests/days.ts'
import { openHouse, type TestHouse } from '../../../tests/house.ts'
import { accountHolder, cardHolder, hidden, playProvider } from '../../../tests/played-provider.ts'

let house: TestHouse
let come: ReturnType<typeof playProvider>
beforeAll(async () => {
  house = await openHouse()
  come = playProvider(house)
})

const textOf = async (answer: Response | Promise<Response>) => (await answer).text()
const until = dayFields('until', inDays(120))
const procedure = async () =>
  (
    await house.sql<{ id: string }>(
      `select id from procedure where tenant = 'attaka' and slug = 'dx-consultation-event'`,
    )
  )[0]?.id ?? ''

let count = 0
/** A resident who signed in by mail. */
async function resident(name: string, tenant = 'attaka') {
  const mail = `mandate-${++count}@example.jp`
  const [row] = await house.sql<{ id: string }>(
    `insert into person (tenant, id, kind, name, mail, mail_verified_at, created_at)
     values ($1, gen_random_uuid(), 'resident', $2, $3, now(), now()) returning id`,
    [tenant, name, mail],
  )
  const browser = house.browser(tenant)
  await browser.signInAs(row?.id ?? '', { staff: false, assurance: 'mail' })
  return { ...browser, id: row?.id ?? '', mail }
}
type Someone = Awaited<ReturnType<typeof resident>>

const offeredTo = async (agent: Pick<Someone, 'get'>) =>
  (await textOf(agent.get('/my/mandates'))).match(/name="mandate" value="([0-9a-f-]{36})"/)?.[1] ?? ''

/** Entrusts and accepts; gives the mandate's id. */
async function entrust(principal: Pick<Someone, 'post'>, agent: Someone, more: Record<string, string | string[]> = {}) {
  const offered = await principal.post('/my/mandates/new', { mail: agent.mail, scope: 'all', ...until, ...more })
  expect(offered.status, await offered.clone().text()).toBe(303)
  const mandate = await offeredTo(agent)
  expect((await agent.post('/my/mandates/accept', { mandate })).status).toBe(303)
  return mandate
}

/** Files the demonstration procedure as it is shown. */
async function file(who: Pick<Someone, 'post' | 'get'>) {
  const path = (answer: Response) => pathIn(answer)
  const draft = path(await who.post('/procedures/dx-consultation-event/begin'))
  await who.post(`${draft}/session`, { way: 'online', ...workdayAhead().typed })
  await who.post(`${draft}/contact`, { name: '本人', mail: 'principal@example.jp' })
  await who.post(`${draft}/matter`, { field: ['other'], other: '相談', detail: '相談したいこと' })
  const represents = hidden(await textOf(who.get(`${draft}/_check`)), 'represents')
  const done = await who.post(`${draft}/_check`, { represents })
  return { status: done.status, path: path(done), answer: done }
}

describe('a mandate', () => {
  test('is offered by mail without a word of whom or what, accepted, and then acts for the principal', async () => {
    const [hanako, taro] = [await resident('委任 花子'), await resident('受任 太郎')]
    await hanako.post('/my/mandates/new', { mail: taro.mail, scope: 'all', ...until, reason: '家族のため' })
    await house.settle()
    const [mail] = (await house.outside.sent('attaka')).filter(({ to }) => to === taro.mail)
    expect(mail?.text).toContain('/attaka/my/mandates')
    expect(`${mail?.subject} ${mail?.text}`).not.toMatch(/花子|家族/)

    // Until it is accepted it opens nothing.
    const mandate = await offeredTo(taro)
    expect((await taro.post('/my/acting', { whom: `mandate:${mandate}` })).status).toBe(409)
    const html = await textOf(taro.get('/my/mandates'))
    for (const told of ['委任 花子から、代理の申し出があります', '家族のため', 'すべての手続'])
      expect(html).toContain(told)
    expect((await taro.post('/my/mandates/accept', { mandate })).status).toBe(303)

    expect((await taro.post('/my/acting', { whom: `mandate:${mandate}` })).status).toBe(303)
    expect(await textOf(taro.get('/procedures'))).toContain('<strong>委任 花子の手続をしています</strong>')
    const filed = await file(taro)
    expect(filed.status, await filed.answer.clone().text()).toBe(303)
    const [row] = await house.sql(
      'select applicant, represents, mandate, assurance from filing order by arrived_at desc limit 1',
    )
    expect(row).toEqual({ applicant: taro.id, represents: hanako.id, mandate, assurance: 'mail' })
    const [entry] = await house.sql(
      `select actor, represents from audit where act = 'procedures.submit-filing' order by at desc limit 1`,
    )
    expect(entry).toEqual({ actor: taro.id, represents: hanako.id })

    // The principal is told of it.
    expect(await textOf(hanako.get('/my'))).toContain('【受付】')
    // Both see it, and that it was filed by one for the other.
    for (const one of [taro, hanako]) {
      const page = await textOf(one.get(filed.path))
      expect(page).toContain('委任 花子')
      expect(page).toContain('受任 太郎')
    }
  })

  test('shows the agent nothing of what the principal filed alone', async () => {
    const [hanako, taro] = [await resident('委任 一人'), await resident('受任 一人')]
    const own = await file(hanako)
    const mandate = await entrust(hanako, taro)
    await taro.post('/my/acting', { whom: `mandate:${mandate}` })
    // As with any number that is not theirs, they are asked for the address on it.
    expect((await taro.get(own.path)).headers.get('location')).toContain('/filings/status')
    expect(await textOf(taro.get('/my'))).not.toContain(own.path.split('/').at(-1))
  })

  test('covers only what was chosen', async () => {
    const [hanako, taro] = [await resident('委任 範囲'), await resident('受任 範囲')]
    const nothing = await hanako.post('/my/mandates/new', { mail: taro.mail, scope: 'some', ...until })
    expect(nothing.status).toBe(422)
    expect(await nothing.text()).toContain('任せる手続を1つ以上選んでください')
    const foreign = await hanako.post('/my/mandates/new', {
      mail: taro.mail,
      scope: 'some',
      procedures: ['01900000-0000-7000-8000-00000000dead'],
      ...until,
    })
    expect(foreign.status).toBe(422)

    const mandate = await entrust(hanako, taro, { scope: 'some', procedures: [await procedure()] })
    await taro.post('/my/acting', { whom: `mandate:${mandate}` })
    expect((await file(taro)).status).toBe(303)
    await house.sql(
      `update mandate set procedures = array['01900000-0000-7000-8000-00000000dead'::uuid] where id = $1`,
      [mandate],
    )
    const refused = await file(taro)
    expect(refused.status).toBe(403)
    expect(await refused.answer.text()).toContain('委任された範囲に入っていません')
  })

  test.each([
    ['is taken back by the principal', (principal: Someone, _: Someone) => principal],
    ['is given up by the agent', (_: Someone, agent: Someone) => agent],
  ])('%s, and acts for nobody from that moment', async (_, chosen) => {
    const [hanako, taro] = [await resident('委任 終'), await resident('受任 終')]
    const mandate = await entrust(hanako, taro)
    await taro.post('/my/acting', { whom: `mandate:${mandate}` })
    expect(await textOf(taro.get('/'))).toContain('の手続をしています')
    expect((await chosen(hanako, taro).post(`/my/mandates/${mandate}/end`)).status).toBe(303)
    expect(await textOf(taro.get('/'))).not.toContain('の手続をしています')
    expect((await taro.post('/my/acting', { whom: `mandate:${mandate}` })).status).toBe(409)
  })

  test('ends after its last day by itself', async () => {
    const [hanako, taro] = [await resident('委任 期限'), await resident('受任 期限')]
    const mandate = await entrust(hanako, taro)
    await taro.post('/my/acting', { whom: `mandate:${mandate}` })
    await house.sql(`update mandate set expires_at = now() - interval '1 second' where id = $1`, [mandate])
    expect(await textOf(taro.get('/'))).not.toContain('の手続をしています')
    expect(await textOf(hanako.get('/my/mandates'))).toContain('期限切れ')
  })

  test('lends no more than was known of whoever granted it', async () => {
    const hanako = await resident('委任 弱')
    const agent = house.browser()
    await come(agent, cardHolder('strong-agent'))
    const [row] = await house.sql<{ person: string }>(`select person from sign_in where subject = 'strong-agent'`)
    await house.sql(`update person set mail = 'strong@example.jp', mail_verified_at = now() where id = $1`, [
      row?.person,
    ])
    // Accepted by the mailbox, used by the card: both are the same person's.
    const byMail = house.browser()
    await byMail.signInAs(row?.person ?? '', { staff: false, assurance: 'mail' })
    const mandate = await entrust(hanako, { ...byMail, id: row?.person ?? '', mail: 'strong@example.jp' })
    await agent.post('/my/acting', { whom: `mandate:${mandate}` })
    await house.sql(`update procedure set least_assurance = 'card' where slug = 'dx-consultation-event'`)
    try {
      expect((await file(agent)).status).toBe(403)
      await agent.post('/my/acting', { whom: 'self' })
      expect((await file(agent)).status).toBe(303)
    } finally {
      await house.sql(`update procedure set least_assurance = 'none' where slug = 'dx-consultation-event'`)
    }
  })

  test('is offered to one mailbox: whoever can’t read it can neither accept nor see nor end it', async () => {
    const [hanako, taro, mallory] = [await resident('委任 三'), await resident('受任 三'), await resident('他人 三')]
    await hanako.post('/my/mandates/new', { mail: taro.mail, scope: 'all', ...until })
    const mandate = await offeredTo(taro)
    expect(await offeredTo(mallory)).toBe('')
    expect((await mallory.post('/my/mandates/accept', { mandate })).status).toBe(404)
    expect((await mallory.get(`/my/mandates/${mandate}/end`)).status).toBe(404)
    expect((await mallory.post(`/my/mandates/${mandate}/end`)).status).toBe(404)
    const reviewer = await house.as('reviewer')
    expect((await reviewer.post('/my/mandates/accept', { mandate })).status).toBe(403)
    expect((await house.browser().post('/my/mandates/accept', { mandate })).status).toBe(401)
    // Declined, it is over.
    expect((await taro.post(`/my/mandates/${mandate}/end`)).status).toBe(303)
    expect((await taro.post('/my/mandates/accept', { mandate })).status).toBe(404)
  })

  test.each([
    ['a card', () => cardHolder(`offer-card-${count}`)],
    ['a self-asserted business account', () => accountHolder(`offer-entry-${count}`, { account: 'entry' })],
    ['a representative’s business account', () => accountHolder(`offer-prime-${count}`)],
  ])(
    'is neither seen, accepted nor declined by %s, though its holder once proved to read that mailbox',
    async (_, by) => {
      const [hanako, taro] = [await resident('委任 古い宛先'), await resident('受任 古い宛先')]
      await hanako.post('/my/mandates/new', { mail: taro.mail, scope: 'all', ...until })
      const mandate = await offeredTo(taro)
      const former = house.browser()
      const signedIn = by()
      await come(former, signedIn)
      // As if they had linked it to the account of that mailbox, in a year when it was still theirs.
      await house.sql('update sign_in set person = $1 where subject = $2', [taro.id, signedIn.subject])
      await come(former, signedIn)
      const page = await textOf(former.get('/my/mandates'))
      expect(page).not.toContain('委任 古い宛先')
      expect(page).toContain('申し出のメールを受け取ったアドレスに届く確認コードでサインイン')
      expect((await former.post('/my/mandates/accept', { mandate })).status).toBe(404)
      expect((await former.post(`/my/mandates/${mandate}/end`)).status).toBe(404)
      expect((await taro.post('/my/mandates/accept', { mandate })).status).toBe(303)
      // Accepted, it is that person's, whatever they come by next.
      expect((await former.post('/my/acting', { whom: `mandate:${mandate}` })).status).toBe(303)
    },
  )

  test('and the sign-in stand in each entry of what was done by it, where the auditor finds them', async () => {
    const [hanako, taro] = [await resident('委任 足跡'), await resident('受任 足跡')]
    const mandate = await entrust(hanako, taro)
    await taro.post('/my/acting', { whom: `mandate:${mandate}` })
    expect((await file(taro)).status).toBe(303)
    const prime = house.browser()
    await come(prime, accountHolder('trail-prime', { person: '日和 足跡' }))
    expect((await file(prime)).status).toBe(303)
    const [other, entry] = await house.sql<{ account: string; mandate: string; sign_in: string }>(
      `select account, mandate, sign_in from audit where act = 'procedures.submit-filing' order by at desc limit 2`,
    )
    const [signIn] = await house.sql<{ id: string }>(`select id from sign_in where subject = 'trail-prime'`)
    expect(entry).toEqual({ account: null, mandate, sign_in: 'mail' })
    expect(other).toEqual({ account: 'prime', mandate: null, sign_in: signIn?.id })

    const auditor = await house.as('auditor')
    const found = async (query: Record<string, string>) =>
      textOf(
        auditor.get(
          `/console/administration/audit?${new URLSearchParams({ act: 'procedures.submit-filing', ...query })}`,
        ),
      )
    const byMandate = await found({ right: mandate })
    expect(byMandate).toContain('受任 足跡（委任 足跡の代わり）')
    expect(byMandate).toContain('メールの確認コード')
    expect(byMandate).not.toContain('日和 足跡')
    const bySignIn = await found({ right: signIn?.id ?? '' })
    expect(bySignIn).toContain('日和 足跡（株式会社ひだまり製作所の代わり）')
    expect(bySignIn).toContain('GビズID（プライム）')
    expect(bySignIn).not.toContain('受任 足跡')
    expect(await found({ whom: 'ひだまり製作所' })).toContain('日和 足跡')
    expect(await found({ right: 'だれか' })).toContain('当てはまる記録はありません')
    const rows = await textOf(auditor.get(`/console/administration/audit/entries.csv?right=${mandate}`))
    expect(rows).toContain(`,メール,${mandate},,mail,`)
  })

  test('of another town is not there', async () => {
    const [hanako, taro] = [await resident('委任 四'), await resident('受任 四')]
    const mandate = await entrust(hanako, taro)
    const there = await resident('他県 四', 'mie')
    expect((await there.post('/my/acting', { whom: `mandate:${mandate}` })).status).toBe(409)
    expect((await there.post('/my/mandates/accept', { mandate })).status).toBe(404)
    expect((await there.post(`/my/mandates/${mandate}/end`)).status).toBe(404)
  })

  test('tells what to correct, with what was typed', async () => {
    const hanako = await resident('委任 五')
    const wrong = await hanako.post('/my/mandates/new', {
      mail: 'だれか',
      'until.year': '2020',
      'until.month': '1',
      'until.day': '1',
    })
    const html = await wrong.text()
    expect(wrong.status).toBe(422)
    expect(html).toContain('value="だれか"')
    expect(html).toContain('任せる手続を選んでください')
    const past = await hanako.post('/my/mandates/new', {
      mail: 'a@example.jp',
      scope: 'all',
      ...until,
      'until.year': '2020',
    })
    expect(await past.text()).toContain('今日より後の日を入力してください')
    const long = await hanako.post('/my/mandates/new', {
      mail: 'a@example.jp',
      scope: 'all',
      ...until,
      'until.year': '2099',
    })
    expect(await long.text()).toContain('3年以内の日を入力してください')
    const self = await hanako.post('/my/mandates/new', { mail: hanako.mail.toUpperCase(), scope: 'all', ...until })
    expect(await self.text()).toContain('ご自身のメールアドレスは指定できません')
  })
})

describe('a company', () => {
  test('is entrusted to others by its prime account, and by nobody else', async () => {
    const prime = house.browser()
    await come(prime, accountHolder('mandate-prime'))
    const taro = await resident('受任 会社')
    const mandate = await entrust(prime, taro)
    await taro.post('/my/acting', { whom: `mandate:${mandate}` })
    expect(await textOf(taro.get('/'))).toContain('株式会社ひだまり製作所の手続をしています')
    // An agent can't pass on what was entrusted to them.
    expect((await taro.post('/my/mandates/new', { mail: 'x@example.jp', scope: 'all', ...until })).status).toBe(403)

    const member = house.browser()
    await come(member, accountHolder('mandate-member', { account: 'member', person: '陽向 あおい' }))
    expect((await member.get('/my/mandates/new')).status).toBe(403)
    expect((await member.post('/my/mandates/new', { mail: taro.mail, scope: 'all', ...until })).status).toBe(403)
    expect((await member.post(`/my/mandates/${mandate}/end`)).status).toBe(404)
    expect((await prime.post(`/my/mandates/${mandate}/end`)).status).toBe(303)
  })
})
