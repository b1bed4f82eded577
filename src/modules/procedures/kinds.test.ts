import { beforeAll, describe, expect, test } from 'vitest'
import { idIn, pathIn } from '../../../tests/answers.ts'
import { openHouse, type TestHouse } from '../../../tests/house.ts'
import { kindsForm } from '../../../tests/kinds-form.ts'

let house: TestHouse

beforeAll(async () => {
  house = await openHouse()
  const editor = await house.as('approver')
  const published = await editor.post('/console/forms/new', { definition: JSON.stringify(kindsForm) })
  const saved = await editor.post('/console/procedures/new', {
    title: '奨励金の申請',
    slug: 'incentive',
    summary: '奨励金を出します。',
    explanation: '費用の3分の1です。',
    state: 'published',
    form: idIn(published),
    name_field: 'name',
    mail_field: 'mail',
  })
  expect(saved.status, await saved.clone().text()).toBe(303)
})

const begin = async () => {
  const visitor = house.browser()
  const begun = await visitor.post('/procedures/incentive/begin')
  const draft = pathIn(begun)
  return { visitor, draft }
}
const who = {
  'name.family': '葛城',
  'name.given': '花子',
  'name.familyKana': 'かつらぎ',
  'name.givenKana': 'ハナコ',
  'home.postcode': '514-8570',
  'home.prefecture': '三重県',
  'home.city': '津市',
  'home.street': '広明町13番地',
  form: 'company',
  number: '5000020240001',
  reading: 'ﾐｴ',
  phone: '０５９-２２４-２０００',
}

describe('a form with Japanese kinds of fields', () => {
  test('is filled in, checked and filed, hidden answers left out', async () => {
    const { visitor, draft } = await begin()
    await visitor.post(`${draft}/before`, { resident: 'yes' })
    const page = await (await visitor.get(`${draft}/who`)).text()
    for (const words of ['利用目的：審査と支払いのため', '法人について', 'セイ', '建物名・部屋番号', '北海道']) {
      expect(page).toContain(words)
    }
    expect(page).toContain('「メールアドレス」に回答がない場合は、必ずお答えください')
    const wrong = await visitor.post(`${draft}/who`, { ...who, 'name.given': '', number: '6000020240001', phone: '' })
    const html = await wrong.text()
    expect(wrong.status).toBe(422)
    expect(html).toContain('<a href="#name">お名前の名を入力してください</a>')
    expect(html).toContain('電話番号を入力してください')
    expect(html).toContain('けたの確認用の数字')
    expect(html).toContain('value="かつらぎ"')

    await visitor.post(`${draft}/who`, who)
    const money = await visitor.post(`${draft}/money`, { cost: '100,000円', hours: '７.５', since: '2026年4月' })
    expect(money.headers.get('location')).toBe(`/attaka${draft}/last`)
    expect(await (await visitor.get(`${draft}/last`)).text()).toContain('33,333円')
    await visitor.post(`${draft}/last`, { truth: 'yes' })
    const check = await (await visitor.get(`${draft}/_check`)).text()
    for (const words of [
      '葛城 花子（カツラギ ハナコ）',
      '〒514-8570 三重県津市広明町13番地',
      '100,000円',
      '7.5時間',
      '33,333円',
    ]) {
      expect(check).toContain(words)
    }
    expect(check).toContain('審査でお聞きします。')

    await visitor.post(`${draft}/who`, { ...who, form: 'person' })
    const filed = await visitor.post(`${draft}/_check`)
    expect(filed.status).toBe(303)
    const [edition] = await house.sql<{ answers: Record<string, unknown>; name: string }>(
      `select answers, name from filing_edition join filing on filing.id = filing_edition.filing where filing.name like '葛城%'`,
    )
    expect(edition?.name).toBe('葛城 花子')
    expect(edition?.answers).toMatchObject({ amount: '33333', cost: '100000', home: { postcode: '5148570' } })
    expect(Object.keys(edition?.answers ?? {})).not.toContain('number')
  })

  test('ends where its answers lead nowhere, and can’t be filed from there', async () => {
    const { visitor, draft } = await begin()
    const next = await visitor.post(`${draft}/before`, { resident: 'no' })
    expect(next.headers.get('location')).toBe(`/attaka${draft}/stop`)
    const page = await (await visitor.get(`${draft}/stop`)).text()
    expect(page).toContain('県内の方だけが申請できます。')
    expect(page).not.toContain('<button>次へ')
    expect((await visitor.post(`${draft}/_check`)).status).toBe(422)
    expect((await visitor.get(`${draft}`)).headers.get('location')).toBe(`/attaka${draft}/stop`)
  })
})

describe('publishing', () => {
  test.each([
    [
      '繰り返しの項目は、まだ画面に出せない',
      { id: 'g', kind: 'group', label: '家族', max: 3, fields: [{ id: 'n', kind: 'text', label: '名' }] },
    ],
    ['地図の場所の項目は、まだ画面に出せない', { id: 'g', kind: 'place', label: '場所' }],
  ])('refuses what pages can’t draw yet: %s', async (sentence, field) => {
    const editor = await house.as('approver')
    const pages = [
      {
        id: 'p',
        title: '入力',
        showIf: undefined,
        fields: [
          { id: 'resident', kind: 'yes-no', label: '県内' },
          { ...field, showIf: { field: 'resident', is: 'yes' } },
        ],
      },
    ]
    const refused = await editor.post('/console/forms/new', { definition: JSON.stringify({ title: '届出', pages }) })
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain(sentence)
  })

  test('tells everybody the shape of a definition', async () => {
    const answer = await house.browser().get('/schemas/form-definition.json')
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ type: 'object', required: ['title', 'pages'] })
  })
})
