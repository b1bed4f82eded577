import { fiscalYear, fiscalYearLabel } from '#core/dates.ts'
import { file, fillAll, follow } from './filing.ts'
import { arrive, expect, look, type Page, test, visit } from './journey.ts'

const indicator = '/mie/plans/indicators/mie-digital-plan-rev2022.procedures.eapply-count'

test('a filing raises the plan’s indicator, and the number opens into what was counted', async ({ open }) => {
  const reader = await open()
  await test.step('the plan leads to the indicator', async () => {
    await visit(reader, '/mie/plans')
    await expect(reader.getByRole('main')).toContainText('電子申請・届出システムによる申請件数')
    await visit(reader, '/mie/plans/mie-digital-plan-rev2022')
    await visit(reader, '/mie/plans/measures/mie-digital-plan-rev2022.procedures')
    await reader.getByRole('link', { name: '電子申請・届出システムによる申請件数' }).first().click()
    await expect(reader).toHaveURL(indicator)
    await look(reader)
  })
  const now = reader.locator('.panel[data-kind=next]')
  const count = async () => Number((await now.locator('.receipt-number').textContent())?.match(/\d+/)?.[0])
  const before = await count()

  const number = await test.step('a resident files', async () => {
    const resident = await open()
    await fillAll(resident, {
      name: '伊勢　みえ',
      mail: 'ise@example.jp',
      at: '/mie/procedures/dx-consultation-event',
    })
    return file(resident)
  })

  await test.step('the number is higher by one, and names no person', async () => {
    await reader.reload()
    expect(await count()).toBe(before + 1)
    await follow(reader, '数えたもの')
    await arrive(reader, `${fiscalYearLabel(fiscalYear(new Date()))}に数えたもの`)
    await expect(reader.locator('tbody tr')).toHaveCount(before + 1)
    await expect(reader.getByRole('main')).not.toContainText(number)
    await expect(reader.getByRole('main')).not.toContainText('伊勢　みえ')
    await follow(reader, '指標のページへ戻る')
    await expect(reader).toHaveURL(indicator)
  })
})

test('the yearly report shows the printed figures on a page and as a PDF', async ({ open }) => {
  const reader = await open()
  await visit(reader, '/mie/reports')
  const report = '/mie/reports/mie-vision-3.smart-jichitai/2020'
  await visit(reader, report)
  for (const printed of ['進展度', '予算', '配置人員', '電子申請・届出システムによる申請件数']) {
    await expect(reader.getByRole('main')).toContainText(printed)
  }
  await expect(reader.getByRole('link', { name: /PDF/ }).first()).toHaveAttribute('href', `${report}/pdf`)
  const pdf = await reader.request.get(`${report}/pdf`)
  expect(pdf.headers()['content-type']).toBe('application/pdf')
  const bytes = await pdf.body()
  expect(bytes.subarray(0, 4).toString('latin1')).toBe('%PDF')
  expect(bytes.length).toBeGreaterThan(10_000)
})

test('plans, measures and initiatives are whole', async ({ open }) => {
  const reader = await open()
  for (const path of ['/mie/plans/measures/mie-vision-3.smart-jichitai', '/attaka/plans', '/attaka/reports']) {
    await visit(reader, path)
  }
  await reader.goto('/mie/plans')
  const plans = await pathsTo(reader, '/mie/plans/mie-')
  expect(plans.length).toBeGreaterThan(1)
  const initiatives: string[] = []
  for (const path of plans) {
    await visit(reader, path)
    initiatives.push(...(await pathsTo(reader, '/mie/plans/initiatives/')))
  }
  expect(initiatives.length).toBeGreaterThanOrEqual(33)
  await visit(reader, initiatives[0] ?? '')
})

/** Where the page's links lead that begin like this, each once. */
const pathsTo = async (page: Page, begin: string) => [
  ...new Set(
    await page
      .locator(`main a[href^="${begin}"]`)
      .evaluateAll((links) => links.map((one) => one.getAttribute('href') ?? '')),
  ),
]
