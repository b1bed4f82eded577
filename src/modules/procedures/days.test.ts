import { beforeAll, describe, expect, test } from 'vitest'
import { addDays, formatDate, tokyoDate } from '#core/dates.ts'
import { idIn, pathIn } from '../../../tests/answers.ts'
import { nthWorkday, workdayAhead } from '../../../tests/days.ts'
import { openHouse, type TestHouse } from '../../../tests/house.ts'

const day = 86_400_000

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})

type Browser = ReturnType<TestHouse['browser']>

const now = () => house.sceneOf('attaka').now
const today = () => tokyoDate(now())
const begin = async (who: Browser, slug = 'dx-consultation-event') =>
  pathIn(await who.post(`/procedures/${slug}/begin`))
const wish = (iso: string) => ({ way: 'online', day: iso })
const rest = {
  contact: { name: '花子', mail: 'days@example.jp' },
  matter: { field: ['data'], detail: '台帳が紙です。' },
}
const textOf = async (answer: Response | Promise<Response>) => (await answer).text()
/** The first day that the form of the consultation takes. */
const firstOf = (from: string) => nthWorkday(from, 3)

describe('a date that is counted from today', () => {
  test('is taken from its first day on, and refused the day before with the days to choose from', async () => {
    const who = house.browser()
    const draft = await begin(who)
    const first = firstOf(today())
    const refused = await who.post(`${draft}/session`, wish(addDays(first, -1)))
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain(`希望する日は${formatDate(first)}以降の日付を入力してください`)
    expect((await who.post(`${draft}/session`, wish(first))).status).toBe(303)
    const over = await who.post(`${draft}/session`, wish(addDays(today(), 366)))
    expect(await over.text()).toContain(`希望する日は${formatDate(addDays(today(), 365))}以前の日付を入力してください`)
    expect(await textOf(who.get(`${draft}/session`))).toContain(`${formatDate(first)}から`)
  })

  test('that was right when it was typed and is no more can’t be filed: its page says why', async () => {
    const who = house.browser()
    const draft = await begin(who)
    const first = firstOf(today())
    await who.post(`${draft}/session`, wish(first))
    for (const [page, fields] of Object.entries(rest)) await who.post(`${draft}/${page}`, fields)
    expect(await textOf(who.get(`${draft}/_check`))).toContain('>申請する</button>')
    house.pass(7 * day)
    const check = await textOf(who.get(`${draft}/_check`))
    expect(check).not.toContain('>申請する</button>')
    expect((await who.post(`${draft}/_check`)).status).toBe(422)
    expect(pathIn(await who.get(draft))).toBe(`${draft}/session`)
    const page = await textOf(who.get(`${draft}/session`))
    expect(page).toContain(`希望する日は${formatDate(firstOf(today()))}以降の日付を入力してください`)
    expect(page).toContain(`value="${Number(first.slice(8))}"`)
    await who.post(`${draft}/session`, wish(workdayAhead(30).iso))
    expect((await who.post(`${draft}/_check`)).status).toBe(303)
  })

  test('stands as of its arrival when it is corrected; what is new must be right on the day of the correction', async () => {
    const who = house.browser()
    const draft = await begin(who)
    const first = firstOf(today())
    await who.post(`${draft}/session`, wish(first))
    for (const [page, fields] of Object.entries(rest)) await who.post(`${draft}/${page}`, fields)
    const number =
      pathIn(await who.post(`${draft}/_check`))
        .split('/')
        .at(-1) ?? ''
    const [filing] = await house.sql<{ id: string }>('select id from filing where number = $1', [number])
    const reviewer = await house.as('reviewer')
    await reviewer.post(`/console/filings/${filing?.id}/accept`)
    const asking = { 'reason.day': '満席です', 'reason.detail': 'もう少し詳しく' }
    const due = { 'due_on.year': '2099', 'due_on.month': '1', 'due_on.day': '31' }
    await reviewer.post(`/console/filings/${filing?.id}/correction`, { ...asking, ...due })
    house.pass(5 * 3_600_000)
    house.pass(6 * day)
    // The access of this browser has run out meanwhile.
    await who.post('/filings/status', { number, mail: rest.contact.mail })
    const page = await textOf(who.get(`/filings/${number}/correct`))
    expect(page).toContain(`${formatDate(firstOf(today()))}から`)
    const past = await who.post(`/filings/${number}/correct`, {
      day: addDays(first, 1),
      detail: '毎月転記しています。',
    })
    expect([past.status, await past.text()]).toEqual([
      422,
      expect.stringContaining(`希望する日は${formatDate(firstOf(today()))}以降の日付を入力してください`),
    ])
    const kept = { day: first, 'keep.day': 'この日に伺いました', detail: '毎月転記しています。' }
    expect((await who.post(`/filings/${number}/correct`, kept)).status).toBe(303)
    const [edition] = await house.sql<{ day: string }>(
      `select answers->>'day' as day from filing_edition where filing = $1 and edition = 2`,
      [filing?.id],
    )
    expect(edition).toEqual({ day: first })
  })
})

describe('a form that asks which day it is', () => {
  const pages = [
    {
      id: 'birth',
      title: '生まれた日',
      fields: [{ id: 'born', kind: 'date', label: '生年月日', required: true, latest: { daysFromToday: 0 } }],
    },
    {
      id: 'parent',
      title: '保護者',
      showIf: { compare: [{ years: [{ field: 'born' }, { today: true }] }, 'under', { number: '18' }] },
      fields: [{ id: 'guardian', kind: 'text', label: '保護者のお名前', required: true }],
    },
    {
      id: 'end',
      title: '期限',
      fields: [
        { id: 'until', kind: 'computed', label: '書類の期限', formula: { plus: { date: { today: true }, days: 14 } } },
        { id: 'name', kind: 'text', label: 'お名前', required: true },
        { id: 'mail', kind: 'mail', label: 'メール' },
      ],
    },
  ]

  test('is published, drawn, and filed as of the day of arrival', async () => {
    const editor = await house.as('approver')
    const sent = await editor.post('/console/forms/new', { definition: JSON.stringify({ title: '年齢の届出', pages }) })
    expect(sent.status, await sent.clone().text()).toBe(303)
    const form = idIn(sent)
    const [section] = await house.sql<{ id: string }>(
      "select id from unit where tenant = 'attaka' and kind = 'section' limit 1",
    )
    await house.sql(
      `insert into procedure (tenant, id, slug, form, title, summary, explanation, section, state, name_field, mail_field, updated_at)
       values ('attaka', gen_random_uuid(), 'age', $1, '年齢の届出', 'x', 'x', $2, 'published', 'name', 'mail', now())`,
      [form, section?.id],
    )
    const who = house.browser()
    const draft = await begin(who, 'age')
    // Eighteen at the end of tomorrow, which is the day before the birthday.
    const [year = '', month, date] = addDays(today(), 2).split('-')
    const born = `${Number(year) - 18}-${month}-${date}`
    expect((await who.post(`${draft}/birth`, { born: addDays(today(), 1) })).status).toBe(422)
    expect(pathIn(await who.post(`${draft}/birth`, { born }))).toBe(`${draft}/parent`)
    house.pass(day)
    expect(pathIn(await who.get(draft))).toBe(`${draft}/end`)
    expect(await textOf(who.get(`${draft}/end`))).toContain(formatDate(addDays(today(), 14)).slice(5))
    await who.post(`${draft}/end`, { name: '十八 になる' })
    const number = pathIn(await who.post(`${draft}/_check`))
      .split('/')
      .at(-1)
    const [filed] = await house.sql<{ answers: object; arrived: Date }>(
      `select e.answers, f.arrived_at as arrived from filing f join filing_edition e on e.filing = f.id where f.number = $1`,
      [number],
    )
    expect(filed?.answers).toEqual({ born, until: addDays(today(), 14), name: '十八 になる' })
    expect(tokyoDate(filed?.arrived ?? new Date(0))).toBe(today())
  })
})
