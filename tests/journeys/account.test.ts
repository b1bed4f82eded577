import { workdayAhead } from '../days.ts'
import { file, fillDate, follow, press, procedure } from './filing.ts'
import { arrive, expect, look, test, visit } from './journey.ts'
import { codeAfter, signInByMail } from './people.ts'

test('a resident signs in by a code, files, and finds it all on My Page', async ({ open }) => {
  const page = await open()
  const mail = 'keiko@example.jp'

  await test.step('signs in by a code from the mail', async () => {
    await visit(page, '/attaka/sign-in?back=%2Fmy')
    await page.getByLabel('メールアドレス').fill('keiko@')
    await press(page, '確認コードを送る')
    await expect(page.getByRole('alert')).toContainText('メールアドレス')
    await look(page)
    await expect(page.getByLabel('メールアドレス')).toHaveValue('keiko@')
    await page.getByLabel('メールアドレス').fill(mail)
    const code = await codeAfter(page, mail, () => press(page, '確認コードを送る'))
    await arrive(page, '確認コードを入力してください')
    await page.getByLabel('確認コード').fill('000000')
    await press(page, 'サインインする')
    await look(page)
    await expect(page.getByRole('alert')).toBeVisible()
    await page.getByLabel('確認コード').fill(code)
    await press(page, 'サインインする')
    await arrive(page, 'マイページ')
  })

  await test.step('says how she is called', async () => {
    await visit(page, '/attaka/my/account')
    await page.getByRole('link', { name: /変更/ }).click()
    await look(page)
    await page.getByLabel('氏名').fill('圭子　﨑山')
    await press(page, '保存する')
    await expect(page.getByRole('main')).toContainText('圭子　﨑山')
  })

  const number = await test.step('files, with name and mail filled in', async () => {
    await page.goto(procedure)
    await press(page, '申請を始める')
    await page.getByLabel('オンライン').check()
    await fillDate(page, '希望する日', workdayAhead().boxes)
    await press(page, '次へ進む')
    await expect(page.getByLabel('お名前')).toHaveValue('圭子　﨑山')
    await expect(page.getByLabel('メールアドレス')).toHaveValue(mail)
    await press(page, '次へ進む')
    await page.getByLabel('人材の育成').check()
    await press(page, '次へ進む')
    return file(page)
  })

  await test.step('finds the filing and the notice of it on My Page', async () => {
    await visit(page, '/attaka/my')
    await expect(page.getByRole('main')).toContainText(number)
    await expect(page.getByRole('main')).toContainText('【受付】')
    await page
      .getByRole('link', { name: new RegExp(number) })
      .first()
      .click()
    await expect(page.locator('.receipt-number')).toHaveText(number)
    await visit(page, '/attaka/my/notices')
  })

  await test.step('signs out everywhere: another device is out too', async () => {
    const elsewhere = await open()
    await signInByMail(elsewhere, mail, '/my')
    await page.goto('/attaka/my/account')
    await look(page)
    await press(page, 'すべての端末からサインアウトする')
    await expect(page.getByRole('status')).toContainText('すべての端末からサインアウトしました')
    await visit(page, '/attaka/my', 401)
    await visit(elsewhere, '/attaka/my', 401)
    await follow(elsewhere, 'サインインする')
    await expect(elsewhere).toHaveURL(/sign-in\?back=%2Fmy$/)
  })
})
