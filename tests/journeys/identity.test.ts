import { boxesOf, inDays, workdayAhead } from '../days.ts'
import { fillDate, follow, press } from './filing.ts'
import { arrive, expect, look, type Page, test, visit } from './journey.ts'
import { signInAs, signInByMail, staff, waitForMail } from './people.ts'

/** Says for whom somebody acts, at the top of every page. */
const banner = (page: Page) => page.locator('.acting-banner')

const main = (page: Page) => page.getByRole('main')

/** Chooses one of the invented persons at a bundled provider. */
async function choose(page: Page, name: RegExp) {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('だれとしてサインインしますか')
  await press(page, name)
}

test('a representative signs in by GビズID, files for the company, and entrusts a scrivener', async ({ open }) => {
  const page = await open()
  await test.step('signs in, and every page says for whom', async () => {
    await visit(page, '/attaka/sign-in?back=%2Fprocedures')
    await follow(page, 'GビズID（体験用）でサインインする')
    await choose(page, /日和 みのる/)
    await arrive(page, '手続をさがす')
    await expect(banner(page)).toContainText('株式会社ひだまり製作所')
  })

  await test.step('files for the company', async () => {
    await page.goto('/attaka/procedures/dx-consultation-event')
    await press(page, '申請を始める')
    await page.getByLabel('オンライン').check()
    await fillDate(page, '希望する日', workdayAhead().boxes)
    await press(page, '次へ進む')
    await page.getByLabel('お名前').fill('株式会社ひだまり製作所')
    await page.getByLabel('メールアドレス').fill('office@hidamari.example.jp')
    await press(page, '次へ進む')
    await page.getByLabel('人材の育成').check()
    await press(page, '次へ進む')
    await look(page)
    await expect(main(page)).toContainText('株式会社ひだまり製作所の申請として出します')
    await press(page, '申請する')
    await look(page)
    await expect(main(page)).toContainText('日和 みのる')
  })

  await test.step('chooses for whom to act', async () => {
    await visit(page, '/attaka/my/acting')
    await page.getByLabel(/自分/).check()
    await press(page, 'この人・会社の手続をする')
    await expect(banner(page)).toHaveCount(0)
    await page.getByLabel(/株式会社ひだまり製作所/).check()
    await press(page, 'この人・会社の手続をする')
    await expect(banner(page)).toContainText('株式会社ひだまり製作所')
  })

  const mail = 'scrivener@example.jp'
  await test.step('entrusts somebody by mail', async () => {
    await visit(page, '/attaka/my/mandates')
    await follow(page, '手続を任せる')
    await look(page)
    await press(page, '申し出を送る')
    await look(page)
    await page.getByLabel('任せる人のメールアドレス').fill(mail)
    await page.getByLabel('選んだ手続だけ').check()
    await page.getByRole('checkbox').first().check()
    await fillDate(page, '最後の日', boxesOf(inDays(120)))
    await press(page, '申し出を送る')
    await arrive(page, '委任と代理')
    await expect(main(page)).toContainText('返事待ち')
  })

  await test.step('who takes it on, and acts for the company', async () => {
    const agent = await open()
    await waitForMail(agent, mail, '代理の手続の申し出')
    await signInByMail(agent, mail, '/my/mandates')
    await arrive(agent, '委任と代理')
    await press(agent, '引き受ける')
    await arrive(agent, 'だれとして手続をするか')
    await agent.getByLabel(/代理人として/).check()
    await press(agent, 'この人・会社の手続をする')
    await expect(banner(agent)).toContainText('株式会社ひだまり製作所')
  })

  await test.step('takes it back', async () => {
    await page.goto('/attaka/my/mandates')
    await follow(page, '取り消す')
    await look(page)
    await press(page, '終わる')
    await arrive(page, '委任と代理')
    await expect(main(page)).toContainText('取り消し済み')
  })
})

test('a resident links the card by consent, sees what was verified, and takes it away again', async ({ open }) => {
  const page = await open()
  await signInByMail(page, 'card@example.jp', '/my/account')
  await look(page)
  await follow(page, 'マイナンバーカード（体験用）を結び付ける')
  await look(page)
  await follow(page, '本人確認に進む')
  await choose(page, /日向 花子/)
  await arrive(page, 'このアカウントに結び付けますか')
  await page.getByLabel(/同意します/).check()
  await press(page, '結び付ける')
  await arrive(page, 'アカウント')
  await expect(main(page)).toContainText('あったか県ひだまり市中央一丁目2番3号')
  await page.getByRole('link', { name: /外す/ }).click()
  await arrive(page, 'サインインの方法を外しますか')
  await press(page, '外す')
  await arrive(page, 'アカウント')
  await expect(page.getByRole('status')).toContainText('サインインの方法を外しました')
})

test('a visitor is asked for the card where a procedure needs it, and loses nothing of what was typed', async ({
  open,
}) => {
  const editor = await open()
  await signInAs(editor, staff.approver)
  await editor.goto('/attaka/console/procedures')
  await editor
    .getByRole('link', { name: /デジタル|DX/ })
    .first()
    .click()
  await editor.getByLabel('マイナンバーカード', { exact: true }).check()
  await editor.getByLabel('プライムだけ').check()
  await look(editor)
  await press(editor, '保存する')
  await expect(editor.getByRole('status')).toContainText('手続を保存しました')

  const page = await open()
  await visit(page, '/attaka/procedures/dx-consultation-event')
  await press(page, '申請を始める')
  await page.getByLabel('オンライン').check()
  await fillDate(page, '希望する日', workdayAhead().boxes)
  await press(page, '次へ進む')
  await page.getByLabel('お名前').fill('日向 花子')
  await page.getByLabel('メールアドレス').fill('hanako@example.jp')
  await press(page, '次へ進む')
  await page.getByLabel('人材の育成').check()
  await press(page, '次へ進む')
  await press(page, '申請する')
  await arrive(page, '本人確認が要ります')
  await follow(page, 'マイナンバーカード（体験用）で本人確認をする')
  await choose(page, /日向 花子/)
  await expect(main(page)).toContainText('hanako@example.jp')
  await press(page, '申請する')
  await expect(page.locator('.receipt-number')).toBeVisible()

  await editor.goto('/attaka/console/procedures')
  await editor
    .getByRole('link', { name: /デジタル|DX/ })
    .first()
    .click()
  await editor.getByLabel(/サインインしなくても/).check()
  await press(editor, '保存する')
})

test('an administrator enters companies, legal representatives and roles by groups', async ({ open }) => {
  const page = await open()
  await signInAs(page, staff.administrator)
  await visit(page, '/attaka/console/administration/people?kind=company')
  await follow(page, '会社を登録する')
  await page.getByLabel('法人番号').fill('1234567890123')
  await page.getByLabel('名称').fill('行政書士法人こもれび')
  await press(page, '登録する')
  await look(page)
  await page.getByLabel('法人番号').fill('７０００００００００００２')
  await press(page, '登録する')
  await arrive(page, '行政書士法人こもれび')
  await follow(page, '手続できる人を加える')
  await look(page)

  await visit(page, '/attaka/console/administration/groups')
  await follow(page, '行を加える')
  await look(page)
  await page.getByLabel('グループの名前').fill('dx-reviewers')
  await page.getByRole('combobox', { name: /^役割/ }).selectOption('reviewer')
  await press(page, '登録する')
  await arrive(page, 'グループと役割')
  await follow(page, 'この行を外す')
  await look(page)

  const resident = await open()
  await signInByMail(resident, 'child@example.jp', '/my')
  await page.goto('/attaka/console/administration/people?kind=resident&words=child')
  await follow(page, 'child@example.jp')
  await follow(page, '法定代理人を登録する')
  await look(page)
})
