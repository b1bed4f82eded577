import { beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '../../tests/house.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})

const look = async (path: string, at?: string) => {
  const answer = await house.browser(at).get(path)
  return { status: answer.status, html: await answer.text() }
}
const searched = async (words: string) => (await look(`/search?q=${encodeURIComponent(words)}`)).html

describe('the home page', () => {
  test('leads straight to the state of a filing, to results and to ways without a screen', async () => {
    const { html } = await look('/')
    for (const path of ['/procedures', '/plans', '/filings/status', '/reports', '/other-ways']) {
      expect(html).toContain(`<a href="/attaka${path}"`)
    }
    expect(html).not.toContain('入力の続き')
  })

  test('leads back to what somebody has begun in this browser, and nobody else', async () => {
    const who = house.browser()
    const begun = await who.post('/procedures/dx-consultation-event/begin')
    const draft = begun.headers.get('location') ?? ''
    await who.post(`${draft.replace('/attaka', '')}/contact`, { name: '花子', mail: '', phone: '' })
    const html = await (await who.get('/')).text()
    expect(html).toContain('入力の続き')
    expect(html).toContain(`href="${draft}"`)
    expect((await look('/')).html).not.toContain(draft)
  })
})

describe('the search', () => {
  test('finds procedures in whatever width and kana they are typed', async () => {
    for (const words of ['dx', 'ＤＸ', 'ｄｘ　相談会', 'でじたる', 'ﾃﾞｼﾞﾀﾙ', '相談　無料']) {
      expect(await searched(words), words).toContain('href="/attaka/procedures/dx-consultation-event"')
      const catalogue = await look(`/procedures?q=${encodeURIComponent(words)}`)
      expect(catalogue.html, words).toContain('dx-consultation-event')
    }
    for (const words of ['相談 無料 飛行機', '%', '_']) {
      expect(await searched(words), words).not.toContain('dx-consultation-event')
    }
  })

  test('finds the pages that people know by name', async () => {
    for (const words of ['申請の状態', '受付番号', '補正']) {
      expect(await searched(words)).toContain('href="/attaka/filings/status"')
    }
    expect(await searched('成果レポート')).toContain('href="/attaka/reports"')
    expect(await searched('郵送')).toContain('>電話・窓口・紙で行う</a>')
  })

  test('that finds nothing says whom to call, where there is a number', async () => {
    expect(await searched('飛行機')).toContain('お電話でもお尋ねいただけます')
    const elsewhere = await look('/search?q=飛行機', 'mie')
    expect(elsewhere.html).toContain('見つかりませんでした')
    expect(elsewhere.html).not.toContain('電話でもお尋ねいただけます')
  })

  test('for what is no text is refused on a page that still says whose it is', async () => {
    const { status, html } = await look('/search?q=%ff%fe')
    expect(status).toBe(400)
    expect(html).toContain('あったか県')
    expect(html).toContain('000-000-0000')
  })
})

describe('a page that is of no module', () => {
  test('leads back to the home page', async () => {
    for (const path of ['/other-ways', '/accessibility', '/search', '/procedures', '/sign-in']) {
      expect((await look(path)).html, path).toMatch(/<nav[^>]*class="crumbs"[\s\S]*href="\/attaka\/"/)
    }
  })

  test('says how to reach the office: by a number that can be pressed, or that there is none yet', async () => {
    expect((await look('/other-ways')).html).toContain('<a class="phone" href="tel:0000000000">000-000-0000</a>')
    const elsewhere = await look('/other-ways', 'mie')
    expect(elsewhere.html).not.toContain('下の問い合わせ先に電話')
    expect(elsewhere.html).toContain('代表番号')
  })
})

describe('a page that can’t be shown', () => {
  test('offers to search, where nothing is there', async () => {
    const { status, html } = await look('/nothing-here')
    expect(status).toBe(404)
    expect(html).toMatch(/<form method="get" action="\/attaka\/search">/)
  })

  test('leads back to its form, where the form was not ours or too old', async () => {
    const who = house.browser()
    await who.get('/filings/status')
    const sent = await who.send('/filings/status', { method: 'POST', body: new URLSearchParams({ _csrf: 'old' }) })
    const html = await sent.text()
    expect(sent.status).toBe(403)
    expect(html).toContain('href="/attaka/filings/status"')
    expect(html).toContain('ページを開き直す')
    expect(html).not.toContain('サインインし直したため')
  })
})
