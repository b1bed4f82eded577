import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { perform } from '#core/action.ts'
import type { Measure } from '#core/contributions.ts'
import { fiscalYear, fiscalYearLabel, fiscalYearPeriod } from '#core/dates.ts'
import { readBack } from '#platform/documents/read-back.ts'
import { closeDocuments } from '#platform/documents.ts'
import { workdayAhead } from '../../../tests/days.ts'
import { openHouse, type TestHouse } from '../../../tests/house.ts'
import { importPlan } from './index.ts'
import { parsePlanFile } from './rules/import.ts'
import { reportFacts, reportOf } from './rules/report.ts'

let house: TestHouse
let visitor: ReturnType<TestHouse['browser']>
beforeAll(async () => {
  house = await openHouse({ tenant: 'mie' })
  visitor = house.browser()
})
afterAll(closeDocuments)

const fresh = (name: string) => JSON.parse(readFileSync(new URL(`./seed-data/${name}.json`, import.meta.url), 'utf8'))

const file = (name: string) => {
  const read = parsePlanFile(fresh(name))
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return read.file
}

const mie = file('mie-plan')
const [measure] = mie.measures

/** What a reader sees of a page: words without markup, spaces and the marks of notes. */
const seen = (html: string) =>
  html
    .replace(/<sup.*?<\/sup>/g, '')
    .replace(/<span class="whole">(.*?)<\/span>/g, '$1')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')

const look = async (path: string, who = visitor) => {
  const answer = await who.get(path)
  expect(answer.status, path).toBe(200)
  const html = await answer.text()
  return { html, text: seen(html) }
}

const thisFY = fiscalYear(new Date())
const m406 = 'mie-vision-3.smart-jichitai'
const liveIndicator = 'mie-digital-plan-rev2022.procedures.eapply-count'

describe('the pages of the plans', () => {
  test('list every plan with its period and state', async () => {
    const { text } = await look('/plans')
    for (const title of ['みえ県民力ビジョン・第三次行動計画', 'みえデジタル戦略推進計画', 'みえDXビジョン（仮称）'])
      expect(text).toContain(title)
    expect(text).toContain('令和2（2020）年度から令和5（2023）年度まで')
    expect(text).toContain('計画期間は終了')
    expect(text).toContain('「みえデジタル戦略推進計画」の全面改定')
    expect(text).toContain('2020年6月策定')
  })

  test('show all 33 initiatives with their 50 stages, those listed again with their origin', async () => {
    const { html, text } = await look('/plans/mie-data-plan-2020')
    const plan = mie.plans[1]!
    for (const one of plan.initiatives) expect(text).toContain(one.title)
    expect(html.match(/class="schedule__bar"/g)).toHaveLength(50)
    expect(html.match(/data-inferred="(end|all)"/g)).toHaveLength(31)
    expect(text).toContain('33の取組があります（うち2は再掲で、再掲を除くと31）')
    expect(html).toMatch(/init-02">番号2の再掲/)
    expect(text).toContain('官民データ活用推進基本法（平成28年法律第103号）第9条第1項')
    for (const one of [...plan.philosophies, ...plan.basicPolicies, ...plan.measureGroups])
      expect(text).toContain(one.title)
  })

  test('show the revision with every stage that is dated', async () => {
    const { text } = await look('/plans/mie-digital-plan-rev2022')
    for (const { stage, audience } of mie.plans[3]!.workflow) {
      expect(text).toContain(stage)
      expect(text).toContain(audience)
    }
    for (const when of ['2022年5月30日（月）', '2022年8月', '2022年10月', '1か月間', '各部局へ作業依頼'])
      expect(text).toContain(when)
  })

  test('show an initiative with what is certain and what is inferred, and where it is listed again', async () => {
    const again = await look('/plans/initiatives/mie-data-plan-2020.init-24')
    expect(again.text).toContain('再掲の元')
    expect(again.html).toContain('/plans/initiatives/mie-data-plan-2020.init-02"')
    const first = await look('/plans/initiatives/mie-data-plan-2020.init-02')
    expect(first.html).toContain('/plans/initiatives/mie-data-plan-2020.init-24"')
    const cloud = await look('/plans/initiatives/mie-data-plan-2020.init-31')
    expect(cloud.text).toContain('段階の名前は資料に記載なし')
    expect(cloud.text).toContain('期間は推定')
  })

  test('show every figure of every document of measure 406, and what is inferred of its name', async () => {
    const { text } = await look(`/plans/measures/${m406}`)
    expect(text).toContain('題名と番号は推定')
    for (const indicator of measure!.indicators) {
      expect(text).toContain(indicator.title)
      for (const { baseline, figures } of indicator.editions)
        for (const { printed, value } of [...figures, ...(baseline ? [baseline] : [])])
          expect(text).toContain(printed ?? `${Number(value).toLocaleString('ja-JP')}`)
    }
    for (const shown of ['1,721', '1,338', '237', '26人', '17,300', '904,542', '1,116,532', '総務部', '進展度 A'])
      expect(text).toContain(shown)
    expect(text).toContain('資料に記載なし')
    expect(text).toContain('最終目標が22,000件（S1）から23,000件（S0）へ変更された')
  })

  test('show each figure of an indicator with its source, printed form and certainty', async () => {
    const { text } = await look(`/plans/indicators/${m406}.eapply-count`)
    expect(text).toMatch(/平成30（2018）年度 現状値 18,765 件 18,765 件 \(30年度\)/)
    expect(text).toMatch(/令和2（2020）年度 実績 推定（おそらく） 32,870 件 32,870 件 1\.00 資料S0/)
    expect(text).toMatch(/令和4（2022）年度 目標 確か ― —/)
    expect(text).toMatch(/令和5（2023）年度 目標 22,000 件 ― ― 資料S1/)
    expect(text).toContain('同じ年度の目標値は、資料に記載がありません')
  })

  test('say that nothing is published where nothing is', async () => {
    const town = house.browser('hidamari')
    expect((await look('/plans', town)).text).toContain('公開している計画は、まだありません')
    expect((await look('/reports', town)).text).toContain('成果レポートは、まだありません')
  })

  test('show what the same figures are by other methods, each with its computation', async () => {
    const town = house.browser('attaka')
    const { text } = await look('/plans/indicators/attaka-vision.procedures.online-share', town)
    expect(text).toContain('ほかの計算方法で見た')
    expect(text).toContain('A（三重県の区分） 66.2 ÷ 65.0 = 1.0184… → 1.00（上限1.00）')
    expect(text).toContain('A（長野県の区分） (66.2 − 21.4) ÷ (65.0 − 21.4) = 1.0275… → 1.03')
    // Where no year has both target and actual, nothing can be compared.
    expect((await look(`/plans/indicators/${m406}.eapply-count`)).text).not.toContain('ほかの計算方法')
  })

  test('are also there in English', async () => {
    const reader = house.browser()
    reader.jar.set('attaka-language', 'en')
    for (const path of ['/plans', '/plans/mie-data-plan-2020', `/plans/measures/${m406}`, `/reports/${m406}/2020`])
      await look(path, reader)
    expect((await look(`/plans/indicators/${liveIndicator}`, reader)).text).toContain('Now, in FY')
  })

  test.each([
    '/plans/nothing',
    '/plans/initiatives/nothing',
    '/plans/measures/attaka-vision.procedures',
    '/plans/indicators/attaka-vision.procedures.eapply-count',
    `/plans/indicators/${m406}.eapply-count/counted`,
    `/plans/indicators/${liveIndicator}/counted?fy=2020`,
    `/plans/indicators/${liveIndicator}/counted?fy=abc`,
    `/plans/indicators/${liveIndicator}/counted?page=0`,
    `/plans/indicators/${liveIndicator}/counted?page=9`,
    `/reports/${m406}/2019`,
    `/reports/${m406}/2090`,
    `/reports/${m406}/R2`,
    `/reports/${m406}/2024/pdf`,
    '/reports/nothing/2020',
    `/plans/measures/${'x'.repeat(500)}`,
  ])('%s is not there', async (path) => {
    expect((await visitor.get(path)).status).toBe(404)
  })
})

describe('the results report', () => {
  const facts = reportFacts(mie, 'mie-vision-3/smart-jichitai')!
  const report = reportOf(facts, 2020)
  const cells = [...report.main.rows, ...report.sub.rows].flatMap((row) => [
    row.baseline,
    ...row.years.flatMap(({ target, actual, achievement }) => [target, actual, ...(achievement ? [achievement] : [])]),
  ])

  test('of the page holds the figures, words and notes of the data', async () => {
    const { text, html } = await look(`/reports/${m406}/2020`)
    for (const one of [...cells, ...[...report.resources.rows, ...report.projects.rows].flatMap((row) => row.cells)])
      expect(text).toContain(one.shown)
    for (const one of report.projects.totals) expect(text).toContain(one.shown)
    for (const one of report.notes) expect(text).toContain(`※${one.no} ${one.text}`)
    for (const one of report.lists.flatMap(({ items }) => items)) expect(text).toContain(one.text)
    for (const one of report.sources) expect(text).toContain(one.title)
    expect(text).toContain('進展度 A 進んだ')
    expect(text).toContain('判断理由：主指標、副指標とも目標を達成する見込み')
    expect(text).toContain('案（2021-06-23時点、見込みを含む）')
    expect(html.match(/class="schedule__bar"/g)).toHaveLength(50)
  })

  test('prints the line of each indicator as the sheet does', async () => {
    const { text } = await look(`/reports/${m406}/2020`)
    expect(text).toMatch(/実感する職員の割合 — 目標 10\.0% 実績 資料に記載なし 1\.00 （資料の表示） 40\.0% — 60\.0%/)
    expect(text).toMatch(/22,299 件 目標 資料に記載なし 実績 32,870 件 1\.00 （資料の表示） 23,000 件 — 23,000 件/)
  })

  test('of a year of which nothing is known says so', async () => {
    const { text } = await look(`/reports/${m406}/2021`)
    expect(text).toContain('進展度は資料に記載なし')
    expect(text).toContain('実績 資料に記載なし')
  })

  test('as a PDF is the same, with its name, and is sent once to those who have it', async () => {
    const answer = await visitor.get(`/reports/${m406}/2020/pdf`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    const named = answer.headers.get('content-disposition') ?? ''
    expect(named.startsWith('inline; ')).toBe(true)
    expect(decodeURIComponent(named.split("''")[1] ?? '')).toBe('成果レポート_令和2年度_スマート自治体の推進.pdf')
    const text = readBack(new Uint8Array(await answer.arrayBuffer()))
      .join('')
      .replace(/\s/g, '')
    for (const one of cells) expect(text).toContain(one.shown.replace(/\s/g, ''))
    for (const one of report.schedules[0]!.groups.flatMap(({ rows }) => rows))
      expect(text).toContain(one.title.replace(/\s/g, ''))

    const etag = answer.headers.get('etag') ?? ''
    expect((await visitor.get(`/reports/${m406}/2020/pdf`, { 'if-none-match': etag })).status).toBe(304)
  })

  test('is listed year by year', async () => {
    const { text, html } = await look('/reports')
    expect(text).toMatch(/令和2（2020）年度 施策 計画 進展度 PDF 406 スマート自治体の推進 .*?進展度 A/)
    expect(html).toContain(`/reports/${m406}/2020/pdf"`)
  })

  test('is data too', async () => {
    const answer = await visitor.get(`/api/v1/plans/report?measure=${m406}&fy=2020`)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ report: JSON.parse(JSON.stringify(report)), running: false })
  })
})

describe('an indicator that is bound to what services count', () => {
  /** Plays the service that counts, in the place of the real one. */
  const played = { value: '2' as string | null, unit: '件', records: 2, asked: [] as unknown[] }
  const fake: Measure = {
    name: 'procedures.filings',
    title: 'オンラインで届いた申請',
    async count(_, option, period) {
      played.asked.push([option, period])
      return { value: played.value, unit: played.unit, asOf: new Date('2026-11-21T05:31:00Z') }
    },
    records: async (_, reader, _option, _period, { limit, offset }) =>
      Array.from({ length: played.records }, (_, i) => ({
        reference: { module: 'procedures', kind: 'filing', id: '' },
        title: reader ? `受付番号${i + 1}` : `申請${i + 1}件目`,
        at: new Date('2026-11-21T05:00:00Z'),
        href: reader ? `/console/filings/${i + 1}` : null,
      })).slice(offset, offset + limit),
  }
  let measures: Measure[]
  let real: Measure[]
  // The documents end with 令和8年度; what the trial counts doesn't.
  const years = Math.max(2026, thisFY) - 2022 + 1
  beforeAll(async () => {
    measures = house.sceneOf('mie').registry.measures as Measure[]
    real = [...measures]
  })
  const register = (...those: Measure[]) => measures.splice(0, measures.length, ...those)

  test('has no targets in the documents, and says so', async () => {
    const { text } = await look(`/plans/indicators/${liveIndicator}`)
    expect(text.match(/年度 目標 ― 資料に記載なし/g)).toHaveLength(years)
  })

  test('can’t be counted before a service counts it', async () => {
    register()
    expect((await look(`/plans/indicators/${liveIndicator}`)).text).toContain('まだ数えられません')
    expect((await look(`/plans/indicators/${liveIndicator}/counted`)).text).toContain('まだ数えられません')
    expect((await look('/plans')).text).toContain('まだ数えられません')
    expect((await look(`/reports/mie-digital-plan-rev2022.procedures/${thisFY}`)).text).toContain('実績 資料に記載なし')
  })

  test('shows the live value of this fiscal year, with its time and the way to what was counted', async () => {
    register(fake)
    played.asked = []
    const { text, html } = await look(`/plans/indicators/${liveIndicator}`)
    expect(text).toContain(`${fiscalYearLabel(thisFY)}の今の数 2 件`)
    expect(text).toContain('2026年11月21日（土）14:31現在')
    expect(html).toContain(`/plans/indicators/${liveIndicator}/counted?fy=${thisFY}"`)
    expect(played.asked).toEqual([[null, fiscalYearPeriod(thisFY)]])
    const report = await look(`/reports/mie-digital-plan-rev2022.procedures/${thisFY}`)
    expect(report.text).toMatch(/目標 資料に記載なし 実績 2 件 （記録から）/)
    expect(report.text).toContain('途中経過')
  })

  test('is never counted for years before it was bound', async () => {
    const { text } = await look(`/reports/mie-digital-plan-rev2022.procedures/${thisFY - 1}`)
    expect(text).toContain('実績 資料に記載なし')
    expect(text).not.toContain('記録から')
  })

  test('opens into the records, which show only what the reader may see', async () => {
    const { text, html } = await look(`/plans/indicators/${liveIndicator}/counted`)
    expect(text).toContain('申請1件目 2026年11月21日（土）14:00')
    expect(html).not.toContain('/console/filings')
    const reviewer = await look(`/plans/indicators/${liveIndicator}/counted`, await house.as('reviewer'))
    expect(reviewer.html).toContain('href="/mie/console/filings/1"')
  })

  test('turns the pages of many records', async () => {
    played.records = 120
    const first = await look(`/plans/indicators/${liveIndicator}/counted`)
    expect(first.text).toContain('申請50件目')
    expect(first.text).not.toContain('申請51件目')
    const last = await look(`/plans/indicators/${liveIndicator}/counted?fy=${thisFY}&page=3`)
    expect(last.text).toContain('申請120件目')
    expect(last.html).not.toContain('rel="next"')
  })

  test('shows no value that can’t be told or counts something else', async () => {
    played.value = null
    expect((await look(`/plans/indicators/${liveIndicator}`)).text).toContain('今は分かりません')
    Object.assign(played, { value: '3', unit: '人' })
    expect((await look(`/plans/indicators/${liveIndicator}`)).text).toContain('今は分かりません')
    Object.assign(played, { value: '2', unit: '件' })
  })

  test('counts each tenant’s own, and rises by one when something is filed', async () => {
    register(...real)
    const now = async (tenant: string, indicator: string) => {
      const shown = await house.browser(tenant).get(`/api/v1/plans/indicator?indicator=${indicator}`)
      return Number(((await shown.json()) as { live: { value: string }[] }).live[0]?.value)
    }
    const before = await now('mie', liveIndicator)
    const elsewhere = await now('attaka', 'attaka-vision.procedures.eapply-count')
    await fileOnce()
    expect(await now('mie', liveIndicator)).toBe(before + 1)
    expect(await now('attaka', 'attaka-vision.procedures.eapply-count')).toBe(elsewhere)
    const { text } = await look(`/plans/indicators/${liveIndicator}/counted`)
    expect(text).not.toContain('山田')
  })

  /** A resident files the procedure of the demonstration, page by page. */
  async function fileOnce() {
    const resident = house.browser()
    const begun = await resident.post('/procedures/dx-consultation-event/begin')
    const draft = (begun.headers.get('location') ?? '').replace('/mie', '')
    const pages = {
      session: { way: 'online', ...workdayAhead().typed, day: workdayAhead().iso },
      contact: { name: '山田 花子', mail: 'hanako@example.jp', phone: '' },
      matter: { field: ['data'], detail: '台帳が紙です。' },
    }
    for (const [page, fields] of Object.entries(pages)) await resident.post(`${draft}/${page}`, fields)
    expect((await resident.post(`${draft}/_check`)).status).toBe(303)
  }
})

describe('what others find of plans', () => {
  test('the public search finds plans, initiatives, measures and indicators', async () => {
    const { html } = await look('/search?q=電子署名')
    expect(html).toContain('/plans/initiatives/mie-data-plan-2020.init-20')
    expect((await look('/search?q=スマート自治体')).html).toContain(`/plans/measures/${m406}`)
    expect((await look('/search?q=申請件数')).html).toContain(`/plans/indicators/${m406}.eapply-count`)
    expect((await look('/search?q=デジタル戦略')).html).toContain('/plans/mie-data-plan-2020')
    expect((await look('/search?q=100%25_')).html).not.toContain('/plans/initiatives')
  })

  test('an initiative is linked with other things, and both pages show the link', async () => {
    const planner = await house.as('planner')
    const page = await look('/plans/initiatives/mie-data-plan-2020.init-19', planner)
    expect(page.html).toContain(
      '/console/traces/new?module=plans&amp;kind=initiative&amp;id=mie-data-plan-2020.init-19',
    )
    const { things } = house.sceneOf('mie').registry
    for (const [kind, id] of [
      ['initiative', 'mie-data-plan-2020.init-19'],
      ['indicator', liveIndicator],
      ['measure', m406],
    ] as const) {
      const thing = things.find((one) => one.module === 'plans' && one.kind === kind)
      const shown = await house.sceneOf('mie').look((db) => thing!.show(db, null, id))
      expect(shown).toMatchObject({ reference: { module: 'plans', kind, id }, href: expect.stringContaining(id) })
      expect(await house.sceneOf('attaka').look((db) => thing!.show(db, null, id))).toBeNull()
      const found = await house.sceneOf('mie').look((db) => thing!.find(db, null, shown!.title.slice(-8)))
      expect(found.map((one) => one.reference.id)).toContain(id)
    }
  })
})

test('another prefecture sees nothing of it, by any address', async () => {
  const other = house.browser('attaka')
  for (const path of [
    '/plans/mie-data-plan-2020',
    '/plans/initiatives/mie-data-plan-2020.init-19',
    `/plans/measures/${m406}`,
    `/plans/indicators/${liveIndicator}`,
    `/plans/indicators/${liveIndicator}/counted`,
    `/reports/${m406}/2020`,
    `/reports/${m406}/2020/pdf`,
  ])
    expect((await other.get(path)).status, path).toBe(404)
  expect((await look('/plans', other)).text).not.toContain('みえ')
  expect((await look('/search?q=電子署名', other)).html).not.toContain('mie-data-plan')
})

test('hostile words in a plan stay words', async () => {
  const bad = fresh('attaka-plan')
  bad.plans[1].initiatives[0].title = '<img src=x onerror=alert(1)>"\'&'
  bad.performanceMeasures[0].indicators[0].title = '<b>太字</b>'
  await perform(importPlan, house.sceneOf('hidamari'), { document: bad })
  const town = house.browser('hidamari')
  for (const path of ['/plans/attaka-dx-plan', '/reports/attaka-vision.procedures/2025', '/plans']) {
    const { html } = await look(path, town)
    expect(html).not.toContain('<img src=x')
    expect(html).not.toContain('<b>太字')
  }
  const pdf = await town.get('/reports/attaka-vision.procedures/2025/pdf')
  expect(pdf.status).toBe(200)
})
