import { beforeAll, describe, expect, test } from 'vitest'
import { idIn, pathIn } from '../../../tests/answers.ts'
import { workdayAhead } from '../../../tests/days.ts'
import { openHouse, type TestHouse } from '../../../tests/house.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})

type Browser = ReturnType<TestHouse['browser']>

const pages = {
  session: { way: 'online', ...workdayAhead().typed },
  contact: { name: '花子', mail: 'hanako@example.jp', phone: '' },
  matter: { field: ['data'], detail: '台帳が紙です。' },
}
const day = { ...workdayAhead().typed }

const file = async (who: Browser, extra: Record<string, Blob> = {}) => {
  const begun = await who.post('/procedures/dx-consultation-event/begin')
  const draft = pathIn(begun)
  for (const [page, fields] of Object.entries(pages)) {
    await who.post(`${draft}/${page}`, { ...fields, ...(page === 'matter' && extra) })
  }
  const sent = await who.post(`${draft}/_check`)
  const number = idIn(sent)
  const [filing] = await house.sql<{ id: string }>('select id from filing where number = $1', [number])
  return { number, id: filing?.id ?? '' }
}

/** A filing whose day and trouble the office wants corrected. */
const asked = async (who: Browser) => {
  const filed = await file(who)
  const reviewer = await house.as('reviewer')
  await reviewer.post(`/console/filings/${filed.id}/accept`)
  const sent = await reviewer.post(`/console/filings/${filed.id}/correction`, {
    'reason.day': 'その日は満席です',
    'reason.detail': 'もう少し詳しく書いてください',
    'due_on.year': '2099',
    'due_on.month': '1',
    'due_on.day': '31',
  })
  expect(sent.status).toBe(303)
  return { ...filed, reviewer }
}

const stateOf = async (id: string) => (await house.sql('select state, edition from filing where id = $1', [id]))[0]

describe('a note', () => {
  const notesOf = (id: string) =>
    house.sql("select note from filing_event where filing = $1 and kind = 'noted' order by at, id", [id])

  test('that is sent several times is one note; another one, somebody else’s or a later one is its own', async () => {
    const [{ id }, reviewer, approver] = [
      await file(house.browser()),
      await house.as('reviewer'),
      await house.as('approver'),
    ]
    const send = (who: Browser, note: string) => who.post(`/console/filings/${id}/note`, { note })
    const sent = await Promise.all([1, 2, 3, 4].map(() => send(reviewer, '電話した')))
    expect(sent.map(({ status }) => status)).toEqual([303, 303, 303, 303])
    await send(reviewer, ' 電話した ')
    expect(await notesOf(id)).toEqual([{ note: '電話した' }])

    await send(reviewer, 'もう一度電話した')
    await send(approver, '電話した')
    await house.sql("update filing_event set at = at - interval '11 minutes' where filing = $1", [id])
    await send(reviewer, '電話した')
    expect(await notesOf(id)).toHaveLength(4)
  })
})

describe('a correction', () => {
  test('that changes nothing isn’t taken: each item is asked for, and nothing has happened', async () => {
    const who = house.browser()
    const { number, id } = await asked(who)
    const sent = await who.post(`/filings/${number}/correct`, { ...day, detail: '台帳が紙です。' })
    const html = await sent.text()
    expect(sent.status).toBe(422)
    expect(html).toContain('「希望する日」をこのままにする理由')
    expect(html).toContain('「困っていること」をこのままにする理由')
    expect(html).toContain('href="#keep.day"')
    expect(await stateOf(id)).toEqual({ state: 'correcting', edition: 1 })
  })

  test('with one item changed is asked about the other only, and keeps what was typed', async () => {
    const who = house.browser()
    const { number } = await asked(who)
    const sent = await who.post(`/filings/${number}/correct`, { ...day, detail: '毎月転記しています。' })
    const html = await sent.text()
    expect(sent.status).toBe(422)
    expect(html).toContain('name="keep.day"')
    expect(html).not.toContain('name="keep.detail"')
    expect(html).toContain('毎月転記しています。')
  })

  test('may leave an item as it was with a reason, which the office sees beside it', async () => {
    const who = house.browser()
    const { number, id, reviewer } = await asked(who)
    const sent = await who.post(`/filings/${number}/correct`, {
      ...day,
      detail: '毎月転記しています。',
      'keep.day': 'この日しか行けません。<b>',
    })
    expect(sent.status, await sent.clone().text()).toBe(303)
    expect(await stateOf(id)).toEqual({ state: 'reviewing', edition: 2 })
    const shown = await (await reviewer.get(`/console/filings/${id}`)).text()
    expect(shown).toContain('変更なし')
    expect(shown).toContain('申請者の理由：この日しか行けません。&lt;b&gt;')
    expect(await (await who.get(`/filings/${number}`)).text()).toContain(
      '希望する日：変更なし（理由：この日しか行けません。',
    )
  })

  test('takes no blank, no endless and no マイナンバー as a reason', async () => {
    const who = house.browser()
    const { number, id } = await asked(who)
    for (const reason of ['　', 'あ'.repeat(501), '番号は 1234 5678 9018 です']) {
      const fields = { ...day, detail: '毎月転記しています。', 'keep.day': reason }
      expect((await who.post(`/filings/${number}/correct`, fields)).status).toBe(422)
    }
    expect(await stateOf(id)).toEqual({ state: 'correcting', edition: 1 })
  })
})

describe('the applicant’s page', () => {
  test('opens the files that were attached, for those who may see the filing only', async () => {
    const who = house.browser()
    const pdf = new File(['%PDF-1.7\n%%EOF\n'], '台帳.pdf', { type: 'application/pdf' })
    const { number } = await file(who, { paper: pdf })
    const html = await (await who.get(`/filings/${number}`)).text()
    const link = html.match(/href="\/attaka(\/filings\/[^"]+\/files\/[^"]+)"/)?.[1] ?? ''
    expect(html).toContain('台帳.pdf')
    const opened = await who.get(link)
    expect(opened.status).toBe(200)
    expect(await opened.text()).toContain('%PDF-1.7')
    expect((await house.browser().get(link)).status).toBe(401)
    const other = house.browser()
    const theirs = await file(other)
    expect((await other.get(link)).status).toBe(404)
    expect((await other.get(link.replace(number, theirs.number))).status).toBe(401)
  })

  test('says at the receipt what to do if the address is wrong, and what comes next', async () => {
    const who = house.browser()
    const { number } = await file(who)
    const html = await (await who.get(`/filings/${number}`)).text()
    for (const words of ['アドレスが違うとき', '次にすることは、いまはありません', '印刷するか'])
      expect(html).toContain(words)
  })

  test('tells whoever withdraws that they did, and the approved what comes next', async () => {
    const who = house.browser()
    const { number } = await file(who)
    await who.post(`/filings/${number}/withdraw`, { sure: 'yes' })
    const withdrawn = await (await who.get(`/filings/${number}`)).text()
    expect(withdrawn).toContain('申請を取り下げました。もう一度申請することもできます。')
    expect(withdrawn).not.toContain('取り下げられました')

    const approved = await file(who)
    const approver = await house.as('approver')
    await approver.post(`/console/filings/${approved.id}/accept`)
    const page = await (await approver.get(`/console/filings/${approved.id}`)).text()
    // Nothing in law asks for this procedure, so no law asks for the reason either.
    expect(page).not.toContain('行政手続法8条')
    expect(page).toContain(`<h1>${approved.number}</h1>`)
    await approver.post(`/console/filings/${approved.id}/decide`, { outcome: 'approved', reason: '', sure: 'yes' })
    expect(await (await who.get(`/filings/${approved.number}`)).text()).toContain('このあとのことは')
  })

  test('of the state asks for what is empty, and to check what is wrong', async () => {
    const who = house.browser()
    const empty = await (await who.post('/filings/status', { number: '　', mail: '' })).text()
    expect(empty).toContain('受付番号を入力してください')
    const wrong = await (await who.post('/filings/status', { number: 'R8-1', mail: 'a@example.jp' })).text()
    expect(wrong).toContain('受付番号をもう一度確かめてください')
  })

  test('before filing asks to check the address that letters go to, letter by letter', async () => {
    const who = house.browser()
    const begun = await who.post('/procedures/dx-consultation-event/begin')
    const draft = pathIn(begun)
    for (const [page, fields] of Object.entries(pages)) await who.post(`${draft}/${page}`, fields)
    expect((await (await who.get(`${draft}/_check`)).text()).match(/1文字ずつ確かめてください/g)).toHaveLength(1)
  })
})
