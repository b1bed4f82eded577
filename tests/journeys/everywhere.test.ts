import { press, procedure } from './filing.ts'
import { expect, look, test, visit } from './journey.ts'
import { findings, sideways } from './look.ts'

const front = [
  '/',
  '/attaka/',
  '/mie/',
  '/attaka/procedures',
  procedure,
  '/attaka/filings/status',
  '/attaka/search?q=相談',
  '/attaka/sign-in',
]
const promises = [
  '/attaka/accessibility',
  '/attaka/other-ways',
  '/mie/other-ways',
  '/attaka/developers',
  '/attaka/evidence',
  '/attaka/trial/mailbox',
]
const gallery = ['parts', 'form', 'console'].map((show) => `/attaka/trial/gallery?show=${show}`)

test('every public page is whole at both widths', async ({ open, scripts }) => {
  const page = await open()
  for (const path of [...front, ...promises]) await visit(page, path)
  // The narrow page is laid out by the same sheets with scripts and without.
  if (!scripts) return
  const phone = await open({ viewport: { width: 360, height: 740 } })
  for (const path of front) await visit(phone, path)
})

test('every part of the gallery is whole at both widths', async ({ open, scripts }) => {
  const page = await open()
  for (const path of gallery) await visit(page, path)
  if (!scripts) return
  const phone = await open({ viewport: { width: 360, height: 740 } })
  for (const path of gallery) await visit(phone, path)
})

test('pages for when things go wrong help', async ({ open }) => {
  const page = await open()
  await visit(page, '/attaka/no-such-page', 404)
  await expect(page.getByRole('link', { name: 'ホームへ戻る' })).toBeVisible()
  await visit(page, '/no-such-town/', 404)
  // Whoever kept the address of a receipt, but not the browser, is asked for number and mail.
  await visit(page, '/attaka/filings/R8-2222-2222')
  await expect(page).toHaveURL('/attaka/filings/status?number=R8-2222-2222')
  await expect(page.getByLabel('受付番号')).toHaveValue('R8-2222-2222')
  await visit(page, '/attaka/console', 401)
  await visit(page, '/attaka/my', 401)

  // A form whose token is of another browser: as after a long time, or from elsewhere.
  await page.goto(procedure)
  await page.context().clearCookies()
  await press(page, '申請を始める')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('もう一度お試しください')
  await look(page)
})

test('pages speak English where a person asks for it', async ({ open }) => {
  const page = await open()
  await page.goto('/attaka/')
  await page.getByRole('link', { name: 'English' }).click()
  for (const path of [
    '/attaka/',
    '/attaka/procedures',
    procedure,
    '/attaka/filings/status',
    '/attaka/sign-in',
    '/attaka/other-ways',
  ]) {
    await visit(page, path)
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  }
})

test('text of twice the size and colours of one’s own are no hindrance', async ({ open, scripts }) => {
  // A screen of 1280 at 200 % has 640 CSS pixels; the doubled text alone is harder, on the narrowest phone.
  for (const width of [640, 360]) {
    const page = await open({ viewport: { width, height: 740 } })
    for (const path of [...front, ...gallery]) {
      await page.goto(path)
      await page.evaluate(() => {
        document.documentElement.style.fontSize = '200%'
      })
      expect(await sideways(page), `${path} with doubled text at ${width}`).toEqual([])
    }
  }
  if (!scripts) return
  const page = await open()
  await page.emulateMedia({ forcedColors: 'active' })
  for (const path of gallery) {
    await page.goto(path)
    expect(await findings(page), `${path} in forced colours`).toEqual([])
  }
})
