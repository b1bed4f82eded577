import { beforeAll, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '../../../tests/house.ts'

const place = '/console/administration/settings'

let house: TestHouse
let administrator: Awaited<ReturnType<TestHouse['as']>>
beforeAll(async () => {
  house = await openHouse()
  administrator = await house.as('administrator')
})

const values = {
  name: 'あったか県',
  keyColour: 'blue',
  office: 'デジタル推進課',
  phone: '000-000-0000',
  mail: 'desk@attaka.example.jp',
  hours: '平日 8:30〜17:15',
}

test('name, colour and contact show on the very next page, here and nowhere else', async () => {
  const page = await (await administrator.get(place)).text()
  expect(page).toContain('value="あったか県"')
  expect(page.match(/type="radio"/g)).toHaveLength(10)
  expect(page).toContain('白地の文字との差 11.0:1')
  const saved = await administrator.post(place, {
    ...values,
    name: 'ぬくもり県',
    keyColour: 'purple',
    office: '温かい課',
  })
  expect(saved.status).toBe(303)
  const next = await (await house.browser().get('/')).text()
  expect(next).toContain('ぬくもり県')
  expect(next).toContain('data-key="purple"')
  expect(next).toContain('温かい課')
  expect(await (await house.browser('mie').get('/')).text()).not.toContain('ぬくもり県')
  expect(await house.sql("select name, key_colour from tenant where tenant = 'mie'")).toEqual([
    { name: '三重県', key_colour: 'green' },
  ])
})

test('each colour is shown beside its own choice', async () => {
  const html = await (await (await house.as('administrator')).get('/console/administration/settings')).text()
  for (const hue of ['green', 'yellow']) {
    const [, choice = ''] = html.match(new RegExp(`value="${hue}"(.*?)</div>`, 's')) ?? []
    expect(choice.match(/data-key="([a-z-]+)"/g)).toEqual([`data-key="${hue}"`])
  }
})

test('an emptied contact is gone', async () => {
  expect((await administrator.post(place, { ...values, office: '', phone: '', mail: '', hours: '' })).status).toBe(303)
  const [row] = await house.sql("select contact_office, contact_mail from tenant where tenant = 'attaka'")
  expect(row).toEqual({ contact_office: null, contact_mail: null })
})

test('bad values are said beside their fields and kept', async () => {
  const page = await administrator.post(place, {
    ...values,
    name: '',
    keyColour: 'beige',
    phone: 'でんわ',
    mail: 'x',
    office: '',
  })
  const html = await page.text()
  expect(page.status).toBe(422)
  for (const sentence of [
    '名前を入力してください',
    '色を選んでください',
    '電話番号は、数字とハイフン',
    'メールアドレスの形',
  ]) {
    expect(html).toContain(sentence)
  }
  expect(html).toContain('value="でんわ"')
})

test('staff without the role are refused', async () => {
  const auditor = await house.as('auditor')
  expect((await auditor.get(place)).status).toBe(403)
  expect((await auditor.post(place, values)).status).toBe(403)
})

test('a visitor is asked to sign in', async () => {
  expect((await house.browser().get(place)).status).toBe(401)
  expect((await house.browser().post(place, values)).status).toBe(401)
})
