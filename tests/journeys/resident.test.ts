import { addDays, formatDate, tokyoDate, weekday } from '#core/dates.ts'
import { boxesOf, nthWorkday, workdayAhead } from '../days.ts'
import {
  file,
  fillAll,
  fillDate,
  follow,
  openByNumber,
  paper,
  press,
  procedure,
  receiptNumber,
  titles,
} from './filing.ts'
import { arrive, expect, look, test, visit } from './journey.ts'
import { waitForMail } from './people.ts'

test('a resident finds a procedure, files it without signing in, and follows it', async ({ open, scripts }) => {
  const page = await open()
  const mail = 'hanako@example.jp'

  await test.step('finds the procedure from the home page', async () => {
    await visit(page, '/attaka/')
    await page.getByRole('searchbox').fill('相談会')
    await page.getByRole('searchbox').press('Enter')
    await arrive(page, 'さがす')
    await follow(page, 'DX相談会の参加申込')
    await arrive(page, 'DX相談会の参加申込')
    await press(page, '申請を始める')
    await arrive(page, titles.session)
  })

  await test.step('is told what to correct, and nothing typed is lost', async () => {
    await fillDate(page, '希望する日', ['2026', '13', '1'])
    await press(page, '次へ進む')
    const summary = page.getByRole('alert')
    await expect(summary.getByRole('heading')).toHaveText('2か所を直してください')
    await look(page)
    if (scripts) await expect(summary).toBeFocused()
    await expect(page).toHaveTitle(/^エラー：/)
    await expect(page.getByRole('group', { name: '希望する日' }).getByLabel('月', { exact: true })).toHaveValue('13')
    await summary.getByRole('link', { name: /参加の方法/ }).click()
    await expect(page).toHaveURL(scripts ? /session$/ : /#way$/)
    if (scripts) await expect(page.getByLabel('オンライン')).toBeFocused()
  })

  await test.step('sees the question about the hall only where it matters', async () => {
    const help = page.getByRole('group', { name: '会場で必要なこと' })
    const when = page.getByText('「参加の方法」が「会場」である場合にお答えください')
    await expect(help).toBeVisible({ visible: !scripts })
    await expect(when).toBeVisible({ visible: !scripts })
    await page.getByLabel('会場', { exact: true }).check()
    await expect(help).toBeVisible()
    if (scripts) {
      await page.getByLabel('オンライン').check()
      await expect(help).toBeHidden()
      await page.getByLabel('会場', { exact: true }).check()
    }
    await page.getByLabel('車いす').check()
  })

  await test.step('is told which days can be chosen, before and after choosing another', async () => {
    const today = tokyoDate(new Date())
    const firstDay = formatDate(nthWorkday(today, 3))
    const when = page.getByRole('group', { name: '希望する日' })
    await expect(when).toContainText(`${firstDay}から`)
    await expect(when).toContainText('の月曜日から金曜日を選べます')
    const error = page.getByRole('alert')
    await fillDate(page, '希望する日', boxesOf(today))
    await press(page, '次へ進む')
    await arrive(page, titles.session)
    await expect(error).toContainText(`希望する日は${firstDay}以降の日付を入力してください`)
    await look(page)
    // From a workday to the Sunday of its week.
    const sunday =
      Array.from({ length: 7 }, (_, n) => addDays(workdayAhead().iso, n)).find((day) => weekday(day) === '日') ?? ''
    await fillDate(page, '希望する日', boxesOf(sunday))
    await press(page, '次へ進む')
    await expect(error).toContainText(`月曜日から金曜日までの日付を入力してください。${formatDate(sunday)}は選べません`)
    await expect(page.getByLabel('車いす')).toBeChecked()
    await fillDate(page, '希望する日', ['3026', '1', '1'])
    await press(page, '次へ進む')
    await expect(error).toContainText('以前の日付を入力してください')
    await fillDate(page, '希望する日', workdayAhead().boxes)
    await press(page, '次へ進む')
    await arrive(page, titles.contact)
  })

  await test.step('goes back, reloads, and finds everything as it was', async () => {
    await page.getByLabel('お名前').fill('𠮷田　花子')
    await page.getByLabel('メールアドレス').fill(mail)
    await press(page, '次へ進む')
    await arrive(page, titles.matter)
    await page.goBack()
    await expect(page.getByLabel('お名前')).toHaveValue('𠮷田　花子')
    await page.reload()
    await expect(page.getByLabel('お名前')).toHaveValue('𠮷田　花子')
    await follow(page, '前へ戻る')
    await expect(page.getByLabel('会場', { exact: true })).toBeChecked()
    await expect(page.getByLabel('車いす')).toBeChecked()
    await press(page, '次へ進む')
    await press(page, '次へ進む')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(titles.matter)
  })

  await test.step('attaches a document', async () => {
    await page.getByLabel('その他', { exact: true }).check()
    const other = page.getByLabel('その他の分野')
    await expect(other).toBeVisible()
    await page.getByLabel('困っていること').fill('台帳が紙です。\n探すのに時間がかかります。')
    await page.getByLabel('参考になる資料').setInputFiles(paper)
    if (scripts) await expect(page.getByText(`「${paper.name}」を付けました`)).toBeVisible()
    // The other subject is missing: the document must still be there when the page comes back.
    await press(page, '次へ進む')
    await arrive(page, titles.matter)
    await expect(page.getByRole('alert')).toContainText('その他の分野')
    await expect(page.getByText(paper.name).first()).toBeVisible()
    await other.fill('防災')
    await press(page, '次へ進む')
    await arrive(page, titles.check)
  })

  await test.step('checks the answers and changes one', async () => {
    for (const words of ['会場', '車いす', workdayAhead().shown, '𠮷田　花子', '防災', paper.name]) {
      await expect(page.getByRole('main')).toContainText(words)
    }
    await page.getByRole('link', { name: /変更する.*お名前|お名前.*変更する/ }).click()
    await expect(page.getByLabel('お名前')).toHaveValue('𠮷田　花子')
    await page.getByLabel('お名前').fill('髙橋　花子')
    await press(page, '次へ進む')
    await press(page, '次へ進む')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(titles.check)
    await expect(page.getByRole('main')).toContainText('髙橋　花子')
  })

  const number = await test.step('files with a double click and gets one receipt', async () => {
    await page.getByRole('button', { name: '申請する' }).dblclick()
    await arrive(page, titles.receipt)
    const given = await receiptNumber(page)
    expect(given).toMatch(/^R\d+-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    await page.reload()
    expect(await receiptNumber(page)).toBe(given)
    return given
  })

  await test.step('can’t file it again by going back', async () => {
    await page.goBack()
    await page.reload()
    expect(await receiptNumber(page)).toBe(number)
  })

  await test.step('sees the state on another device, by number and mail', async () => {
    const phone = await open({ viewport: { width: 360, height: 740 } })
    await visit(phone, '/attaka/filings/status')
    await phone.getByLabel('受付番号').fill(number)
    await phone.getByLabel('申請に書いたメールアドレス').fill('someone.else@example.jp')
    await press(phone, '状態を見る')
    await expect(phone.getByRole('alert')).toContainText('組み合わせが見つかりません')
    await look(phone)
    await openByNumber(phone, number.toLowerCase().replaceAll('-', ' '), mail)
    expect(await receiptNumber(phone)).toBe(number)
    const letter = await waitForMail(phone, mail, '【受付】')
    expect(letter).toContain(number)
    await visit(phone, '/attaka/trial/mailbox')
  })
})

test('a resident withdraws a filing, and says so twice', async ({ open }) => {
  const page = await open()
  await fillAll(page, { name: '山田　太郎', mail: 'taro@example.jp' })
  const number = await file(page)
  await page.getByText('申請を取り下げる').first().click()
  await press(page, '申請を取り下げる')
  await expect(page.getByRole('alert')).toContainText('確認の欄を選んでください')
  await look(page)
  await page.getByLabel('取り下げます').check()
  await press(page, '申請を取り下げる')
  await expect(page.getByRole('status')).toContainText('申請を取り下げました')
  await arrive(page, titles.state)
  await expect(page.getByRole('main')).toContainText('取下げ')
  await expect(page.getByRole('button', { name: '申請を取り下げる' })).toHaveCount(0)
  await waitForMail(page, 'taro@example.jp', '【取下げ】')
  expect(await receiptNumber(page)).toBe(number)
})

test('two tabs on the same draft keep each other’s pages, and file once', async ({ open }) => {
  const first = await open()
  await first.goto(procedure)
  await press(first, '申請を始める')
  const draft = new URL(first.url()).pathname.replace(/\/session$/, '')
  const second = await first.context().newPage()
  await second.goto(`${draft}/contact`)

  await first.getByLabel('オンライン').check()
  await fillDate(first, '希望する日', workdayAhead().boxes)
  await second.getByLabel('お名前').fill('二つ　まど')
  await second.getByLabel('メールアドレス').fill('tabs@example.jp')
  await press(first, '次へ進む')
  await press(second, '次へ進む')
  await second.getByLabel('データの活用').check()
  await press(second, '次へ進む')
  await arrive(second, titles.check)
  await expect(second.getByRole('main')).toContainText('オンライン')
  await expect(second.getByRole('main')).toContainText('二つ　まど')

  await first.goto(`${draft}/_check`)
  await Promise.all([press(first, '申請する'), press(second, '申請する')])
  await expect(first.getByRole('heading', { level: 1 })).toHaveText(titles.receipt)
  await expect(second.getByRole('heading', { level: 1 })).toHaveText(titles.receipt)
  expect(await receiptNumber(second)).toBe(await receiptNumber(first))
})
