import { expect, type Locator, type Page } from '@playwright/test'
import { workdayAhead } from '../days.ts'
import { arrive } from './journey.ts'

/** A small real document. */
export const paper = {
  name: '台帳の写し.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from(
    [
      '%PDF-1.4',
      '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
      '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
      '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj',
      'trailer<</Root 1 0 R>>',
      '%%EOF',
      '',
    ].join('\n'),
  ),
}

export const procedure = '/attaka/procedures/dx-consultation-event'

export const titles = {
  session: '参加する会を選んでください',
  contact: '連絡先を入力してください',
  matter: '相談したいことを教えてください',
  check: '入力した内容を確かめてください',
  receipt: '申請を受け付けました',
  state: '申請の状態',
}

export const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()
export const follow = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).click()

/** Fills in the three boxes of a date. */
export async function fillDate(page: Page | Locator, label: string, [year, month, day]: [string, string, string]) {
  const group = page.getByRole('group', { name: label })
  await group.getByLabel('年', { exact: true }).fill(year)
  await group.getByLabel('月', { exact: true }).fill(month)
  await group.getByLabel('日', { exact: true }).fill(day)
}

/** Begins a filing and fills in everything that must be; stops at the check of the answers. */
export async function fillAll(page: Page, { name, mail, at = procedure }: { name: string; mail: string; at?: string }) {
  await page.goto(at)
  await press(page, '申請を始める')
  await page.getByLabel('オンライン').check()
  await fillDate(page, '希望する日', workdayAhead().boxes)
  await press(page, '次へ進む')
  await page.getByLabel('お名前').fill(name)
  await page.getByLabel('メールアドレス').fill(mail)
  await press(page, '次へ進む')
  await page.getByLabel('データの活用').check()
  await page.getByLabel('困っていること').fill('台帳が紙です。')
  await press(page, '次へ進む')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(titles.check)
}

/** Files what is filled in; gives the receipt number. */
export async function file(page: Page): Promise<string> {
  await press(page, '申請する')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(titles.receipt)
  return receiptNumber(page)
}

export const receiptNumber = async (page: Page) => (await page.locator('.receipt-number').textContent()) ?? ''

/** Opens a filing as somebody does who has nothing but the receipt. */
export async function openByNumber(page: Page, number: string, mail: string, tenant = 'attaka') {
  await page.goto(`/${tenant}/filings/status`)
  await page.getByLabel('受付番号').fill(number)
  await page.getByLabel('申請に書いたメールアドレス').fill(mail)
  await press(page, '状態を見る')
  await arrive(page, /申請/)
}
