import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parsePlanFile } from './import.ts'
import { circled, reportFacts, reportOf, reportYears } from './report.ts'

function facts(name: string, measure: string) {
  const read = parsePlanFile(JSON.parse(readFileSync(new URL(`../seed-data/${name}.json`, import.meta.url), 'utf8')))
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return reportFacts(read.file, measure)!
}

const mie = facts('mie-plan', 'mie-vision-3/smart-jichitai')

describe('the report of 三重県 for 令和2年度', () => {
  const report = reportOf(mie, 2020)
  const note = (no: number) => report.notes.find((one) => one.no === no)!.text

  test('says what the printed sheet says', () => {
    expect(report).toMatchObject({
      fyName: '令和2年度',
      code: '406',
      title: 'スマート自治体の推進',
      titleInferred: true,
      rating: { grade: 'A', label: '進んだ', reason: '主指標、副指標とも目標を達成する見込み' },
      ratingScale: 'A（進んだ）、B（ある程度進んだ）、C（あまり進まなかった）、D（進まなかった）',
      owners: [
        { fyName: '令和2年度', name: '総務部' },
        { fyName: '令和3年度', name: 'デジタル社会推進局' },
      ],
    })
    expect(report.vision?.heading).toBe('めざす姿（令和5年度末での到達目標）')
  })

  // The lines of 「令和3年版成果レポート（案）」: 現状値, 2年度, 目標達成状況, 3年度, 4年度, 5年度.
  test.each([
    ['main', 0, ['—', '10.0%', '1.00', '40.0%', '—', '60.0%'], 'target'],
    ['sub', 0, ['—', '60 所属', '1.00', '167 所属', '—', '167 所属'], 'target'],
    ['sub', 1, ['22,299 件', '32,870 件', '1.00', '23,000 件', '—', '23,000 件'], 'actual'],
  ] as const)('%s indicator %i has the printed figures', (kind, index, printed, role) => {
    const row = report[kind].rows[index]!
    const [first, ...later] = row.years
    expect([
      row.baseline.shown,
      first![role].shown,
      first!.achievement!.shown,
      ...later.map((one) => one.target.shown),
    ]).toEqual(printed)
    const other = role === 'target' ? first!.actual : first!.target
    expect(other).toMatchObject({ state: 'unknown', shown: '資料に記載なし', value: null })
    expect(first!.achievement).toMatchObject({ state: 'printed', label: '資料の表示', explanation: null })
    expect(note(first!.achievement!.notes[0]!)).toBe(
      `資料の表示です。${role === 'target' ? '実績値' : '目標値'}が資料に記載されていないため、計算では確かめられません。`,
    )
    expect(first![role].notes.map(note).join('')).toContain('推定')
    expect(later.every((one) => one.actual.state === 'future' && one.achievement === null)).toBe(true)
  })

  test('has the budgets, staff and projects of the printed sheet', () => {
    const { resources, projects } = report
    expect(resources.unit).toBe('百万円')
    expect(resources.years.map((one) => one.fyName)).toEqual([
      '令和元年度',
      '令和2年度',
      '令和3年度',
      '令和4年度',
      '令和5年度',
    ])
    expect(resources.rows.map((one) => [one.label, ...one.cells.map((cell) => cell.shown)])).toEqual([
      ['予算額等', '資料に記載なし', '1,721', '1,338', '', ''],
      ['概算人件費', '資料に記載なし', '237', '', '', ''],
      ['配置人員', '資料に記載なし', '26人', '', '', ''],
    ])
    expect(projects.unit).toBe('千円')
    expect(projects.rows.map((one) => [one.newness, one.title, ...one.cells.map((cell) => cell.shown)])).toEqual([
      ['新', 'スマート自治体推進事業', '—', '17,300'],
      [null, '申請・届出等オンライン受付システム整備推進事業', '17,961', '18,137'],
      ['一部新', '情報ネットワーク維持管理費', '302,962', '904,542'],
      [null, 'セキュリティ対策推進事業', '102,142', '132,215'],
      [null, 'IT投資の効率化事業', '207,727', '44,338'],
    ])
    expect(projects.totals.map((one) => one.shown)).toEqual(['630,792', '1,116,532'])
    expect(projects.remarks.join('')).toContain('約604百万円下回ります')
  })

  test('has 33 rows of initiatives with 50 bars, those that share a year in lanes of their own', () => {
    const [schedule, ...more] = report.schedules
    expect(more).toEqual([])
    expect(schedule!.planTitle).toBe('みえデジタル戦略推進計画')
    expect(schedule!.counts).toEqual({ rows: 33, distinct: 31, phases: 50, inferred: 31 })
    const rows = schedule!.groups.flatMap((one) => one.rows)
    expect(rows.map((one) => one.no)).toEqual(Array.from({ length: 33 }, (_, index) => index + 1))
    expect(rows.flatMap((one) => one.lanes.flat())).toHaveLength(50)
    for (const { lanes } of rows)
      for (const lane of lanes)
        for (const [index, bar] of lane.entries())
          for (const other of lane.slice(index + 1))
            expect(bar.endFY < other.startFY || bar.startFY > other.endFY).toBe(true)
    expect(rows[18]!.lanes).toEqual([
      [
        { label: '検討', labelInferred: false, startFY: 2020, endFY: 2020, inferred: true },
        { label: '順次実施', labelInferred: false, startFY: 2021, endFY: 2023, inferred: true },
      ],
    ])
    expect(rows[30]!.lanes[0]![2]).toMatchObject({ label: '安定運用', labelInferred: true, inferred: true })
  })

  test('has the lists of the year and the approach of the next', () => {
    expect(report.lists.map((one) => [one.heading, one.items.length])).toEqual([
      ['現状と課題（令和2年度）', 3],
      ['令和2年度の実行方針', 4],
      ['令和2年度の取組概要と成果、残された課題', 4],
      ['令和3年度の取組方向', 5],
    ])
    expect(report.lists[3]!.items.map((one) => [one.mark, one.focus])).toEqual(
      ['①', '②', '③', '④', '⑤'].map((mark) => [mark, null]),
    )
  })
})

test('a year of which nothing is known says so everywhere', () => {
  const report = reportOf(mie, 2022)
  expect(report.rating).toBeNull()
  const year = report.main.rows[0]!.years.find((one) => one.fy === 2022)!
  expect(year.target).toMatchObject({ state: 'dash', shown: '—' })
  expect(year.actual.state).toBe('unknown')
  expect(year.achievement).toMatchObject({ state: 'noRate', shown: '―' })
  const before = report.main.rows[0]!.years.find((one) => one.fy === 2021)!
  expect(before.achievement).toMatchObject({ state: 'unknown', shown: '資料に記載なし' })
  expect(report.lists).toEqual([])
})

describe('the reports of the fictional prefecture', () => {
  const measures = ['attaka-vision/procedures', 'attaka-vision/together'].map((id) => facts('attaka-plan', id))

  test('print no rate that the rule would not print', () => {
    const rates = measures.flatMap((one) =>
      reportYears(one).flatMap((fy) => {
        const report = reportOf(one, fy)
        return [...report.main.rows, ...report.sub.rows].flatMap((row) =>
          row.years.flatMap(({ achievement }) => achievement ?? []),
        )
      }),
    )
    expect(rates.filter((one) => one.state === 'computed').length).toBeGreaterThan(30)
    expect(rates.filter((one) => one.state === 'printed')).toEqual([])
  })

  test('explain a computed rate, and show a missed target as missed', () => {
    const report = reportOf(measures[1]!, 2025)
    const lessons = report.sub.rows[0]!.years.find((one) => one.fy === 2025)!
    expect(lessons.achievement).toMatchObject({
      state: 'computed',
      shown: '0.99',
      explanation: '2,988 ÷ 3,000 = 0.996 → 0.99（目標に届いていないため、1.00とは表示しません）',
    })
  })

  test('of an earlier year leave out what was measured later', () => {
    const report = reportOf(measures[0]!, 2023)
    expect(report.main.rows[0]!.years.map((one) => one.actual.shown)).toEqual(['33.1%', '', '', ''])
  })

  test('say that there is no rate where nothing was measured', () => {
    const report = reportOf(measures[0]!, 2025)
    const satisfaction = report.sub.rows[2]!.years.find((one) => one.fy === 2025)!
    expect(satisfaction.actual).toMatchObject({ state: 'dash', shown: '—' })
    expect(satisfaction.achievement).toMatchObject({ state: 'noRate', value: null })
  })
})

describe('a live count', () => {
  const bound = facts('attaka-plan', 'attaka-vision/procedures')
  const live = [{ indicator: 'eapply-count', fy: 2026, value: '12001', asOf: '令和8年11月21日' }]

  test('stands where no actual is stored, and its rate is provisional', () => {
    const report = reportOf(bound, 2026, { live, unknown: '未入力' })
    const row = report.sub.rows.find((one) => one.id === 'eapply-count')!
    const year = row.years.find((one) => one.fy === 2026)!
    expect(row.bound).toBe(true)
    expect(year.actual).toMatchObject({ state: 'live', shown: '12,001 件', value: '12001' })
    expect(year.achievement).toMatchObject({
      shown: '0.50',
      label: '途中経過',
      explanation: '12,001 ÷ 24,000 = 0.5000… → 0.50',
    })
    expect(report.notes.map((one) => one.text).join('')).toContain('令和8年11月21日現在の記録から数えた値です')
    expect(report.main.rows[0]!.years.find((one) => one.fy === 2026)!.actual.shown).toBe('未入力')
  })

  test('of a year that was counted in part only gives no rate, and says since when', () => {
    const partly = live.map((one) => ({ ...one, since: '2026年11月20日（金）' }))
    const report = reportOf(bound, 2026, { live: partly, unknown: '未入力' })
    const row = report.sub.rows.find((one) => one.id === 'eapply-count')!
    const year = row.years.find((one) => one.fy === 2026)!
    expect(year.actual).toMatchObject({ state: 'live', value: '12001' })
    expect(year.achievement).toMatchObject({ state: 'noRate', shown: '―', value: null })
    const notes = report.notes.map((one) => one.text).join('')
    expect(notes).toContain('2026年11月20日（金）に数え始めました。このシステムに記録のない件数は含みません。')
    expect(notes).toContain('年度の一部だけを数えた値のため、目標達成状況は計算しません。')
  })

  test('never replaces a stored actual', () => {
    const report = reportOf(bound, 2025, { live: [{ ...live[0]!, fy: 2025 }] })
    expect(report.sub.rows[0]!.years.find((one) => one.fy === 2025)!.actual).toMatchObject({
      state: 'value',
      shown: '23,406 件',
    })
  })
})

describe('a printed rate', () => {
  const changed = (achievement: string) => {
    const one = structuredClone(facts('attaka-plan', 'attaka-vision/procedures'))
    const figures = one.measure.indicators[0]!.editions[1]!.figures
    figures.find((figure) => figure.fy === 2024 && figure.role === 'actual')!.achievementPrinted = achievement
    const report = reportOf(one, 2024)
    return { report, cell: report.main.rows[0]!.years.find((year) => year.fy === 2024)!.achievement! }
  }

  test('that the rule confirms is explained', () => {
    expect(changed('0.95').cell).toMatchObject({ state: 'computed', explanation: '47.4 ÷ 50.0 = 0.948 → 0.95' })
  })

  test('that the rule does not confirm is shown as printed, with the difference', () => {
    const { cell, report } = changed('0.94')
    expect(cell).toMatchObject({ state: 'printed', shown: '0.94', label: '資料の表示' })
    expect(report.notes.find((one) => one.no === cell.notes[0])!.text).toContain('計算すると0.95になり、合いません')
  })
})

test('items are numbered as on paper', () => {
  expect([1, 20, 21, 35, 36, 50, 51].map(circled)).toEqual(['①', '⑳', '㉑', '㉟', '㊱', '㊿', '(51)'])
})
