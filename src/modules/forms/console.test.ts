import { beforeAll, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '../../../tests/house.ts'
import { example } from './words.ts'

const place = '/console/forms/new'

let house: TestHouse
let editor: Awaited<ReturnType<TestHouse['as']>>
beforeAll(async () => {
  house = await openHouse()
  editor = await house.as('approver')
})

const textOf = (json: unknown) => ({ definition: JSON.stringify(json) })

test('whoever writes a form finds an example that can be published as it stands, the kinds, and the way back', async () => {
  const html = await (await editor.get(place)).text()
  expect(html).toContain('書き方の例')
  expect(html).toContain(example.title)
  expect(html).toContain('<code>long-text</code>')
  expect(html).toMatch(/href="\/attaka\/console\/forms"[^>]*>やめる/)
  expect((await editor.post(place, textOf(example))).status).toBe(303)
})

test('what is wrong with a definition is listed place by place, and counted so', async () => {
  const page = await editor.post(place, { definition: '{}' })
  const html = await page.text()
  expect(page.status).toBe(422)
  expect(html).toContain('2か所を直してください')
  expect(html).toContain('<code>title</code>')
  expect(html).toContain('<code>pages</code>')
  expect(html).toMatch(/href="#faults"[^>]*>公開していません/)
})

test('what is no JSON is said at the field', async () => {
  const html = await (await editor.post(place, { definition: '{' })).text()
  expect(html).toContain('1か所を直してください')
  expect(html).toContain('JSONとして読めません')
  expect(html).not.toContain('id="faults"')
})

test('without the role nothing is published', async () => {
  expect((await (await house.as('reviewer')).post(place, textOf(example))).status).toBe(403)
  expect((await house.browser().post(place, textOf(example))).status).toBe(401)
})

test('a form is seen page by page before it is published, with what would change, and nothing is published by that', async () => {
  const versions = async () => (await house.sql<{ n: number }>('select count(*)::int as n from form_version'))[0]?.n
  const before = await versions()
  const seen = await (await editor.post(place, { ...textOf(example), look: 'yes' })).text()
  expect(seen).toContain('公開の前に見る：施設の利用申込')
  expect(seen).toContain('1／2ページ　利用する日と部屋を入力してください')
  for (const label of ['利用する日', '小会議室', 'そのほかに伝えたいこと']) expect(seen).toContain(label)
  expect(seen).toMatch(/<fieldset class="plain" disabled/)
  const wrong = await editor.post(place, { definition: '{}', look: 'yes' })
  expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('2か所を直してください')])
  // Back to the editor with what was written.
  const edited = await (await editor.post(place, { ...textOf(example), edit: 'yes' })).text()
  expect(edited).toContain('施設の利用申込')
  expect(edited).toContain('name="definition"')
  expect(await versions()).toBe(before)

  const form = ((await editor.post(place, textOf(example))).headers.get('location') ?? '').replace('/attaka', '')
  const [use, contact] = example.pages
  const next = {
    ...example,
    pages: [use, { ...contact, showIf: { field: 'room', is: 'large' }, fields: contact?.fields.slice(1) }],
  }
  const changes = await (await editor.post(form, { ...textOf(next), look: 'yes' })).text()
  expect(changes).toContain('いま公開している版から変わること')
  expect(changes).toContain('「お名前」')
  expect(changes).toContain('「部屋」が「大会議室」')
  expect(await (await editor.post(form, { ...textOf(example), look: 'yes' })).text()).toContain(
    'いま公開している版と同じです',
  )
  expect((await (await house.as('reviewer')).post(form, { ...textOf(example), look: 'yes' })).status).toBe(403)
})
