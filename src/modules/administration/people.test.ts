import { beforeAll, describe, expect, test } from 'vitest'
import { demonstrationPersons } from '#modules/people/index.ts'
import { idIn } from '../../../tests/answers.ts'
import { dayFields } from '../../../tests/days.ts'
import { openHouse, type TestHouse } from '../../../tests/house.ts'
import { units } from '../../../tests/units.ts'

const list = '/console/administration/people'
const { services, digital } = units
const idOf = (subject: string) => demonstrationPersons.find((one) => one.subject === subject)?.id ?? ''

let house: TestHouse
let administrator: Awaited<ReturnType<TestHouse['as']>>
beforeAll(async () => {
  house = await openHouse()
  administrator = await house.as('administrator')
})

let count = 0
/** Somebody new, entered through the front door. */
const invite = async (fields: Record<string, string> = {}, by = administrator) => {
  const sent = await by.post(`${list}/new`, {
    name: `新人 その${++count}`,
    mail: `newcomer${count}@office.example.jp`,
    section: services,
    provider: 'office',
    ...fields,
  })
  expect(sent.status).toBe(303)
  return idIn(sent)
}

/** Comes back from the provider, who says this of them. */
const signIn = async (vouched: { subject: string; mail: string | null; mailVerified: boolean; name?: string }) => {
  const { signIn } = house.outside
  const flow = {
    provider: 'office',
    state: `state-${++count}`,
    nonce: 'n',
    verifier: 'v',
    redirectUri: 'http://localhost:3000/attaka/sign-in/back',
  }
  signIn.begin = async () => ({ url: 'http://provider.example/authorize', flow })
  signIn.finish = async () => ({
    issuer: 'https://idp.example',
    name: '',
    groups: [],
    profile: 'office',
    attributes: null,
    business: null,
    ...vouched,
  })
  const staff = house.browser()
  await staff.get('/sign-in/with/office')
  const back = await staff.get(`/sign-in/back?state=${flow.state}&code=x`)
  expect(back.status).toBe(303)
  return staff
}

const personOf = async (subject: string) =>
  (
    await house.sql<{ person: string }>(
      "select person from sign_in where tenant = 'attaka' and issuer = 'https://idp.example' and subject = $1",
      [subject],
    )
  )[0]?.person

test('a person’s way to sign in has a name, and the own page says who gives and who takes roles', async () => {
  const administrator = await house.as('administrator')
  const html = await (await administrator.get(`/console/administration/people/${administrator.id}`)).text()
  expect(html).toContain('体験用の職員アカウント')
  expect(html).not.toContain('urn:attaka')
  expect(html).toContain('役割を外すことは、ご自身でもできます')
})

describe('the list of people', () => {
  test('finds by name, by reading in hiragana and by mail', async () => {
    for (const words of ['審査', 'しんさ はるか', 'REVIEWER@staff', 'ｼﾝｻ']) {
      const html = await (await administrator.get(`${list}?words=${encodeURIComponent(words)}`)).text()
      expect(html).toContain('審査 はるか')
      expect(html).not.toContain('監査 あきら')
    }
  })

  test('takes signs of patterns as what they are', async () => {
    const html = await (await administrator.get(`${list}?words=%25`)).text()
    expect(html).toContain('当てはまる人はいません')
  })

  test('shows fifty to a page', async () => {
    await house.sql(`insert into person (tenant, id, kind, name, corporate_number, created_at, search)
      select 'attaka', gen_random_uuid(), 'company', '会社' || n, lpad(n::text, 13, '0'), now(), '会社' || n
      from generate_series(1, 60) n`)
    const first = await (await administrator.get(`${list}?kind=company`)).text()
    expect(first.match(/>会社\d+</g)).toHaveLength(50)
    expect(first).toContain('page=2')
    const second = await (await administrator.get(`${list}?kind=company&page=2`)).text()
    expect(second.match(/>会社\d+</g)).toHaveLength(10)
  })

  test('leaves a trace of whom it showed', async () => {
    await administrator.get(`${list}?words=${encodeURIComponent('監査')}`)
    const [last] = await house.sql<{ subjects: unknown }>(
      "select subjects from audit where act = 'people.persons' order by at desc, id desc limit 1",
    )
    expect(last?.subjects).toEqual([{ module: 'people', kind: 'person', id: idOf('auditor') }])
  })
})

describe('an invitation', () => {
  test('goes out by mail and makes the person known by the mail that the provider has verified', async () => {
    const person = await invite({ name: '葛󠄀城 ひかり', reading: 'かつらぎ ひかり', mail: 'hikari@office.example.jp' })
    await house.settle()
    const [mail] = (await house.outside.sent('attaka')).filter(({ to }) => to === 'hikari@office.example.jp')
    expect(mail?.subject).toBe('あったか県の職員用画面へのご招待')
    expect(mail?.text).toContain('http://localhost:3000/attaka/sign-in?back=/console')

    const hikari = await signIn({ subject: 'h-1', mail: 'Hikari@office.example.jp', mailVerified: true })
    expect(await personOf('h-1')).toBe(person)
    const home = await (await hikari.get('/console')).text()
    expect(home).toContain('葛󠄀城 ひかり')
    const page = await (await administrator.get(`${list}/${person}`)).text()
    expect(page).toContain('カツラギ ヒカリ')
    expect(page).toContain('あったか県全体の職員として、職員用の画面を開けます')
  })

  test('opens nothing to somebody whose mail the provider has not verified', async () => {
    const person = await invite({ mail: 'target@office.example.jp' })
    await signIn({ subject: 'mallory', mail: 'target@office.example.jp', mailVerified: false })
    expect(await personOf('mallory')).not.toBe(person)
    await signIn({ subject: 'right-one', mail: 'target@office.example.jp', mailVerified: true })
    expect(await personOf('right-one')).toBe(person)
  })

  test('that names the provider’s own number is for that number only', async () => {
    const person = await invite({ mail: 'numbered@office.example.jp', subject: 'staff-4711' })
    await signIn({ subject: 'other', mail: 'numbered@office.example.jp', mailVerified: true })
    expect(await personOf('other')).not.toBe(person)
    await signIn({ subject: 'staff-4711', mail: null, mailVerified: false })
    expect(await personOf('staff-4711')).toBe(person)
  })

  test('can be used once, and is over after thirty days', async () => {
    const person = await invite({ mail: 'once@office.example.jp' })
    await signIn({ subject: 'once-1', mail: 'once@office.example.jp', mailVerified: true })
    await signIn({ subject: 'once-2', mail: 'once@office.example.jp', mailVerified: true })
    expect(await personOf('once-1')).toBe(person)
    expect(await personOf('once-2')).not.toBe(person)
    expect((await administrator.post(`${list}/${person}/invitation`, { provider: 'office' })).status).toBe(409)

    const late = await invite({ mail: 'late@office.example.jp' })
    await house.sql("update invitation set expires_at = now() - interval '1 second' where person = $1", [late])
    await signIn({ subject: 'late-1', mail: 'late@office.example.jp', mailVerified: true })
    expect(await personOf('late-1')).not.toBe(late)
    expect((await administrator.post(`${list}/${late}/invitation`, { provider: 'office' })).status).toBe(303)
    await signIn({ subject: 'late-2', mail: 'late@office.example.jp', mailVerified: true })
    expect(await personOf('late-2')).toBe(late)
  })

  test('that went to a wrong address is put right, with the name, as long as nobody has come', async () => {
    const person = await invite({ mail: 'typo@office.example.jp' })
    const form = await (await administrator.get(`${list}/${person}/invitation`)).text()
    expect(form).toContain('value="typo@office.example.jp"')
    const again = (fields: Record<string, string>) =>
      administrator.post(`${list}/${person}/invitation`, { provider: 'office', reading: '', ...fields })
    const taken = await again({ name: '正 しい', mail: 'ONCE@office.example.jp' })
    expect([taken.status, await taken.text()]).toEqual([409, expect.stringContaining('すでに登録されています')])
    const wrong = await again({ name: '', mail: 'typo' })
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toContain('value="typo"')
    expect((await again({ name: '正 しい', mail: 'right@office.example.jp' })).status).toBe(303)
    await house.settle()
    expect((await house.outside.sent('attaka')).map(({ to }) => to)).toContain('right@office.example.jp')
    expect(await (await administrator.get(`${list}?words=${encodeURIComponent('正 しい')}`)).text()).toContain('right@')
    // The letter to the wrong address opens nothing any more.
    await signIn({ subject: 'typo-1', mail: 'typo@office.example.jp', mailVerified: true })
    expect(await personOf('typo-1')).not.toBe(person)
    await signIn({ subject: 'typo-2', mail: 'right@office.example.jp', mailVerified: true })
    expect(await personOf('typo-2')).toBe(person)
    expect((await again({ name: '別 の人', mail: 'right@office.example.jp' })).status).toBe(409)
    expect((await (await house.as('reviewer')).post(`${list}/${person}/invitation`, { name: 'x' })).status).toBe(403)
  })

  test('says what to correct and keeps what was typed', async () => {
    const page = await administrator.post(`${list}/new`, {
      name: ' ',
      reading: '葛城',
      mail: 'x',
      section: '',
      provider: 'other',
    })
    const html = await page.text()
    expect(page.status).toBe(422)
    expect(html).toContain('氏名を入力してください')
    expect(html).toContain('フリガナはカタカナ')
    expect(html).toContain('メールアドレスの形を確かめてください')
    expect(html).toContain('所属する課を選んでください')
    expect(html).toContain('value="葛城"')
  })

  test('is refused for a mail address that a member of staff has already, also twice at once', async () => {
    const known = await administrator.post(`${list}/new`, {
      name: '二人目',
      mail: 'Reviewer@staff.example.jp',
      section: services,
      provider: 'office',
    })
    expect(known.status).toBe(409)
    const twice = { name: '双子', mail: 'twin@office.example.jp', section: services, provider: 'office' }
    const answers = await Promise.all([
      administrator.post(`${list}/new`, twice),
      administrator.post(`${list}/new`, twice),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
  })
})

describe('a role', () => {
  test('is given with scope and reason, read as a sentence, held at once and taken back', async () => {
    const person = await invite()
    const given = await administrator.post(`${list}/${person}/roles`, {
      role: 'reviewer',
      place: digital,
      reason: '4月からの審査担当',
    })
    expect(given.status).toBe(303)
    const page = await (await administrator.get(`${list}/${person}`)).text()
    expect(page).toContain('デジタル社会推進局の申請を審査できます')
    expect(page).toContain('4月からの審査担当')
    const again = await administrator.post(`${list}/${person}/roles`, { role: 'reviewer', place: digital, reason: 'x' })
    expect(again.status).toBe(409)
    expect(await again.text()).toContain('この役割は、すでに持っています')

    const grant = page.match(/roles\/([0-9a-f-]{36})\/revoke">「審査」を外す/)?.[1] ?? ''
    expect((await administrator.get(`${list}/${person}/roles/${grant}/revoke`)).status).toBe(200)
    expect((await administrator.post(`${list}/${person}/roles/${grant}/revoke`)).status).toBe(303)
    const after = await (await administrator.get(`${list}/${person}`)).text()
    expect(after).not.toContain('デジタル社会推進局の申請を審査できます')
    expect(after).toContain('外した役割')
    expect((await administrator.post(`${list}/${person}/roles/${grant}/revoke`)).status).toBe(409)
  })

  test('is never given to oneself', async () => {
    const refused = await administrator.post(`${list}/${administrator.id}/roles`, {
      role: 'auditor',
      reason: 'なんでも見たい',
    })
    expect(refused.status).toBe(403)
    expect(await refused.text()).toContain('ご自身に役割を与えることはできません')
    const [trace] = await house.sql<{ kind: string }>(
      "select kind from audit where act = 'people.grant-role' and actor = $1 order by at desc, id desc limit 1",
      [administrator.id],
    )
    expect(trace?.kind).toBe('refusal')
  })

  test('of an administrator holds for the whole office only', async () => {
    const person = await invite()
    const page = await administrator.post(`${list}/${person}/roles`, {
      role: 'administrator',
      place: digital,
      reason: '試し',
    })
    expect(page.status).toBe(422)
    expect(await page.text()).toContain('全体でだけ持てる役割です')
  })

  test('asks for a reason and a known place, and keeps what was chosen', async () => {
    const person = await invite()
    const page = await administrator.post(`${list}/${person}/roles`, { role: 'approver', place: digital, reason: '  ' })
    const html = await page.text()
    expect(page.status).toBe(422)
    expect(html).toContain('理由を入力してください')
    expect(html).toMatch(/value="approver"[^>]*checked/)
    const nowhere = { role: 'approver', place: '01900000-0000-7000-8000-00000000ffff', reason: 'x' }
    expect((await administrator.post(`${list}/${person}/roles`, nowhere)).status).toBe(422)
    expect((await administrator.post(`${list}/${person}/roles`, { role: 'king', reason: 'x' })).status).toBe(422)
  })
})

describe('the last administrator', () => {
  const adminGrant = async (person: string) =>
    (
      await house.sql<{ id: string }>(
        "select id from role_grant where tenant = 'attaka' and person = $1 and role = 'administrator' and revoked_at is null",
        [person],
      )
    )[0]?.id

  test('can be neither disabled nor relieved', async () => {
    const grant = await adminGrant(administrator.id)
    const relieved = await administrator.post(`${list}/${administrator.id}/roles/${grant}/revoke`)
    expect(relieved.status).toBe(409)
    expect(await relieved.text()).toContain('最後の管理者なので、外せません')
    const disabled = await administrator.post(`${list}/${administrator.id}/disable`)
    expect(disabled.status).toBe(409)
    expect(await disabled.text()).toContain('最後の管理者なので、止められません')
  })

  test('is not one who was only invited', async () => {
    const person = await invite({ mail: 'second@office.example.jp' })
    await administrator.post(`${list}/${person}/roles`, { role: 'administrator', reason: '交代' })
    const grant = await adminGrant(administrator.id)
    expect((await administrator.post(`${list}/${administrator.id}/roles/${grant}/revoke`)).status).toBe(409)
  })

  test('remains when two administrators relieve each other at the same moment', async () => {
    const second = await signIn({ subject: 'second', mail: 'second@office.example.jp', mailVerified: true })
    const other = (await personOf('second')) ?? ''
    const [mine, theirs] = await Promise.all([adminGrant(administrator.id), adminGrant(other)])
    const answers = await Promise.all([
      administrator.post(`${list}/${other}/roles/${theirs}/revoke`),
      second.post(`${list}/${administrator.id}/roles/${mine}/revoke`),
    ])
    // Whoever comes second is told that they are the last one; or, where the first was quicker, has no say any more.
    const [first, later] = answers.map(({ status }) => status).sort()
    expect(first).toBe(303)
    expect([403, 409]).toContain(later)
    // Back to where the other tests begin.
    await house.sql(
      "update role_grant set revoked_at = null where tenant = 'attaka' and role = 'administrator' and person = $1",
      [administrator.id],
    )
  })
})

describe('a member of staff', () => {
  test('is moved from a day on, ahead of time, and the history says so', async () => {
    const person = await invite()
    const { strategy } = units
    const move = (from: Record<string, string>, section = strategy) =>
      administrator.post(`${list}/${person}/section`, { section, ...from })
    const day = (iso: string) => dayFields('from', iso)
    const future = `${new Date().getFullYear() + 1}-04-01`
    expect((await move(day(future))).status).toBe(303)
    const page = await (await administrator.get(`${list}/${person}`)).text()
    expect(page).toContain('デジタル戦略課')
    expect(page).toContain('デジタルサービス課')
    expect(page).toContain('予定')
    // Until then the list shows where they are now.
    const shown = await house.sql<{ section: string }>(
      `select section from membership where tenant = 'attaka' and person = $1 and valid_to is not null`,
      [person],
    )
    expect(shown).toEqual([{ section: services }])
    const earlier = await move(day('2020-04-01'), services)
    expect(earlier.status).toBe(409)
    expect((await move(day('2026-02-30'), services)).status).toBe(422)
    const same = await move(day(`${new Date().getFullYear() + 2}-04-01`))
    expect(await same.text()).toContain('すでにこの課に所属しています')
  })

  test('who is disabled is out at once, and comes back with what they had', async () => {
    const reviewer = await house.as('reviewer')
    expect((await reviewer.get('/console')).status).toBe(200)
    expect((await administrator.post(`${list}/${reviewer.id}/disable`)).status).toBe(303)
    expect((await reviewer.get('/console')).status).toBe(401)
    expect((await (await house.as('reviewer')).get('/console')).status).toBe(401)
    expect((await administrator.post(`${list}/${reviewer.id}/enable`)).status).toBe(303)
    expect((await (await house.as('reviewer')).get('/console')).status).toBe(200)
  })

  test('is signed out everywhere by an administrator', async () => {
    const [one, two] = [await house.as('planner'), await house.as('planner')]
    expect(await (await administrator.get(`${list}/${one.id}`)).text()).toContain('2台')
    expect((await administrator.post(`${list}/${one.id}/end-sessions`)).status).toBe(303)
    expect((await one.get('/console')).status).toBe(401)
    expect((await two.get('/console')).status).toBe(401)
  })
})

describe('another office', () => {
  test('knows none of these ids, and nothing of it changes', async () => {
    const theirs = await house.as('administrator', 'mie')
    const person = await invite({}, theirs)
    const before = await house.sql("select * from person where tenant = 'mie' and id = $1", [person])
    for (const path of ['', '/roles', '/section', '/disable', '/enable', '/end-sessions', '/invitation']) {
      expect((await administrator.get(`${list}/${person}${path}`)).status).toBe(404)
    }
    const moving = { section: services, 'from.year': '2030', 'from.month': '4', 'from.day': '1' }
    expect((await administrator.post(`${list}/${person}/roles`, { role: 'reviewer', reason: 'x' })).status).toBe(404)
    expect((await administrator.post(`${list}/${person}/section`, moving)).status).toBe(404)
    for (const path of ['/disable', '/enable', '/end-sessions']) {
      expect((await administrator.post(`${list}/${person}${path}`)).status).toBe(404)
    }
    const [grant] = await house.sql<{ id: string }>("select id from role_grant where tenant = 'mie' and person = $1", [
      person,
    ])
    expect((await administrator.post(`${list}/${person}/roles/${grant?.id}/revoke`)).status).toBe(404)
    expect(await house.sql("select * from person where tenant = 'mie' and id = $1", [person])).toEqual(before)
    expect(
      await house.sql('select count(*)::int as n from role_grant where person = $1 and revoked_at is null', [person]),
    ).toEqual([{ n: 1 }])
    const found = await (await administrator.get(`${list}?words=newcomer${count}@`)).text()
    expect(found).toContain('当てはまる人はいません')
  })
})

test('an id that is none is nobody', async () => {
  expect((await administrator.get(`${list}/nobody`)).status).toBe(404)
  expect((await administrator.post(`${list}/nobody/disable`)).status).toBe(404)
})

test('a post without the form’s token is refused', async () => {
  const forged = await administrator.send(`${list}/${idOf('reviewer')}/disable`, {
    method: 'POST',
    body: new URLSearchParams({}),
  })
  expect(forged.status).toBe(403)
  expect((await (await house.as('reviewer')).get('/console')).status).toBe(200)
})

test('staff without the role are refused everywhere, and see no line of it in the rail', async () => {
  const reviewer = await house.as('reviewer')
  expect(await (await reviewer.get('/console')).text()).not.toContain(list)
  for (const path of ['', '/new', `/${reviewer.id}`, `/${reviewer.id}/roles`]) {
    expect((await reviewer.get(`${list}${path}`)).status).toBe(403)
  }
  expect((await reviewer.post(`${list}/${reviewer.id}/roles`, { role: 'administrator', reason: 'x' })).status).toBe(403)
})

test('a visitor is asked to sign in', async () => {
  const visitor = house.browser()
  for (const path of ['', '/new', `/${idOf('reviewer')}`])
    expect((await visitor.get(`${list}${path}`)).status).toBe(401)
  expect((await visitor.post(`${list}/${idOf('reviewer')}/disable`)).status).toBe(401)
})
