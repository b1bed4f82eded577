import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { readBack } from '#platform/documents/read-back.ts'
import { closeDocuments } from '#platform/documents.ts'
import { parsePlanFile } from '../rules/import.ts'
import { reportFacts, reportOf, reportYears } from '../rules/report.ts'
import { reportPdf } from './report.ts'

afterAll(closeDocuments)

function facts(name: string, measure: string) {
  const read = parsePlanFile(JSON.parse(readFileSync(new URL(`../seed-data/${name}.json`, import.meta.url), 'utf8')))
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return reportFacts(read.file, measure)!
}

const mie = facts('mie-plan', 'mie-vision-3/smart-jichitai')
const pages = async (report: Parameters<typeof reportPdf>[0], tenantName = '三重県') =>
  readBack(await reportPdf(report, { tenantName, generatedOn: '2026-11-21' }))

/** Line ends and the space between number and unit depend on the layout. */
const tight = (text: string) => text.replace(/[\s\u3000]/g, '')

describe('the PDF of 三重県 for 令和2年度', () => {
  test('holds every figure of the report, page numbers, tenant and date', async () => {
    const report = reportOf(mie, 2020)
    const drawn = await pages(report)
    const text = tight(drawn.join(''))
    const cells = [...report.main.rows, ...report.sub.rows].flatMap((row) => [
      row.baseline,
      ...row.years.flatMap((year) => [year.target, year.actual, ...(year.achievement ? [year.achievement] : [])]),
    ])
    const money = [...report.resources.rows, ...report.projects.rows].flatMap((one) => one.cells)
    for (const one of [...cells, ...money, ...report.projects.totals]) expect(text).toContain(tight(one.shown))
    for (const row of [...report.main.rows, ...report.sub.rows, ...report.projects.rows])
      expect(text).toContain(tight(row.title))
    for (const one of report.schedules[0]!.groups.flatMap((group) => group.rows))
      expect(text).toContain(tight(one.title))
    for (const one of report.lists.flatMap((list) => list.items)) expect(text).toContain(tight(one.text))
    for (const one of report.notes) expect(text).toContain(tight(one.text))
    drawn.forEach((page, index) => {
      const here = tight(page)
      expect(here).toContain(`${index + 1}/${drawn.length}`)
      expect(here).toContain('作成日令和8年11月21日')
      expect(here).toContain('三重県')
    })
  })

  test('prints the lines of the two-line table as the original does', async () => {
    const text = tight((await pages(reportOf(mie, 2020))).join(''))
    // Drawn line by line: the targets; what stands over both lines (title, baseline, rate); the actuals.
    expect(text).toContain(
      '目標値10.0%※240.0%—60.0%スマート自治体の進展を実感する職員の割合—1.00※3資料の表示実績値資料に記載なし',
    )
    expect(text).toContain(
      '目標値60所属※2167所属—167所属テレワーク（モバイルワークやサテライトオフィス等）を利用した所属数—1.00※3資料の表示実績値資料に記載なし',
    )
    expect(text).toContain(
      '目標値資料に記載なし23,000件—23,000件電子申請・届出システムによる申請件数22,299件1.00※6資料の表示実績値32,870件※4※5',
    )
    expect(text).toContain('予算額等資料に記載なし1,7211,338')
    expect(text).toContain('概算人件費資料に記載なし237')
    expect(text).toContain('A（進んだ）判断理由主指標、副指標とも目標を達成する見込み')
  })

  test('is tagged with headings, tables, header cells and lists', async () => {
    const file = Buffer.from(
      await reportPdf(reportOf(mie, 2020), { tenantName: '三重県', generatedOn: '2026-11-21' }),
    ).toString('latin1')
    const count = (tag: string) => file.split(`/S /${tag}\n`).length - 1
    expect(file).toContain('/StructTreeRoot')
    expect([count('H1'), count('Table'), count('L') > 4]).toEqual([1, 7, true])
    expect(count('H2')).toBe(13)
    expect(count('TH')).toBeGreaterThan(40)
  })

  test('is read the same way by another program', async ({ skip }) => {
    const pdf = await reportPdf(reportOf(mie, 2020), { tenantName: '三重県', generatedOn: '2026-11-21' })
    const other = spawnSync('pdftotext', ['-q', '-', '-'], { input: pdf, encoding: 'utf8' })
    // Without poppler on the machine, the reader above stands alone.
    if (other.error) return skip('pdftotext is not installed')
    for (const one of ['32,870', '22,299', '23,000', '10.0%', '60.0%', '1,721', '1,338', '1,116,532', '資料に記載なし'])
      expect(other.stdout).toContain(one)
  })
})

test('every report of both prefectures can be drawn', async () => {
  for (const [one, tenant] of [
    [mie, '三重県'],
    [facts('attaka-plan', 'attaka-vision/procedures'), 'あったか県（架空）'],
    [facts('attaka-plan', 'attaka-vision/together'), 'あったか県（架空）'],
  ] as const)
    for (const fy of reportYears(one)) {
      const text = tight((await pages(reportOf(one, fy), tenant)).join(''))
      expect(text).toContain(tight(`成果レポート${reportOf(one, fy).fyName}`))
    }
})

test('a measure of which nothing is known is drawn, and says so', async () => {
  const bare = structuredClone(mie)
  Object.assign(bare.measure, {
    title: '名前だけの施策',
    codeSuggested: null,
    visionFacts: null,
    ownerHistory: [],
    basicProjects: [],
    indicators: [],
    ratings: [],
    ratingScale: [],
    resources: [],
    projects: [],
    lists: [],
  })
  const text = tight((await pages(reportOf({ ...bare, initiativePlans: [] }, 2020))).join(''))
  expect(text).toContain('名前だけの施策')
  expect(text).toContain('めざす姿')
  expect(text.split('資料に記載なし').length).toBeGreaterThan(5)
})

test('texts that look like markup, and characters that no font has, are printed as far as they can be', async () => {
  const hostile = structuredClone(mie)
  hostile.measure.title = '#panic() *施策* $x$ 😀'
  const text = tight((await pages(reportOf(hostile, 2020))).join(''))
  expect(text).toContain('#panic()*施策*$x$〓')
  expect(text).toContain('〓は、この文書の書体にない文字です：U+1F600')
})
