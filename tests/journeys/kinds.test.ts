import { kindsForm } from '../kinds-form.ts'
import { press } from './filing.ts'
import { arrive, expect, look, test } from './journey.ts'
import { signInAs, staff } from './people.ts'

test('a form with Japanese kinds of fields is published and filled in on a phone', async ({ open, scripts }) => {
  const slug = scripts ? 'incentive' : 'incentive-plain'
  const office = await open()
  await signInAs(office, staff.approver, '/console/forms/new')
  await office.locator('[name=definition]').fill(JSON.stringify(kindsForm))
  await press(office, '公開する')
  const form = new URL(office.url()).pathname.split('/').at(-1) ?? ''
  await office.goto(`/attaka/console/procedures/new?form=${form}`)
  for (const [name, value] of Object.entries({
    title: kindsForm.title,
    slug,
    summary: '出します。',
    explanation: '3分の1。',
  })) {
    await office.locator(`[name=${name}]`).fill(value)
  }
  await office.locator('[name=form]').selectOption(form)
  await office.locator('[name=state][value=published]').check()
  await press(office, '保存する')

  const page = await open({ viewport: { width: 360, height: 740 } })
  await page.goto(`/attaka/procedures/${slug}`)
  await press(page, '申請を始める')
  await arrive(page, '確認')
  await page.getByLabel('はい', { exact: true }).check()
  await press(page, '次へ進む')
  await arrive(page, '申請する方を入力してください')
  const number = page.getByLabel('法人番号')
  const section = page.getByRole('heading', { name: '法人について' })
  for (const part of [number, section]) await expect(part).toBeVisible({ visible: !scripts })
  await page.getByLabel('法人', { exact: true }).check()
  for (const part of [number, section]) await expect(part).toBeVisible()
  await press(page, '次へ進む')
  await look(page)
  await expect(page.getByRole('link', { name: 'お名前を入力してください' })).toBeVisible()
  for (const [label, value] of Object.entries({ 姓: '葛城', 名: '花子', セイ: 'かつらぎ', メイ: 'はなこ' })) {
    await page.getByLabel(label, { exact: true }).fill(value)
  }
  await page.getByLabel('郵便番号').fill('514-8570')
  await page.getByLabel('都道府県').selectOption('三重県')
  await page.getByLabel('市区町村').fill('津市')
  await page.getByLabel('町名・番地').fill('広明町13番地')
  await page.getByLabel('メールアドレス').fill('katsuragi@example.jp')
  await number.fill('5000020240001')
  await press(page, '次へ進む')
  await arrive(page, '金額を入力してください')
  await page.getByLabel('費用').fill('１０万')
  await press(page, '次へ進む')
  await expect(page.getByRole('link', { name: '費用を数字で入力してください。例：1200' })).toBeVisible()
  await page.getByLabel('費用').fill('100,000')
  await press(page, '次へ進む')
  await arrive(page, '額を確かめてください')
  await expect(page.getByLabel('奨励金の額')).toHaveValue('33,333円')
  await page.getByLabel('書いたことに間違いはありません').check()
  await press(page, '次へ進む')
  await arrive(page, '入力した内容を確かめてください')
  await expect(page.getByText('葛城 花子（カツラギ ハナコ）')).toBeVisible()
  await expect(page.getByText('審査でお聞きします。')).toBeVisible()
  await page.getByRole('link', { name: '計画', exact: true }).click()
  await page.setViewportSize({ width: 1280, height: 900 })
  await arrive(page, '金額を入力してください')
})
