import { beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '../../../tests/house.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})

/** A resident who has proved to read this mailbox. */
const resident = async (mail: string, tenant = 'attaka') => {
  const theirs = house.browser(tenant)
  const sent = await theirs.post('/sign-in/mail', { mail })
  const id = new URL(sent.headers.get('location') ?? '', 'http://x').searchParams.get('id') ?? ''
  await house.settle()
  const [last] = (await house.outside.sent(tenant)).filter(({ to }) => to === mail)
  await theirs.post('/sign-in/code', { id, code: last?.text.match(/\d{6}/)?.[0] ?? '' })
  return theirs
}

describe('a resident', () => {
  test('says how they are called, with any character', async () => {
    const hanako = await resident('hanako@example.jp')
    const saved = await hanako.post('/my/account/name', { name: '渡邉󠄐 花子', reading: 'わたなべ　はなこ' })
    expect(saved.status).toBe(303)
    const page = await (await hanako.get('/my/account')).text()
    expect(page).toContain('渡邉󠄐 花子')
    expect(page).toContain('ワタナベ　ハナコ')
    expect(page).toContain('hanako@example.jp')
    const administrator = await house.as('administrator')
    const found = await administrator.get(
      `/console/administration/people?kind=resident&words=${encodeURIComponent('渡邉')}`,
    )
    expect(await found.text()).toContain('渡邉󠄐 花子')
  })

  test('leaves a trace by reading what is their own, so that whoever comes in their name does too', async () => {
    const jiro = await resident('jiro@example.jp')
    const read = () =>
      house.sql(
        `select act, subjects->0->>'id' as whose from audit where kind = 'read' and actor = (
           select id::text from person where mail = 'jiro@example.jp') order by id`,
      )
    expect(await read()).toEqual([])
    for (const place of ['/my', '/my/notices', '/my/account']) expect((await jiro.get(place)).status).toBe(200)
    const entries = await read()
    expect(entries.map(({ act }) => act)).toEqual(
      expect.arrayContaining(['notices.my-page', 'notices.own-notices', 'people.my-account']),
    )
    expect(new Set(entries.map(({ whose }) => whose)).size).toBe(1)
  })

  test('is told what to correct and finds it as typed', async () => {
    const taro = await resident('taro@example.jp')
    const page = await taro.post('/my/account/name', { name: ' ', reading: '太郎' })
    const html = await page.text()
    expect(page.status).toBe(422)
    expect(html).toContain('氏名を入力してください')
    expect(html).toContain('value="太郎"')
  })

  test('sees where they are signed in, without tokens, and signs out everywhere', async () => {
    const [one, two] = [await resident('two@example.jp'), await resident('two@example.jp')]
    const html = await (await one.get('/my/account')).text()
    expect(html.match(/この端末<|ほかの端末/g)).toHaveLength(2)
    for (const secret of [one.jar.get('attaka'), two.jar.get('attaka')]) {
      expect(html).not.toContain(secret)
      expect(html).not.toContain(house.outside.sealer.hashToken(secret ?? ''))
    }
    expect((await one.post('/sign-out', { everywhere: 'yes' })).status).toBe(303)
    expect((await two.get('/my/account')).status).toBe(401)
  })
})

describe('a member of staff', () => {
  test('sees section, roles and the other offices where the same sign-in is known', async () => {
    const reviewer = await house.as('reviewer')
    const html = await (await reviewer.get('/my/account')).text()
    expect(html).toContain('デジタルサービス課')
    expect(html).toContain('あったか県の申請を審査できます')
    expect(html).toContain('http://localhost:3000/mie/sign-in?back=/console')
    expect(html).not.toContain('href="http://localhost:3000/attaka/sign-in')
    const [trace] = await house.sql<{ subjects: unknown }>(
      "select subjects from audit where act = 'people.my-offices' order by at desc, id desc limit 1",
    )
    expect(trace?.subjects).toEqual([{ module: 'people', kind: 'person', id: reviewer.id }])
  })

  test('finds what they may do in one order, whichever role they were given first', async () => {
    const html = await (await (await house.as('approver')).get('/my/account')).text()
    const may = [...html.matchAll(/<li>あったか県の([^<]+)ます<\/li>/g)].map(([, text]) => text)
    expect(may).toEqual([
      '職員として、職員用の画面を開け',
      '申請を審査でき',
      '申請を決裁でき',
      '手続と様式を作り、公開でき',
    ])
  })

  test('can’t change the name that the office has entered', async () => {
    const reviewer = await house.as('reviewer')
    expect((await reviewer.post('/my/account/name', { name: '別の名' })).status).toBe(403)
  })
})

describe('the question that crosses offices', () => {
  const ask = (tenant: string, person: string) =>
    house.sql<{ office: string; here: string }>(
      `with entered as materialized (select set_config('app.tenant', $1, false))
       select office, current_setting('app.tenant') as here from entered, offices_elsewhere($2::uuid) as office`,
      [tenant, person],
      'app',
    )
  const reviewer = '01900000-0000-7000-8000-000000000101'

  test('is answered with ids of offices, and leaves the asking office as it was', async () => {
    const answer = await ask('hidamari', reviewer)
    expect(answer.map(({ office }) => office).sort()).toEqual(['attaka', 'komorebi', 'mie', 'nagisa'])
    expect(new Set(answer.map(({ here }) => here))).toEqual(new Set(['hidamari']))
  })

  test('is not answered about somebody of another office, nor about those who are disabled', async () => {
    const person = '01900000-0000-7000-8000-0000000000ee'
    await house.sql(
      `insert into person (tenant, id, kind, name, created_at) values
      ('mie', $1, 'staff', '三重の人', now()), ('nagisa', $1, 'staff', 'なぎさの人', now())`,
      [person],
    )
    await house.sql(
      `insert into sign_in (tenant, issuer, subject, person, linked_at) values
      ('mie', 'urn:x', 'one', $1, now()), ('nagisa', 'urn:x', 'one', $1, now())`,
      [person],
    )
    expect((await ask('mie', person)).map(({ office }) => office)).toEqual(['nagisa'])
    expect(await ask('attaka', person)).toEqual([])
    await house.sql("update person set disabled_at = now() where tenant = 'nagisa' and id = $1", [person])
    expect(await ask('mie', person)).toEqual([])
    expect(await ask('nagisa', person)).toEqual([])
  })
})

test('a program has no account', async () => {
  const answer = await house.browser().get('/api/v1/people/my-account')
  expect(answer.status).toBe(401)
})

test('a visitor is asked to sign in', async () => {
  const visitor = house.browser()
  expect((await visitor.get('/my/account')).status).toBe(401)
  expect((await visitor.get('/my/account/name')).status).toBe(401)
  expect((await visitor.post('/my/account/name', { name: 'x' })).status).toBe(401)
})
