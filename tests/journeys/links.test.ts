import type { Page } from '@playwright/test'
import { expect, test } from './journey.ts'
import { signInAs, staff } from './people.ts'

/** Addresses that do something or that many pages have in common with other words behind the question mark. */
const apart = /\/(language|sign-in|sign-out|console\/traces\/new|trial-provider)|\.csv|\/pdf$/

/** Follows every link from here on that begins like it; gives those that lead nowhere, with the page they stand on. */
async function deadEnds(page: Page, from: string): Promise<string[]> {
  const seen = new Map([[from, 'the start']])
  const dead: string[] = []
  for (const [path, where] of seen) {
    const answer = await page.request.get(path)
    if (answer.status() >= 400) dead.push(`${answer.status()} ${path} (on ${where})`)
    if (!answer.headers()['content-type']?.startsWith('text/html')) continue
    for (const [, quoted = ''] of (await answer.text()).matchAll(/ href="([^"#]+)/g)) {
      const href = quoted.replaceAll('&amp;', '&')
      const short = href.split('?')[0] ?? href
      // One address with some question is enough to know that there is somebody who answers.
      const known = [...seen.keys()].some((one) => one === href || (href.includes('?') && one.split('?')[0] === short))
      if (href.startsWith(from) && !known && !apart.test(href) && seen.size < 400) seen.set(href, path)
    }
  }
  expect(seen.size).toBeGreaterThan(2)
  return dead
}

test('no link leads nowhere', async ({ open, scripts }) => {
  // Links are the same with scripts and without: residents' are followed here, those of each kind of staff there.
  if (scripts) {
    expect(await deadEnds(await open(), '/mie/')).toEqual([])
    expect(await deadEnds(await open(), '/attaka/')).toEqual([])
    return
  }
  for (const who of Object.values(staff)) {
    const page = await open()
    await signInAs(page, who)
    expect(await deadEnds(page, '/attaka/console'), String(who)).toEqual([])
  }
})
