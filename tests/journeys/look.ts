import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type Browser, expect, type Page } from '@playwright/test'
import type axe from 'axe-core'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Given to each page once, and short: that costs as much as the finding. Axe's own binding to Playwright gives it twice, unpacked. */
const axeScript = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The narrowest phone that pages are made for, and a tablet, in CSS pixels. */
const [phone, tablet] = [360, 768]

/** What must hold for every page in every state: title, language, no sideways scrolling on a phone, no finding of axe. */
export async function look(page: Page) {
  const { path, title, language } = await page.evaluate(() => ({
    path: location.pathname + location.search,
    title: document.title,
    language: document.documentElement.lang,
  }))
  expect(title, `title of ${path}`).toMatch(/\S/)
  expect(['ja', 'en'], `language of ${path}`).toContain(language)
  const size = page.viewportSize()
  for (const width of [phone, tablet]) {
    await page.setViewportSize({ width, height: 740 })
    expect(await sideways(page), `scrolls sideways at ${width}px: ${path}`).toEqual([])
    await picture(page, title)
  }
  if (size) await page.setViewportSize(size)
  await picture(page, title)
  expect(await findings(page), `axe on ${path}`).toEqual([])
}

/** Axe on a page as it is now, one line for each finding. */
export async function findings(page: Page): Promise<string[]> {
  const seen = await withScripts(page)
  // What stands in a frame would need a script of its own there.
  expect(seen.frames(), 'a page without frames').toHaveLength(1)
  await seen.evaluate(axeScript)
  const violations = await seen.evaluate(async (runOnly) => {
    const { axe: here } = globalThis as unknown as { axe: typeof axe }
    return (await here.run({ resultTypes: ['violations'], runOnly })).violations
  }, rules)
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary}`),
  )
}

/** What reaches beyond the right edge, if the page as a whole can be scrolled there. */
export const sideways = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className} ${element.textContent?.slice(0, 40)}`)
      .slice(0, 8)
      .concat(`${scrollWidth} > ${clientWidth}`)
  })

type Twin = { page: Page; html: string; shown: number }
const twins = new WeakMap<Browser, Promise<Twin>>()

/**
 * Axe is itself a script. A page whose scripts are off is shown, as it stands, in a second browser whose scripts are on,
 * without the page's own. It has a tablet's width there: pages of both kinds have the same sheets, so axe sees each at two widths.
 */
async function withScripts(page: Page): Promise<Page> {
  const off = !(await page.evaluate(() => matchMedia('(scripting: enabled)').matches))
  const browser = page.context().browser()
  if (!off || !browser) return page
  const opened = twins.get(browser) ?? openTwin(browser)
  twins.set(browser, opened)
  const twin = await opened
  twin.html = await page.content()
  const { origin, hash } = new URL(page.url())
  const size = page.viewportSize()
  if (size) await twin.page.setViewportSize({ ...size, width: Math.min(size.width, tablet) })
  await twin.page.goto(`${origin}/shown-${++twin.shown}${hash}`)
  return twin.page
}

async function openTwin(browser: Browser): Promise<Twin> {
  const context = await browser.newContext({ javaScriptEnabled: true })
  const twin = { page: await context.newPage(), html: '', shown: 0 }
  await context.route('**/*', (route) => {
    const request = route.request()
    if (request.isNavigationRequest())
      return route.fulfill({ body: twin.html, contentType: 'text/html; charset=utf-8' })
    return request.resourceType() === 'script' ? route.abort() : route.continue()
  })
  return twin
}

let count = 0

/** For people who want to look too: PICTURES=folder npm run journeys. */
async function picture(page: Page, title: string) {
  const folder = process.env.PICTURES
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  const name = `${String(++count).padStart(3, '0')}-${page.viewportSize()?.width}-${title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 40)}`
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}
