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
