import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { idIn, pathIn } from '../../../tests/answers.ts'
import { workdayAhead } from '../../../tests/days.ts'
import { openHouse, type TestHouse } from '../../../tests/house.ts'

const place = '/console/administration/audit'

let house: TestHouse
let auditor: Awaited<ReturnType<TestHouse['as']>>
let administrator: Awaited<ReturnType<TestHouse['as']>>
beforeAll(async () => {
  house = await openHouse()
  auditor = await house.as('auditor')
  administrator = await house.as('administrator')
  const reviewer = await house.as('reviewer')
  await administrator.post(`/console/administration/people/${reviewer.id}/roles`, {
    role: 'plan-editor',
    reason: '兼務',
  })
  await reviewer.get('/console/administration/people')
})

const search = async (query: Record<string, string>, by = auditor) => {
  const page = await by.get(`${place}?${new URLSearchParams(query)}`)
  return { status: page.status, html: await page.text() }
}

describe('the auditor', () => {
  test('reads entries as sentences with the names of people', async () => {
    const { html } = await search({ act: 'people.grant-role' })
    expect(html).toContain('管理 そらが「役割の付与」を行いました')
    expect(html).toContain('審査 はるか')
    const refusals = await search({ kind: 'refusal' })
    expect(refusals.html).toContain('審査 はるかが「人の一覧」を求め、断られました')
    expect(refusals.html).not.toContain('を行いました')
  })

  test('finds by who, by module, by subject and by day', async () => {
    expect((await search({ who: 'かんり' })).html).toContain('管理 そらが「役割の付与」を行いました')
    expect((await search({ who: 'だれでもない' })).html).toContain('当てはまる記録はありません')
    expect((await search({ act: 'peopl' })).html).toContain('当てはまる記録はありません')
    expect((await search({ act: 'people', kind: 'act' })).html).toContain('役割の付与')
    const [one] = await house.sql<{ person: string }>("select person from sign_in where subject = 'reviewer' limit 1")
    expect((await search({ subject: `people/person/${one?.person}` })).html).toContain('役割の付与')
    expect((await search({ subject: one?.person ?? '', act: 'people.grant-role' })).html).toContain('役割の付与」を')
    expect((await search({ subject: "x'; drop table audit" })).html).toContain('当てはまる記録はありません')
    expect((await search({ from: '2020-01-01', to: '令和2年1月31日' })).html).toContain('当てはまる記録はありません')
    const bad = await search({ from: 'むかし' })
    expect(bad.status).toBe(422)
    expect(bad.html).toContain('年・月・日がわかるように')
    expect(bad.html).toContain('value="むかし"')
  })

  test('reads which settings changed, without what they said', async () => {
    const settings = { name: 'あたたか県', keyColour: 'green', office: '総務課', phone: '059-111-2222' }
    expect((await administrator.post('/console/administration/settings', settings)).status).toBe(303)
    await administrator.post('/console/administration/settings', { ...settings, phone: '059-333-4444' })
    const { html } = await search({ act: 'people.change-settings' })
    const [newest = ''] = html.match(/<tbody.*?<\/tr>/s) ?? []
    expect(newest).toContain('設定の「電話番号」')
    expect(newest).not.toContain('設定の「担当」')
    expect(html).not.toContain('設定 office')
    expect(html).not.toContain('059-')
    const file = await (await auditor.get(`${place}/entries.csv?act=people.change-settings`)).text()
    expect(file).toContain('people/setting/phone 設定の「電話番号」')
    expect(file).toContain('people/settings/office 設定')
  })

  test('knows filings by their receipt numbers, and says nothing else of them', async () => {
    const visitor = house.browser()
    const begun = await visitor.post('/procedures/dx-consultation-event/begin')
    const draft = pathIn(begun)
    const day = { ...workdayAhead().typed }
    await visitor.post(`${draft}/session`, { way: 'online', ...day })
    await visitor.post(`${draft}/contact`, { name: '秘密　花子', mail: 'himitsu@example.jp' })
    await visitor.post(`${draft}/matter`, { field: ['data'], detail: '台帳が紙です。' })
    const filed = await visitor.post(`${draft}/_check`)
    const number = idIn(filed)
    const { html } = await search({ subject: number.toLowerCase().replaceAll('-', ' ') })
    expect(html).toContain(`申請 ${number}`)
    expect(html).not.toContain('秘密')
    const file = await (await auditor.get(`${place}/entries.csv?subject=${number}`)).text()
    expect(file).toMatch(new RegExp(`procedures/filing/[0-9a-f-]{36} 申請 ${number}`))
    expect((await search({ subject: number }, await house.as('auditor', 'mie'))).html).toContain('当てはまる記録')
  })

  test('sees one entry for a sign-in, and the steps on the way where they are asked for', async () => {
    const visitor = house.browser()
    house.outside.signIn.begin = async (_, provider) => ({
      url: 'http://provider.example/',
      flow: {
        provider,
        state: 'steps',
        nonce: 'n',
        verifier: 'v',
        redirectUri: 'http://localhost:3000/attaka/sign-in/back',
      },
    })
    await visitor.get('/sign-in/with/office?back=/')
    const plain = await search({})
    expect(plain.html).not.toContain('「認証の窓口への移動」を行いました')
    expect(plain.html).toContain('まとめて省いています')
    const all = plain.html.match(/href="\/attaka([^"]*steps=yes[^"]*)"/)?.[1]?.replaceAll('&amp;', '&') ?? ''
    expect(await (await auditor.get(all)).text()).toContain('「認証の窓口への移動」を行いました')
    expect((await search({ act: 'people.remember-flow' })).html).toContain('「認証の窓口への移動」を行いました')
    // What programs ask for, and what is kept, has all of them.
    const [{ n } = { n: 0 }] = await house.sql<{ n: number }>(
      "select count(*)::int as n from audit where tenant = 'attaka' and act = 'people.remember-flow'",
    )
    expect(n).toBe(1)
  })

  test('finds nothing after a place that is none', async () => {
    for (const before of [`0_${'-'.repeat(36)}`, `0_${'0'.repeat(36)}`, '0', `-1_${newId()}`]) {
      expect((await search({ before })).status, before).toBe(404)
    }
  })

  test('leaves an entry by reading', async () => {
    const count = async () =>
      (
        await house.sql<{ n: number }>(
          "select count(*)::int as n from audit where act = 'people.audit-entries' and kind = 'read'",
        )
      )[0]?.n ?? 0
    const before = await count()
    await search({})
    expect(await count()).toBe(before + 1)
    const { html } = await search({ act: 'people.audit-entries' })
    expect(html).toContain('監査 あきらが「監査記録」を見ました')
  })

  test('pages through all of them, none twice, none left out', async () => {
    const at = new Date(Date.UTC(2025, 0, 10))
    for (let n = 0; n < 3; n++) {
      // Many of the same moment: the id decides.
      await house.sql(
        `insert into audit (tenant, id, at, act, kind, actor, actor_kind, subjects)
         select 'attaka', gen_random_uuid(), $1, 'paging.' || $2 || '-' || n, 'act', null, 'visitor', '[]'
         from generate_series(1, 40) n`,
        [new Date(at.getTime() + n), String(n)],
      )
    }
    let address = `${place}?from=2025-01-01&to=2025-01-31`
    const seen: string[] = []
    for (let n = 0; n < 3; n++) {
      const html = await (await auditor.get(address)).text()
      seen.push(...[...html.matchAll(/「(paging\.\d-\d+)」/g)].map((found) => found[1] ?? ''))
      address = html.match(/href="\/attaka([^"]*before=[^"]*)"/)?.[1]?.replaceAll('&amp;', '&') ?? ''
    }
    expect(seen).toHaveLength(120)
    expect(new Set(seen).size).toBe(120)
    expect(address).toBe('')
  })
})

describe('the file', () => {
  const exports = async () =>
    (await house.sql<{ n: number }>("select count(*)::int as n from audit where act = 'people.audit-export'"))[0]?.n ??
    0

  test('opens in a spreadsheet without calculating anything', async () => {
    const before = await exports()
    await house.sql(
      "update person set name = '=HYPERLINK(\"http://evil\")' where tenant = 'attaka' and name = '計画 ゆき'",
    )
    await (await house.as('planner')).get('/my/account')
    const file = await auditor.get(`${place}/entries.csv?bom=yes&who=${encodeURIComponent('けいかく')}`)
    const bytes = new Uint8Array(await file.arrayBuffer())
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const text = new TextDecoder().decode(bytes)
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="audit-/)
    expect(text).toContain('"\'=HYPERLINK(""http://evil"")"')
    expect(text).not.toMatch(/(^|,)"?=/m)
    expect(text).toContain('+09:00')
    const plain = new Uint8Array(await (await auditor.get(`${place}/entries.csv?act=people`)).arrayBuffer())
    expect(plain[0]).not.toBe(0xef)
    expect(await exports()).toBe(before + 2)
  })

  test('says where it was cut', async () => {
    await house.sql(
      `insert into audit (tenant, id, at, act, kind, actor_kind, subjects)
       select 'attaka', gen_random_uuid(), '2024-05-05', 'many.many', 'act', 'visitor', '[]' from generate_series(1, 10001)`,
    )
    const query = 'from=2024-05-01&to=2024-05-31'
    const page = await (await auditor.get(`${place}?${query}`)).text()
    expect(page).toContain('10,000件以上')
    expect(page).toContain('10,000件を超えています')
    const lines = (await (await auditor.get(`${place}/entries.csv?${query}`)).text()).trimEnd().split('\r\n')
    expect(lines).toHaveLength(10_002)
    expect(lines.at(-1)).toContain('これより古い記録は、このファイルに入っていません')
  })
})

test('another office’s entries are not there', async () => {
  await house.sql(
    `insert into audit (tenant, id, at, act, kind, actor_kind, subjects)
     values ('mie', $1, now(), 'secret.of-mie', 'act', 'visitor', '[]')`,
    [newId()],
  )
  expect((await search({ act: 'secret' })).html).toContain('当てはまる記録はありません')
  expect((await search({ act: 'secret' }, await house.as('auditor', 'mie'))).html).toContain('secret.of-mie')
})

test('nobody else may read it, not even an administrator', async () => {
  expect((await search({}, administrator)).status).toBe(403)
  expect((await administrator.get(`${place}/entries.csv`)).status).toBe(403)
  expect(await (await auditor.get('/console')).text()).toContain(place)
  expect(await (await administrator.get('/console')).text()).not.toContain(place)
})

test('a visitor is asked to sign in', async () => {
  expect((await house.browser().get(place)).status).toBe(401)
  expect((await house.browser().get(`${place}/entries.csv`)).status).toBe(401)
})
