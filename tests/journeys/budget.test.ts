import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { workdayAhead } from '../days.ts'
import { fillDate, press, procedure } from './filing.ts'
import { expect, test } from './journey.ts'

const kilobyte = 1024

/** What a page transfers, packed, all in all and of it scripts. */
async function weigh(page: Page, go: () => Promise<unknown>) {
  const parts: Promise<{ type: string; size: number; packed: boolean }>[] = []
  const note = (answer: Awaited<ReturnType<Page['waitForResponse']>>) => {
    if (answer.status() !== 200) return
    parts.push(
      answer.body().then((body) => ({
        type: answer.request().resourceType(),
        size: gzipSync(body).length,
        packed: answer.headers()['content-encoding'] !== undefined || body.length < 1_400,
      })),
    )
  }
  page.on('response', note)
  await go()
  await page.waitForLoadState('networkidle')
  page.off('response', note)
  const all = await Promise.all(parts)
  const sum = (some: typeof all) => some.reduce((total, { size }) => total + size, 0)
  return {
    all: sum(all),
    scripts: sum(all.filter(({ type }) => type === 'script')),
    packed: all.every(({ packed }) => packed),
  }
}

test('pages for residents are light', async ({ open }) => {
  const first = await open()
  const pages = [await weigh(first, () => first.goto('/attaka/')), await weigh(await open(), () => Promise.resolve())]
  const fresh = await open()
  pages.push(await weigh(fresh, () => fresh.goto(procedure)))
  // The form page with nothing in the cache: begun in one tab, opened in a browser that has the cookies only.
  await press(fresh, '申請を始める')
  await fillDate(fresh, '希望する日', workdayAhead().boxes)
  const cold = await open()
  await cold.context().addCookies(await fresh.context().cookies())
  pages.push(await weigh(cold, () => cold.goto(fresh.url())))
  for (const { all, scripts, packed } of pages) {
    expect(all).toBeLessThan(60 * kilobyte)
    expect(scripts).toBeLessThan(20 * kilobyte)
    expect(packed).toBe(true)
  }
})
