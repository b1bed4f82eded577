import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import { type RunningHouse, startHouse } from './house.ts'
import { look } from './look.ts'

type Fixtures = {
  /** Opens a browser of its own (cookies, tabs), as another person on another device would have; gives its first tab. */
  open(options?: { viewport?: { width: number; height: number } }): Promise<Page>
  /** Whether scripts run in this project. */
  scripts: boolean
}

/**
 * A journey: a sentence that begins at the front door of the built application. Every worker has a house of its own.
 * At the end, what any of its tabs complained about (script errors, violations of the content policy, missing files)
 * fails it.
 */
export const test = base.extend<Fixtures, { house: RunningHouse }>({
  house: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from the pattern.
    async ({}, use) => {
      const house = await startHouse()
      await use(house)
      await house.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  scripts: async ({ javaScriptEnabled }, use) => use(javaScriptEnabled !== false),
  open: async ({ browser, house }, use) => {
    const contexts: BrowserContext[] = []
    const complaints: string[] = []
    await use(async (options = {}) => {
      const context = await browser.newContext({
        baseURL: house.base,
        viewport: { width: 1280, height: 900 },
        ...options,
      })
      contexts.push(context)
      watch(context, complaints)
      return context.newPage()
    })
    await Promise.all(contexts.map((context) => context.close()))
    expect(complaints, 'what the browsers complained about').toEqual([])
  },
})

/** Notes what goes wrong unseen. That an error page has an error status is no fault; browsers write it down all the same. */
function watch(context: BrowserContext, complaints: string[]) {
  const refused = new Set<string>()
  context.on('response', (answer) => {
    const document = answer.request().isNavigationRequest()
    if (document && answer.status() >= 400 && answer.status() < 500) refused.add(answer.url())
  })
  context.on('console', (message) => {
    // Without scripts a form is posted to its page with the place in it that a link has led to.
    const [url = ''] = message.location().url.split('#')
    const known = message.text().startsWith('Failed to load resource') && refused.has(url)
    if (message.type() === 'error' && !known) complaints.push(`${message.location().url}: ${message.text()}`)
  })
  context.on('weberror', (error) => complaints.push(String(error.error().stack)))
}

/** Goes to an address and looks at the page. */
export async function visit(page: Page, path: string, status = 200) {
  const answer = await page.goto(path)
  expect(answer?.status(), path).toBe(status)
  await look(page)
}

/** Waits until a page with this heading is there and looks at it. */
export async function arrive(page: Page, heading: string | RegExp) {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading)
  await look(page)
}

export { expect, look, type Page }
