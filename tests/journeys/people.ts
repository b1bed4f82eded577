import { expect, type Page } from '@playwright/test'
import { follow, press } from './filing.ts'

/** Mails of the trial mailbox to one address, newest first: subject, address and text as they stand on its page. */
export async function mailsTo(page: Page, mail: string, tenant = 'attaka'): Promise<string[]> {
  const html = await (await page.request.get(`/${tenant}/trial/mailbox`)).text()
  const mails = [...html.matchAll(/<article class="mail">(.*?)<\/article>/gs)].map(([, inside = '']) => inside)
  return mails.map((inside) => inside.replace(/<[^>]*>/g, ' ')).filter((text) => text.includes(mail))
}

/**
 * Waits for a mail with these words: it leaves the house by the outbox, a moment after the page. Gives the newest;
 * `beyond` are those that were there before.
 */
export async function waitForMail(
  page: Page,
  mail: string,
  words: string | RegExp,
  { tenant = 'attaka', beyond = 0 } = {},
): Promise<string> {
  let found: string[] = []
  await expect
    .poll(
      async () => {
        const mails = await mailsTo(page, mail, tenant)
        found = mails.filter((text) => (typeof words === 'string' ? text.includes(words) : words.test(text)))
        return found.length
      },
      { message: `a mail to ${mail} with ${words}`, timeout: 20_000 },
    )
    .toBeGreaterThan(beyond)
  return found[0] ?? ''
}

const codeMail = /確認コードは (\d{6}) です/

/** The code of the mail that is yet to come, once `send` has asked for it. */
export async function codeAfter(page: Page, mail: string, send: () => Promise<unknown>): Promise<string> {
  const before = (await mailsTo(page, mail)).filter((text) => codeMail.test(text)).length
  await send()
  return (await waitForMail(page, mail, codeMail, { beyond: before })).match(codeMail)?.[1] ?? ''
}

/** Signs in by a code from the mailbox, as residents do. */
export async function signInByMail(page: Page, mail: string, back = '/') {
  await page.goto(`/attaka/sign-in?back=${encodeURIComponent(back)}`)
  await page.getByLabel('メールアドレス').fill(mail)
  const code = await codeAfter(page, mail, () => press(page, '確認コードを送る'))
  await page.getByLabel('確認コード').fill(code)
  await press(page, 'サインインする')
  await expect(page.getByRole('status').filter({ hasText: 'サインインしました' })).toBeVisible()
}

/** Signs in through the bundled identity provider: a real round by OpenID Connect. */
export async function signInAs(page: Page, name: RegExp, back = '/console', tenant = 'attaka') {
  await page.goto(`/${tenant}/sign-in?back=${encodeURIComponent(back)}`)
  await follow(page, /職員アカウントでサインインする/)
  await press(page, name)
  await expect(page.getByRole('status').filter({ hasText: 'サインインしました' })).toBeVisible()
}

export const staff = {
  reviewer: /審査 はるか/,
  approver: /決裁 まこと/,
  planner: /計画 ゆき/,
  administrator: /管理 そら/,
  auditor: /監査 あきら/,
}
