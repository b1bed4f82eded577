import { beforeAll, expect, test } from 'vitest'
import { idIn, pathIn } from '../../../tests/answers.ts'
import { openHouse, type TestHouse } from '../../../tests/house.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})

const number = '1234-5678-9018'

/** Every text that the database holds, in every table. */
async function everything(): Promise<string> {
  const tables = await house.sql<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const texts = await Promise.all(
    tables.map(({ name }) =>
      house.sql<{ text: string }>(`select coalesce(string_agg(t::text, ' '), '') as text from ${name} t`),
    ),
  )
  return texts
    .flat()
    .map(({ text }) => text)
    .join('\n')
}

test('an マイナンバー in an answer is refused with its reason, and kept nowhere: not as a draft, not by autosave', async () => {
  const visitor = house.browser()
  const begun = await visitor.post('/procedures/dx-consultation-event/begin')
  const draft = pathIn(begun)
  const answers = { field: ['other'], other: '相談', detail: `私の番号は${number}です` }
  const refused = await visitor.post(`${draft}/matter`, answers)
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('マイナンバーと思われる12けたの数字を消してください')
  expect((await visitor.post(`${draft}/matter/autosave`, answers)).status).toBe(204)
  const told = await everything()
  expect(told).not.toContain(number)
  expect(told).toContain('相談')
})

test('nor is it kept with what was typed when the sign-in has run out', async () => {
  const reviewer = await house.as('reviewer')
  house.pass(31 * 60_000)
  const refused = await reviewer.post('/console/filings/01900000-0000-7000-8000-000000000101/note', {
    note: `本人から ${number}`,
    other: 'ほかの欄は残る',
  })
  expect(refused.status).toBe(401)
  const link = (await refused.text()).match(/kept(?:=|%3D)([0-9a-f-]{36})/)?.[1] ?? ''
  const [row] = await house.sql<{ sealed: string }>('select sealed from kept_input where id = $1', [link])
  const kept = house.outside.sealer.open('kept-input', row?.sealed ?? '')
  expect(JSON.parse(kept ?? '{}')).toEqual({ note: '', other: 'ほかの欄は残る' })
})

test('a text file with one is not taken, and the page says why', async () => {
  const visitor = house.browser()
  const editor = await house.as('approver')
  const definition = {
    title: '書類の提出',
    pages: [
      {
        id: 'paper',
        title: '書類',
        fields: [{ id: 'paper', kind: 'file', label: '書類', accept: ['.txt'], required: true }],
      },
    ],
  }
  const published = await editor.post('/console/forms/new', { definition: JSON.stringify(definition) })
  await editor.post('/console/procedures/new', {
    title: '書類の提出',
    slug: 'papers',
    summary: '書類を出します。',
    explanation: '書類を出します。',
    state: 'published',
    form: idIn(published),
  })
  const begun = await visitor.post('/procedures/papers/begin')
  const draft = pathIn(begun)
  const refused = await visitor.post(`${draft}/paper`, { paper: new File([`番号 ${number}`], 'memo.txt') })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('中にマイナンバーと思われる12けたの数字があります')
  expect(await house.sql('select 1 from staged_file')).toEqual([])
  expect((await visitor.post(`${draft}/paper`, { paper: new File(['番号なし'], 'memo.txt') })).status).toBe(303)
})
