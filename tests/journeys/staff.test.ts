import { file, fillAll, fillDate, follow, openByNumber, press } from './filing.ts'
import { arrive, expect, look, test, visit } from './journey.ts'
import { signInAs, staff, waitForMail } from './people.ts'

test('staff review, ask for a correction and decide; the applicant sees each step', async ({ open, scripts }) => {
  const applicant = await open()
  const mail = 'minoru@example.jp'
  await fillAll(applicant, { name: '実　稔', mail })
  const number = await file(applicant)

  const reviewer = await open()
  await test.step('the reviewer signs in through the office’s provider and sees what waits', async () => {
    await visit(reviewer, '/attaka/console', 401)
    await follow(reviewer, 'サインインする')
    await follow(reviewer, /職員アカウントでサインインする/)
    await expect(reviewer).toHaveURL(/trial-provider/)
    await look(reviewer)
    await press(reviewer, staff.reviewer)
    await arrive(reviewer, 'ホーム')
    await expect(reviewer.getByRole('main')).toContainText('確認を待っている申請')
  })

  await test.step('finds the filing in the queue', async () => {
    await visit(reviewer, '/attaka/console/filings')
    await reviewer.getByLabel('受付番号・申請者').fill('実')
    await press(reviewer, '絞り込む')
    await look(reviewer)
    await expect(reviewer.getByRole('link', { name: number })).toBeVisible()
    await visit(reviewer, '/attaka/console/filings?state=approved&procedure=&q=%E5%B1%B1')
    await expect(reviewer.getByRole('main')).toContainText('この条件の申請はありません')
    await reviewer.goto('/attaka/console/filings')
    if (scripts) {
      await reviewer.keyboard.press('j')
      await expect(reviewer.locator('tbody tr').first().getByRole('link')).toBeFocused()
      await reviewer.keyboard.press('k')
      await expect(reviewer.locator('tbody tr').first().getByRole('link')).toBeFocused()
      await reviewer.keyboard.press('/')
      await expect(reviewer.getByLabel('受付番号・申請者')).toBeFocused()
    }
    await follow(reviewer, number)
  })

  await test.step('takes it up and asks for a correction', async () => {
    await arrive(reviewer, new RegExp(number))
    await press(reviewer, '受け付けて審査を始める')
    await expect(reviewer.getByRole('status')).toContainText('審査を始めました')
    await look(reviewer)
    await reviewer.getByRole('textbox', { name: '職員のメモ' }).fill('会場は午前のみ空き。')
    await press(reviewer, 'メモを加える')
    await expect(reviewer.getByRole('main')).toContainText('会場は午前のみ空き。')
    await expect(reviewer.getByRole('button', { name: '決裁の確認へ進む' })).toHaveCount(0)
    await follow(reviewer, '補正を求める')
    await arrive(reviewer, '補正を求める')
    await press(reviewer, '補正を求める')
    await expect(reviewer.getByRole('alert')).toContainText('一つ以上の項目に書いてください')
    await look(reviewer)
    await reviewer.getByLabel('「困っていること」で直してほしいこと').fill('台帳の冊数を書いてください。')
    await fillDate(reviewer, '補正の期限', ['令和9', '3', '31'])
    await press(reviewer, '補正を求める')
    await expect(reviewer.getByRole('status')).toContainText('補正を求めました')
    await look(reviewer)
  })

  await test.step('the applicant learns it by mail and corrects only what was asked', async () => {
    expect(await waitForMail(applicant, mail, '【補正のお願い】')).toContain('1か所')
    const phone = await open({ viewport: { width: 360, height: 740 } })
    await openByNumber(phone, number, mail)
    await expect(phone.getByRole('main')).toContainText('台帳の冊数を書いてください。')
    await follow(phone, '補正をする')
    await arrive(phone, '指摘されたところを直してください')
    await expect(phone.getByLabel('お名前')).toHaveCount(0)
    await expect(phone.getByLabel('困っていること')).toHaveValue('台帳が紙です。')
    await phone.getByLabel('困っていること').fill('台帳が紙で12冊あります。')
    await press(phone, '補正を送る')
    await expect(phone.getByRole('status')).toContainText('補正を受け付けました')
    await look(phone)
  })

  await test.step('the approver sees what has changed, must give a reason to refuse, and approves', async () => {
    const approver = await open()
    await signInAs(approver, staff.approver, '/console/filings')
    await follow(approver, number)
    await look(approver)
    await expect(approver.getByRole('deletion')).toContainText('台帳が紙です。')
    await expect(approver.getByRole('insertion')).toContainText('台帳が紙で12冊あります。')
    await approver.getByLabel('不承認とする').check()
    await press(approver, '決裁の確認へ進む')
    await expect(approver.getByRole('alert')).toContainText('不承認の理由を書いてください')
    await look(approver)
    await approver.getByLabel('承認する', { exact: true }).check()
    await approver.getByLabel('理由（申請者に伝わります）').fill('12月10日にお待ちしています。')
    await press(approver, '決裁の確認へ進む')
    await arrive(approver, 'この内容で決裁しますか')
    await expect(approver.getByRole('main')).toContainText('12月10日にお待ちしています。')
    await look(approver)
    await press(approver, '承認として決裁する')
    await expect(approver.getByRole('status')).toContainText('承認しました')
    await look(approver)
    const history = approver.locator('.timeline > li')
    await expect(history).toHaveCount(6)
    for (const [nth, words] of [/承認/, /補正が届き/, /補正をお願い/, /メモ/, /確認を始め/, /申請が届き/].entries()) {
      await expect(history.nth(nth)).toHaveText(words)
    }
    await expect(approver.getByRole('main')).toContainText('次にすることはありません')
  })

  await test.step('the applicant sees the decision, and got a mail at each step', async () => {
    await applicant.goto(`/attaka/filings/${number}`)
    await look(applicant)
    await expect(applicant.getByRole('main')).toContainText('申請が認められました。')
    await expect(applicant.getByRole('main')).toContainText('12月10日にお待ちしています。')
    await expect(applicant.getByRole('main')).not.toContainText('会場は午前のみ空き。')
    for (const subject of ['【受付】', '【審査開始】', '【補正のお願い】', '【補正受付】', '【結果】']) {
      await waitForMail(applicant, mail, subject)
    }
  })
})

test('a clerk whose sign-in ends while typing finds the text again', async ({ open }) => {
  const applicant = await open()
  await fillAll(applicant, { name: '岡田　実', mail: 'okada@example.jp' })
  const number = await file(applicant)
  const clerk = await open()
  await signInAs(clerk, staff.reviewer, '/console/filings')
  await follow(clerk, number)
  await clerk.getByRole('textbox', { name: '職員のメモ' }).fill('電話で確認済み。\n資料は郵送とのこと。')

  const elsewhere = await open()
  await signInAs(elsewhere, staff.reviewer, '/my/account')
  await press(elsewhere, 'すべての端末からサインアウトする')

  await press(clerk, 'メモを加える')
  await arrive(clerk, 'サインインしてください')
  await expect(clerk.getByRole('main')).toContainText('入力したものは暗号化して保存してあります')
  await follow(clerk, 'サインインする')
  await follow(clerk, /職員アカウントでサインインする/)
  await press(clerk, staff.reviewer)
  await expect(clerk.getByRole('textbox', { name: '職員のメモ' })).toHaveValue(
    /電話で確認済み。\s+資料は郵送とのこと。/,
  )
  await look(clerk)
  await press(clerk, 'メモを加える')
  await expect(clerk.getByRole('status')).toContainText('メモを加えました')
  await expect(clerk.locator('.timeline')).toContainText('資料は郵送とのこと。')
})
