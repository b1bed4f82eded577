import { beforeAll, describe, expect, test } from 'vitest'
import { idIn, pathIn } from '../../../tests/answers.ts'
import { dayFields, inDays } from '../../../tests/days.ts'
import { openHouse, type TestHouse } from '../../../tests/house.ts'
import { accountHolder, cardHolder, officeHolder, playLeaving, playProvider } from '../../../tests/played-provider.ts'

let house: TestHouse
let come: ReturnType<typeof playProvider>
beforeAll(async () => {
  house = await openHouse()
  come = playProvider(house)
})

const textOf = async (answer: Response | Promise<Response>) => (await answer).text()
const home = '/console/administration'

let count = 0
async function resident(tenant = 'attaka') {
  const mail = `company-${++count}@example.jp`
  const [row] = await house.sql<{ id: string }>(
    `insert into person (tenant, id, kind, name, mail, mail_verified_at, created_at)
     values ($1, gen_random_uuid(), 'resident', $2, $2, now(), now()) returning id`,
    [tenant, mail],
  )
  const browser = house.browser(tenant)
  await browser.signInAs(row?.id ?? '', { staff: false, assurance: 'mail' })
  return { ...browser, id: row?.id ?? '', mail }
}

describe('at the same moment', () => {
  const together = async (all: readonly ReturnType<typeof accountHolder>[]) =>
    Promise.all((await playLeaving(house)(all)).map((back) => back()))

  test('many of one company that nobody knew are let in, and it is entered once with all of them as members', async () => {
    const company = { number: '9000000000009', name: '株式会社いちどに' }
    const others = [{ number: '2000000000007', name: '委任元いちどに' }]
    const answers = await together(
      Array.from({ length: 6 }, (_, n) =>
        accountHolder(`together-${n}`, { person: `同時 ${n}`, company, delegations: others }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303, 303, 303])
    for (const { number, members } of [
      { number: company.number, members: 6 },
      { number: others[0]?.number, members: 0 },
    ]) {
      const rows = await house.sql(
        `select count(*) over ()::int as companies,
           (select count(*)::int from company_member m where m.company = p.id and until is null) as members,
           (select count(*)::int from verified_attribute v where v.person = p.id) as verified
         from person p where tenant = 'attaka' and corporate_number = $1`,
        [number],
      )
      expect(rows).toEqual([{ companies: 1, members, verified: 2 }])
    }
  })

  test('those who bring the same companies in another order are let in too: none waits for what another holds', async () => {
    const companies = ['7000000000101', '5000000000202', '3000000000303', '1000000000404'].map((number) => ({
      number,
      name: `株式会社${number}`,
    }))
    // First to enter them, then to say the same of them again.
    for (const turn of [1, 2, 3]) {
      const answers = await together(
        Array.from({ length: 8 }, (_, n) => {
          const [company, ...delegations] = n % 2 ? companies : companies.toReversed()
          return accountHolder(`crossing-${turn}-${n}`, { person: `交差 ${n}`, company, delegations })
        }),
      )
      expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(303))
    }
  })

  test('one account that comes back in several browsers is one person, one sign-in and one membership', async () => {
    const same = accountHolder('together-same', { company: { number: '5000000000004', name: '株式会社おなじ' } })
    const answers = await together([same, same, same, same])
    // Of those that would link it for the first time one is let in; the others are told to begin again.
    expect(answers.every(({ status }) => status === 303 || status === 400)).toBe(true)
    expect((await together([same, same, same, same])).map(({ status }) => status)).toEqual([303, 303, 303, 303])
    const rows = await house.sql(
      `select m.id from company_member m join sign_in s on s.id = m.sign_in where s.subject = 'together-same'`,
    )
    expect(rows).toHaveLength(1)
  })

  test('an administrator’s form that is sent several times enters a company and a member once, and the rest are told', async () => {
    const administrator = await house.as('administrator')
    const fields = { number: '3000000000006', name: '株式会社なんども' }
    const entered = await Promise.all([1, 2, 3, 4].map(() => administrator.post(`${home}/companies/new`, fields)))
    expect(entered.map(({ status }) => status).sort()).toEqual([303, 409, 409, 409])
    const company = pathIn(entered.find(({ status }) => status === 303) ?? new Response())
      .split('/')
      .at(-1)
    const taro = await resident()
    const member = { mail: taro.mail, reason: '窓口で確認' }
    const added = await Promise.all(
      [1, 2, 3, 4].map(() => administrator.post(`${home}/companies/${company}/members/new`, member)),
    )
    expect(added.map(({ status }) => status).sort()).toEqual([303, 409, 409, 409])
  })
})

test('a company without its number can’t be in the records', async () => {
  for (const number of [null, '', '123']) {
    await expect(
      house.sql(
        `insert into person (tenant, id, kind, name, corporate_number, created_at)
         values ('attaka', gen_random_uuid(), 'company', '番号なし', $1, now())`,
        [number],
      ),
    ).rejects.toThrow('company_has_number')
  }
})

describe('an administrator', () => {
  test('enters a company by its 法人番号 in any spelling, and finds it in the list', async () => {
    const administrator = await house.as('administrator')
    const entered = await administrator.post(`${home}/companies/new`, {
      number: '７-0000-0000-0002',
      name: '行政書士法人こもれび',
    })
    expect(entered.status, await entered.clone().text()).toBe(303)
    const list = await textOf(
      administrator.get(`${home}/people?kind=company&words=${encodeURIComponent('7000000000002')}`),
    )
    expect(list).toContain('行政書士法人こもれび')
    expect(list).toContain('7000000000002')
    const again = await administrator.post(`${home}/companies/new`, { number: '7000000000002', name: '別の名前' })
    expect(again.status).toBe(409)
    expect(await again.text()).toContain('すでに登録されています')
  })

  test.each([
    ['a wrong check digit', '1000000000002'],
    ['another length', '700000000000'],
    ['an マイナンバー', '123456789018'],
    ['letters', '七千億'],
    ['nothing', ''],
  ])('is told of %s', async (_, number) => {
    const administrator = await house.as('administrator')
    const page = await administrator.post(`${home}/companies/new`, { number, name: '会社' })
    expect(page.status).toBe(422)
    expect(await page.text()).toMatch(/法人番号を(確かめて|入力して)ください/)
  })

  test('lets somebody act for it whom the office has checked, and ends that', async () => {
    const administrator = await house.as('administrator')
    const entered = await administrator.post(`${home}/companies/new`, {
      number: '6000000000003',
      name: '合同会社なぎさ水産',
    })
    const company = idIn(entered)
    const taro = await resident()
    const unknown = await administrator.post(`${home}/companies/${company}/members/new`, {
      mail: 'nobody@example.jp',
      reason: '窓口で確認',
    })
    expect(unknown.status).toBe(422)
    expect(await unknown.text()).toContain('先に本人にサインインしてもらってください')
    const added = await administrator.post(`${home}/companies/${company}/members/new`, {
      mail: taro.mail,
      reason: '登記事項証明書を確認',
    })
    expect(added.status).toBe(303)
    expect((await taro.post('/my/acting', { whom: `company:${company}` })).status).toBe(303)
    expect(await textOf(taro.get('/'))).toContain('合同会社なぎさ水産の手続をしています')

    const page = await textOf(administrator.get(`${home}/people/${company}`))
    expect(page).toContain('窓口で確認：登記事項証明書を確認')
    const end = page.match(/\/companies\/[0-9a-f-]+\/members\/[0-9a-f-]+\/end/)?.[0] ?? ''
    expect(await textOf(administrator.get(`${home}${end}`))).toContain('この会社の手続ができなくなります')
    expect((await administrator.post(`${home}${end}`)).status).toBe(303)
    expect(await textOf(taro.get('/'))).not.toContain('の手続をしています')
    expect((await taro.post('/my/acting', { whom: `company:${company}` })).status).toBe(409)
  })

  test('sees who acts for a company by GビズID, and stops the company with all of them', async () => {
    const prime = house.browser()
    await come(prime, accountHolder('company-prime'))
    const administrator = await house.as('administrator')
    const [row] = await house.sql<{ id: string }>(
      `select id from person where corporate_number = '8000000000001' and tenant = 'attaka'`,
    )
    const page = await textOf(administrator.get(`${home}/people/${row?.id}`))
    expect(page).toContain('日和 みのる')
    expect(page).toContain('GビズIDプライム')
    expect((await administrator.post(`${home}/people/${row?.id}/disable`, { reason: '解散' })).status).toBe(303)
    expect(await textOf(prime.get('/'))).not.toContain('の手続をしています')
    expect((await come(house.browser(), accountHolder('company-prime'))).status).toBe(403)
    await administrator.post(`${home}/people/${row?.id}/enable`)
  })

  test('enters a legal representative, who accepts and acts; the principal can’t end it alone', async () => {
    const administrator = await house.as('administrator')
    const [child, parent] = [await resident(), await resident()]
    const entered = await administrator.post(`${home}/people/${child.id}/mandates/new`, {
      mail: parent.mail,
      ...dayFields('until', inDays(120)),
      reason: '戸籍で親権者と確認',
    })
    expect(entered.status, await entered.clone().text()).toBe(303)
    const mandate =
      (await textOf(parent.get('/my/mandates'))).match(/name="mandate" value="([0-9a-f-]{36})"/)?.[1] ?? ''
    await parent.post('/my/mandates/accept', { mandate })
    await parent.post('/my/acting', { whom: `mandate:${mandate}` })
    expect(await textOf(parent.get('/'))).toContain(`${child.mail}の手続をしています`)
    expect(await textOf(child.get('/my/mandates'))).toContain('法定代理')
    expect((await child.post(`/my/mandates/${mandate}/end`)).status).toBe(403)
    const page = await textOf(administrator.get(`${home}/people/${child.id}`))
    expect(page).toContain(parent.mail)
    expect((await administrator.post(`${home}/people/${child.id}/mandates/${mandate}/end`)).status).toBe(303)
    expect(await textOf(parent.get('/'))).not.toContain('の手続をしています')
  })
})

test('nobody else may enter or see any of it', async () => {
  const [company] = await house.sql<{ id: string }>(
    `select id from person where kind = 'company' and tenant = 'attaka'`,
  )
  for (const who of [await house.as('reviewer'), await resident(), house.browser()]) {
    const expected = 'id' in who ? 403 : 401
    for (const path of [
      `${home}/companies/new`,
      `${home}/companies/${company?.id}/members/new`,
      `${home}/groups`,
      `${home}/groups/new`,
    ]) {
      expect((await who.get(path)).status, path).toBe(expected)
      if (path !== `${home}/groups`) expect((await who.post(path, {})).status, path).toBe(expected)
    }
  }
})

test('companies of another town are not there', async () => {
  const there = await house.as('administrator', 'mie')
  const [company] = await house.sql<{ id: string }>(
    `select id from person where kind = 'company' and tenant = 'attaka'`,
  )
  const taro = await resident('mie')
  expect((await there.get(`${home}/people/${company?.id}`)).status).toBe(404)
  const added = await there.post(`${home}/companies/${company?.id}/members/new`, { mail: taro.mail, reason: '試し' })
  expect(added.status).toBe(404)
  expect((await taro.post('/my/acting', { whom: `company:${company?.id}` })).status).toBe(409)
  const same = await there.post(`${home}/companies/new`, { number: '7000000000002', name: '同じ番号の会社' })
  expect(same.status).toBe(303)
})

describe('the table of groups', () => {
  const enter = async (group: string, role: string, who = 'administrator') => {
    const administrator = await house.as(who)
    const answer = await administrator.post(`${home}/groups/new`, { provider: 'office', group, role })
    expect(answer.status, await answer.clone().text()).toBe(303)
  }
  const rolesOf = async (subject: string) =>
    (
      await house.sql<{ role: string }>(
        `select role from role_grant g join sign_in s on s.person = g.person and s.tenant = g.tenant
         where s.subject = $1 and g.tenant = 'attaka' and revoked_at is null order by role`,
        [subject],
      )
    ).map(({ role }) => role)

  test('gives roles at sign-in, and takes them when somebody has left the group', async () => {
    await enter('dx-staff', 'staff')
    await enter('dx-reviewers', 'reviewer')
    const who = house.browser()
    const signIn = (groups: string[]) => come(who, officeHolder('group-1', { name: '群 一子', groups }), { back: '/' })
    await signIn(['dx-staff', 'dx-reviewers', 'unknown'])
    expect(await rolesOf('group-1')).toEqual(['reviewer', 'staff'])
    expect((await who.get('/console/filings')).status).toBe(200)
    await signIn(['dx-staff'])
    expect(await rolesOf('group-1')).toEqual(['staff'])
    expect((await who.get('/console/filings')).status).toBe(403)
  })

  test('leaves alone what a person has given', async () => {
    const administrator = await house.as('administrator')
    const who = house.browser()
    await come(who, officeHolder('group-2', { name: '群 二子' }))
    const [row] = await house.sql<{ person: string }>(`select person from sign_in where subject = 'group-2'`)
    await administrator.post(`${home}/people/${row?.person}/roles`, {
      role: 'reviewer',
      place: 'office',
      reason: '異動',
    })
    await come(who, officeHolder('group-2', { groups: ['dx-reviewers'] }))
    await come(who, officeHolder('group-2', { groups: [] }))
    expect(await rolesOf('group-2')).toEqual(['reviewer'])
  })

  test('gives nobody a role by a line that they entered themselves', async () => {
    await enter('dx-auditors', 'auditor')
    await house.sql(`insert into sign_in (tenant, issuer, subject, person, linked_at)
      select 'attaka', 'https://idp.example', 'group-administrator', person, now() from sign_in
      where tenant = 'attaka' and subject = 'administrator'`)
    await come(house.browser(), officeHolder('group-administrator', { groups: ['dx-auditors'] }))
    expect(await rolesOf('group-administrator')).not.toContain('auditor')
    await come(house.browser(), officeHolder('group-3', { groups: ['dx-auditors'] }))
    expect(await rolesOf('group-3')).toEqual(['auditor'])
  })

  test('is changed by a person only: a token would hide who gave the role', async () => {
    const administrator = await house.as('administrator')
    const issued = await administrator.post(`${home}/tokens/new`, {
      name: '人の取り込み',
      roles: ['administrator'],
      scopes: ['people:write'],
      ...dayFields('until', inDays(60)),
      confirmed: 'yes',
    })
    const token = (await issued.text()).match(/[\w-]{40,}(?=<)/)?.[0] ?? ''
    const answer = await house.app.request('http://localhost:3000/attaka/api/v1/people/enter-group-role', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ provider: 'office', group: 'x', role: 'administrator' }),
    })
    expect(answer.status).toBe(403)
  })

  test('a line that is taken away takes its roles at once', async () => {
    const administrator = await house.as('administrator')
    const page = await textOf(administrator.get(`${home}/groups`))
    const line = page.match(/dx-staff[\s\S]*?\/groups\/([0-9a-f-]{36})\/remove/)?.[1] ?? ''
    expect(await textOf(administrator.get(`${home}/groups/${line}/remove`))).toContain('すぐに外れます')
    const removed = await administrator.post(`${home}/groups/${line}/remove`)
    expect(removed.status).toBe(303)
    expect(await rolesOf('group-1')).toEqual([])
    expect((await administrator.post(`${home}/groups/${line}/remove`)).status).toBe(404)
  })

  test('tells what to correct, and knows only the office’s own providers', async () => {
    const administrator = await house.as('administrator')
    const wrong = await administrator.post(`${home}/groups/new`, { provider: 'card', group: '', role: 'king' })
    const html = await wrong.text()
    expect(wrong.status).toBe(422)
    expect(html).toContain('グループの名前を入力してください')
    expect(html).toContain('役割を選んでください')
    const card = await administrator.post(`${home}/groups/new`, { provider: 'card', group: 'g', role: 'staff' })
    expect(await card.text()).toContain('認証サーバーを選んでください')
  })
})

test('a card holder who comes to the console finds it closed', async () => {
  const holder = house.browser()
  await come(holder, cardHolder('console-card'))
  expect((await holder.get('/console')).status).toBe(403)
})
