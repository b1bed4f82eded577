import type { Locator, Page } from '@playwright/test'
import { workdayAhead } from '../days.ts'
import { receiptNumber, titles } from './filing.ts'
import { expect, test } from './journey.ts'

/** Tab until this has the focus; more presses than any page of the path has stops would be a trap. */
async function tabTo(page: Page, target: Locator) {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab')
    if (await target.evaluate((one) => one === document.activeElement)) return expectSeen(page)
  }
  throw new Error(`the keyboard does not reach ${target}`)
}

/** The focus must be seen: marked, and not beyond the edge (the page may still be scrolling there). */
const expectSeen = (page: Page) =>
  expect
    .poll(
      () =>
        page.evaluate(() => {
          const focused = document.activeElement as HTMLElement
          const { left, right, top, bottom } = focused.getBoundingClientRect()
          const inside = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth
          return inside && getComputedStyle(focused).outlineStyle !== 'none'
        }),
      { message: 'the focus can be seen' },
    )
    .toBe(true)

/** Types into the field that is reached next. */
async function typeInto(page: Page, target: Locator, text: string) {
  await tabTo(page, target)
  await page.keyboard.insertText(text)
}

async function pressOn(page: Page, target: Locator, key = 'Enter') {
  await tabTo(page, target)
  await page.keyboard.press(key)
}

test('the whole path of a filing goes by keyboard alone', async ({ open }) => {
  const page = await open()
  const heading = page.getByRole('heading', { level: 1 })
  const next = page.getByRole('button', { name: '次へ進む' })
  const [year, month, day] = workdayAhead().boxes
  const date = (part: string) => page.getByRole('group', { name: '希望する日' }).getByLabel(part, { exact: true })

  await page.goto('/attaka/')
  await pressOn(page, page.getByRole('link', { name: '本文へ進む' }))
  await typeInto(page, page.getByRole('searchbox'), '相談会')
  await page.keyboard.press('Enter')
  await pressOn(page, page.getByRole('link', { name: 'DX相談会の参加申込' }))
  await pressOn(page, page.getByRole('button', { name: '申請を始める' }))
  await expect(heading).toHaveText(titles.session)

  await pressOn(page, next)
  await expect(page.getByRole('alert')).toBeVisible()
  await pressOn(page, page.getByRole('alert').getByRole('link', { name: /参加の方法/ }))
  await expect(page.getByLabel('オンライン')).toBeFocused()
  await page.keyboard.press('Space')
  await typeInto(page, date('年'), year)
  await typeInto(page, date('月'), month)
  await typeInto(page, date('日'), day)
  await pressOn(page, next)

  await expect(heading).toHaveText(titles.contact)
  await typeInto(page, page.getByLabel('お名前'), '鍵盤　操')
  await typeInto(page, page.getByLabel('メールアドレス'), 'misao@example.jp')
  await page.keyboard.press('Enter')

  await expect(heading).toHaveText(titles.matter)
  await pressOn(page, page.getByLabel('データの活用'), 'Space')
  await pressOn(page, next)

  await expect(heading).toHaveText(titles.check)
  await pressOn(page, page.getByRole('button', { name: '申請する' }))
  await expect(heading).toHaveText(titles.receipt)
  expect(await receiptNumber(page)).toMatch(/^R\d+-/)

  await pressOn(page, page.getByText('申請を取り下げる').first())
  await pressOn(page, page.getByLabel('取り下げます'), 'Space')
  await pressOn(page, page.getByRole('button', { name: '申請を取り下げる' }))
  await expect(page.getByRole('status')).toContainText('申請を取り下げました')
})
