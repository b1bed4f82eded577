import { beforeAll, describe, expect, test } from 'vitest'
import { idIn, pathIn } from '../../../tests/answers.ts'
import { openHouse, type TestHouse } from '../../../tests/house.ts'

let house: TestHouse
let form: string
beforeAll(async () => {
  house = await openHouse()
  const definition = {
    title: '施設の利用申込',
    pages: [
      {
        id: 'contact',
        title: '連絡先を入力してください',
        fields: [
          { id: 'name', kind: 'text', label: 'お名前', required: true },
          { id: 'mail', kind: 'mail', label: 'メール', required: true },
        ],
      },
    ],
  }
  const editor = await house.as('approver')
  const published = await editor.post('/console/forms/new', { definition: JSON.stringify(definition) })
  form = idIn(published)
})

const fields = {
  title: '施設の利用申込',
  slug: 'facility-use',
  summary: '会議室を使うときの申込です。',
  explanation: '使う日の3日前までに申し込んでください。',
  state: 'published',
  standard_days: '５'.normalize('NFKC'),
}

describe('who edits procedures', () => {
  test('enters one, the public finds it, and it can be filed from its first day to the end of its last', async () => {
    const editor = await house.as('approver')
    const saved = await editor.post('/console/procedures/new', {
      ...fields,
      form,
      name_field: 'name',
      mail_field: 'mail',
      'last_on.year': '2099',
      'last_on.month': '3',
      'last_on.day': '31',
    })
    expect(saved.status, await saved.clone().text()).toBe(303)
    const after = await (await editor.get(pathIn(saved))).text()
    expect(after).toContain('手続を保存しました')
    expect(after).toMatch(/href="\/attaka\/procedures\/facility-use"[^>]*>公開ページを見る/)
    expect(after).not.toContain('一度保存すると')
    const page = await (await house.browser().get('/procedures/facility-use')).text()
    expect(page).toContain('2099年3月31日')
    expect((await house.browser().post('/procedures/facility-use/begin')).status).toBe(303)
  })

  test('sees what to correct, with everything as typed', async () => {
    const editor = await house.as('approver')
    const page = await editor.post('/console/procedures/new', {
      ...fields,
      slug: '施設',
      title: '',
      form,
      'opens_on.year': '2026',
      'opens_on.month': '13',
      'opens_on.day': '1',
    })
    const html = await page.text()
    expect(page.status).toBe(422)
    for (const sentence of ['英小文字で始まる', '手続の名前を入力してください', '日付を確かめてください']) {
      expect(html).toContain(sentence)
    }
    expect(html).toContain('value="施設"')
    expect(html).toContain('value="13"')
  })

  test('can’t give two procedures one address, nor name a field that the form hasn’t', async () => {
    const editor = await house.as('approver')
    const taken = await editor.post('/console/procedures/new', { ...fields, form, slug: 'dx-consultation-event' })
    expect(await taken.text()).toContain('ほかの手続が使っています')
    const [other] = await house.sql<{ form: string }>(
      `select form from procedure where slug = 'dx-consultation-event' and tenant = 'attaka'`,
    )
    const used = await editor.post('/console/procedures/new', { ...fields, form: other?.form ?? '', slug: 'other' })
    expect(await used.text()).toContain('この様式は、ほかの手続が使っています')
    const unknown = await editor.post('/console/procedures/new', {
      ...fields,
      form,
      slug: 'facility-use',
      mail_field: 'name',
    })
    expect(await unknown.text()).toContain('様式の中の欄を選んでください')
  })

  test('can’t change the address of one, to which people have links', async () => {
    const editor = await house.as('approver')
    const [row] = await house.sql<{ id: string }>(`select id from procedure where slug = 'facility-use'`)
    const moved = await editor.post(`/console/procedures/${row?.id}`, { ...fields, form, slug: 'elsewhere' })
    expect(moved.status).toBe(422)
    const html = await moved.text()
    expect(html).toContain('アドレスの名前は、登録したあとは変えられません')
    expect(html).toMatch(/name="slug" value="facility-use" readonly/)
    expect((await house.browser().get('/procedures/facility-use')).status).toBe(200)
  })

  test('reads examples of the own office, and that fields of a form come after the form', async () => {
    const mie = await (await (await house.as('approver', 'mie')).get('/console/procedures/new')).text()
    expect(mie).toContain('例：三重県行政手続条例')
    expect(mie).toContain('一度保存すると')
    const other = await (await (await house.as('approver')).get('/console/procedures/new')).text()
    expect(other).not.toContain('三重県')
  })

  test('closes one, and nobody can begin it any more', async () => {
    const editor = await house.as('approver')
    const [row] = await house.sql<{ id: string }>(`select id from procedure where slug = 'facility-use'`)
    const shown = await (await editor.get(`/console/procedures/${row?.id}`)).text()
    expect(shown).toContain('会議室を使うときの申込です。')
    await editor.post(`/console/procedures/${row?.id}`, { ...fields, form, state: 'closed' })
    expect((await house.browser().post('/procedures/facility-use/begin')).status).toBe(409)
  })
})

test('an id of another tenant is not there', async () => {
  const [row] = await house.sql<{ id: string }>(`select id from procedure where tenant = 'attaka' limit 1`)
  const other = await house.as('approver', 'mie')
  expect((await other.get(`/console/procedures/${row?.id}`)).status).toBe(404)
  expect((await other.post(`/console/procedures/${row?.id}`, { ...fields, form })).status).toBe(404)
})

test('without the role it is refused, and a visitor is asked to sign in', async () => {
  expect((await (await house.as('reviewer')).post('/console/procedures/new', fields)).status).toBe(403)
  expect((await house.browser().get('/console/procedures')).status).toBe(401)
  expect((await house.browser().post('/console/procedures/new', fields)).status).toBe(401)
})
