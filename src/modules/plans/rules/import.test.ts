import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPrinted } from './import/printed.ts'
import { parsePlanFile } from './import.ts'
import { parseLiveFile } from './live.ts'
import type { PlanFile } from './plan-file.ts'
import { planTitle } from './plan-file.ts'

const text = (name: string) => readFileSync(new URL(`../seed-data/${name}.json`, import.meta.url), 'utf8')
// biome-ignore lint/suspicious/noExplicitAny: tests break documents in every way
const fresh = (name: string): any => JSON.parse(text(name))

function taken(name: string): PlanFile {
  const read = parsePlanFile(fresh(name))
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return read.file
}

/** Breaks the Mie file and gives the faults as "path sentence". */
// biome-ignore lint/suspicious/noExplicitAny: as above
function faultsAfter(broken: (file: any) => void): string[] {
  const file = fresh('mie-plan')
  broken(file)
  const read = parsePlanFile(file)
  return read.ok ? [] : read.faults.map(({ path, sentence }) => `${path} ${sentence}`)
}

describe('the plan file of Mie Prefecture', () => {
  const file = taken('mie-plan')
  const plan = file.plans[1]!
  const measure = file.measures[0]!

  test('is read whole', () => {
    expect(file.plans.map((one) => one.id)).toEqual([
      'mie-vision-3',
      'mie-data-plan-2020',
      'mie-ict-ds-koso',
      'mie-digital-plan-rev2022',
      'mie-dx-vision',
    ])
    expect(file.organisations).toHaveLength(8)
    expect(plan.initiatives).toHaveLength(33)
    expect(plan.initiatives.flatMap((one) => one.phases)).toHaveLength(50)
    expect(plan.initiatives.filter((one) => one.restatementOfNo !== null).map((one) => one.no)).toEqual([24, 25])
    expect(plan.initiatives[30]!.phases[2]).toMatchObject({
      label: null,
      span: { startFY: 2022, endFY: 2023, inferred: true },
    })
    expect(plan.actorClasses[1]).toEqual({ id: 'municipal-support', label: '市町連携（支援）の取組' })
    expect(file.plans[3]!.workflow).toHaveLength(16)
    expect(file.plans[3]!.workflow[11]).toMatchObject({
      no: 12,
      stage: 'パブリックコメント',
      month: '2022-10',
      durationMonths: 1,
    })
    expect(file.plans[4]!.sources).toEqual(['S0', 'S3'])
    expect(measure.lists.map((one) => [one.kind, one.fy, one.atStart, one.items.length])).toEqual([
      ['issues', 2020, true, 3],
      ['policy', 2020, false, 4],
      ['results', 2020, false, 4],
      ['approach', 2021, false, 5],
    ])
    expect(measure.approachFocus).toEqual({ meaning: '「○」のついた項目が令和3年度の注力点', items: null })
  })

  test('keeps figures as decimals with their printed form, and null as null', () => {
    const [feel, , applications] = measure.indicators
    expect(feel!.editions[0]!.figures).toMatchObject([{ fy: 2023, role: 'target', value: '60', printed: null }])
    expect(feel!.editions[1]!.baseline).toMatchObject({ fy: 2019, value: null, printed: '—' })
    expect(applications!.editions[0]!.baseline).toMatchObject({
      fy: 2018,
      value: '18765',
      printed: '18,765 件 (30年度)',
    })
    expect(applications!.editions[1]!.figures.map((one) => [one.fy, one.role, one.value, one.printed])).toEqual([
      [2020, 'actual', '32870', '32,870 件'],
      [2021, 'target', '23000', '23,000 件'],
      [2022, 'target', null, '—'],
      [2023, 'target', '23000', '23,000 件'],
    ])
    expect(applications!.editions[1]!.figures[0]).toMatchObject({ confidence: 'medium', achievementPrinted: '1.00' })
    expect(measure.resources[1]).toMatchObject({ fy: 2021, budget: { value: '1338', unit: '百万円' }, headcount: null })
    expect(measure.projects[0]!.budgets).toEqual([
      { fy: 2019, amount: null, printed: '—' },
      { fy: 2020, amount: { value: '17300', unit: '千円' }, printed: null },
    ])
  })

  test('loses nothing: every word and number of the document is in the model or in an extra', () => {
    const leaves = (value: unknown): string[] =>
      typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(leaves)
        : value === null
          ? []
          : [String(value)]
    const kept = new Set(leaves({ ...file, raw: null }))
    const ids = new Set(['主指標', '副指標'])
    const lost = leaves(fresh('mie-plan')).filter((one) => !kept.has(one) && !ids.has(one))
    // Source ids come apart at commas, the number of years follows from the period.
    expect(lost.filter((one) => !/^S\d(,S\d)+$/.test(one) && one !== '4')).toEqual([])
    expect(Object.keys(file.extra)).toEqual(['itInvestment', 'dxCenter', 'meetings'])
    expect(file.raw).toEqual(fresh('mie-plan'))
  })

  test('gives plans without a title of their own the title of their versions', () => {
    expect(planTitle(file.plans, 'mie-data-plan-2020')).toBe('みえデジタル戦略推進計画')
    expect(planTitle(file.plans, 'mie-digital-plan-rev2022')).toBe('みえデジタル戦略推進計画（全面改定）')
    expect(planTitle(file.plans, 'mie-vision-3')).toBe('みえ県民力ビジョン・第三次行動計画')
    expect(planTitle(file.plans, 'nowhere')).toBe('nowhere')
  })
})

test('the fictional plan is read, has every grade, and an indicator bound to the count of filings', () => {
  const file = taken('attaka-plan')
  expect(file.plans[1]!.initiatives).toHaveLength(12)
  expect(new Set(file.measures.flatMap((one) => one.ratings.map(({ grade }) => grade)))).toEqual(
    new Set(['A', 'B', 'C', 'D']),
  )
  const bound = file.measures.flatMap((one) => one.indicators).filter((one) => one.binding)
  expect(bound.map((one) => [one.title, one.binding])).toEqual([
    ['電子申請の件数', { measure: 'procedures.filings', option: null }],
  ])
})

describe('a bad file is refused whole, with every fault by its path:', () => {
  test('a plan whose id is no text has that fault only, not those that would follow from it', () => {
    const file = { formatVersion: '1.0', sources: [], plans: [{ id: 1, title: '計画' }] }
    const two = { ...file, plans: [...file.plans, { id: 2, title: '別の計画' }] }
    for (const document of [file, two]) {
      const read = parsePlanFile(document)
      expect(read.ok ? [] : read.faults).toEqual(
        document.plans.map((_, n) => ({ path: `plans[${n}].id`, sentence: '文字で書いてください。' })),
      )
    }
  })

  test.each([
    ['measures', 'performanceMeasures'],
    ['organisations', 'organizations'],
    ['Conventions', 'conventions'],
  ])('the key %s is named as a slip of %s, and a key of its own is kept', (slip, word) => {
    const file = { formatVersion: '1.0', sources: [], plans: [], [slip]: {}, meetings: [] }
    const read = parsePlanFile(file)
    expect(read.ok ? [] : read.faults).toEqual([
      { path: slip, sentence: `「${slip}」という項目はありません。「${word}」の書き誤りなら、直してください。` },
    ])
  })

  test.each<[string, (file: ReturnType<typeof fresh>) => void, RegExp[]]>([
    [
      'a span that ends before it begins',
      (f) => (f.plans[1].initiatives[4].phases[0].span.endFY = 2019),
      [
        /^plans\[1\]\.initiatives\[4\]\.phases\[0\]\.span\.endFY 終わりの年度（2019）/,
        /^plans\[1\]\.initiatives\[4\]\.phases\[0\]\.span\.endFY 2019年度は、計画の期間/,
      ],
    ],
    [
      'a phase outside the plan',
      (f) => (f.plans[1].initiatives[0].phases[1].span.endFY = 2031),
      [/phases\[1\]\.span\.endFY 2031年度/],
    ],
    [
      'an unknown plan',
      (f) => (f.performanceMeasures[0].plan = 'x'),
      [/^performanceMeasures\[0\]\.plan 計画「x」がありません/],
    ],
    ['an unknown parent', (f) => (f.plans[1].parentPlan = 'x'), [/^plans\[1\]\.parentPlan 計画「x」/]],
    [
      'plans that are each other’s parent',
      (f) => (f.plans[0].parentPlan = 'mie-data-plan-2020'),
      [/^plans\[0\]\.parentPlan たどると/, /^plans\[1\]\.parentPlan たどると/],
    ],
    ['an unknown revised plan', (f) => (f.plans[3].revises = 'x'), [/^plans\[3\]\.revises 計画「x」/]],
    [
      'an unknown group',
      (f) => (f.plans[1].initiatives[0].measureGroup = 9),
      [
        /^plans\[1\]\.initiatives\[0\]\.measureGroup 施策群の番号「9」/,
        /statistics\.byMeasureGroup\.1 書かれた数は6ですが、数えると5/,
        /statistics\.byMeasureGroup\.9 /,
      ],
    ],
    [
      'an unknown basic policy',
      (f) => f.plans[1].initiatives[0].basicPolicies.push(7),
      [/basicPolicies\[1\] 基本方針の番号「7」/, /byBasicPolicy\.7/],
    ],
    [
      'an actor that the group lacks',
      (f) => (f.plans[1].initiatives[0].actorClass = 'industry-academia'),
      [/initiatives\[0\]\.actorClass 施策群1に/, /byActorClass\.prefecture/, /byActorClass\.industry-academia/],
    ],
    [
      'a restatement of nothing',
      (f) => (f.plans[1].initiatives[23].restatementOfNo = 77),
      [/restatementOfNo 取組の番号「77」/],
    ],
    [
      'a restatement of a restatement',
      (f) => (f.plans[1].initiatives[24].restatementOfNo = 24),
      [/restatementOfNo 再掲の元は/],
    ],
    [
      'a phase word that the plan doesn’t use',
      (f) => (f.plans[1].initiatives[0].phases[0].label = '爆発'),
      [/phases\[0\]\.label .*「爆発」/],
    ],
    [
      'a doubled number',
      (f) => (f.plans[1].initiatives[1].no = 1),
      [/initiatives\[1\]\.no 取組の番号「1」が重なって/, /initiatives\[23\]\.restatementOfNo 取組の番号「2」/],
    ],
    [
      'doubled ids',
      (f) => {
        f.sources[1].id = 'S0'
        f.organizations[1].id = 'mie'
        f.plans[2].id = 'mie-vision-3'
      },
      [/^sources\[1\]\.id/, /^organizations\[1\]\.id/, /^plans\[2\]\.id/, /org 組織「mie-soumu」/, /出典「S1」/],
    ],
    [
      'an unknown organisation',
      (f) => (f.performanceMeasures[0].ownerHistory[0].org = 'x'),
      [/ownerHistory\[0\]\.org 組織「x」/],
    ],
    ['an unknown coordinator', (f) => (f.plans[1].governance.coordinator = 'x'), [/governance\.coordinator 組織「x」/]],
    [
      'an unknown source',
      (f) => (f.performanceMeasures[0].ratings[0].source = 'S0, S9'),
      [/ratings\[0\]\.source 出典「S9」/],
    ],
    [
      'an unknown source of an edition',
      (f) => (f.performanceMeasures[0].indicators[0].editions[0].source = 'S9'),
      [/editions\[0\]\.source 出典「S9」/],
    ],
    [
      'an unknown basic project',
      (f) => (f.performanceMeasures[0].projects[2].basicProject = '40609'),
      [/projects\[2\]\.basicProject 基本事業の番号「40609」/],
    ],
    [
      'an unknown grade',
      (f) => (f.performanceMeasures[0].ratings[0].grade = 'S'),
      [/ratings\[0\]\.grade 進展度の段階「S」/],
    ],
    [
      'a grade with another grade’s word',
      (f) => (f.performanceMeasures[0].ratings[0].label = '進まなかった'),
      [/ratings\[0\]\.label .*「進んだ」/],
    ],
    [
      'a stated count that is wrong',
      (f) => (f.plans[1].statistics.phases = 49),
      [/^plans\[1\]\.statistics\.phases 書かれた数は49ですが、数えると50です/],
    ],
    [
      'a number unlike its print',
      (f) => (f.performanceMeasures[0].indicators[2].editions[1].series[1].number = 32000),
      [/series\[1\]\.number 表示「23,000 件」と数値 32000/],
    ],
    [
      'a dash with a number',
      (f) => (f.performanceMeasures[0].indicators[0].editions[1].series[2].number = 0),
      [/series\[2\]\.number 表示は「—」ですが、数値に 0/],
    ],
    [
      'a print without its number',
      (f) => (f.performanceMeasures[0].indicators[0].editions[1].series[3].number = null),
      [/series\[3\]\.number 表示は「60\.0%」ですが、数値が null/],
    ],
    [
      'a print with broken separators',
      (f) => (f.performanceMeasures[0].indicators[2].editions[1].series[1].printed = '2,3000 件'),
      [/series\[1\]\.number 表示「2,3000 件」を数として読めません/],
    ],
    [
      'a baseline unlike its print',
      (f) => (f.performanceMeasures[0].indicators[2].editions[0].baseline.value = 18756),
      [/baseline\.printed 表示「18,765 件/],
    ],
    [
      'a project’s print unlike its budget',
      (f) => (f.performanceMeasures[0].projects[0].printedFY2020 = '17,301千円'),
      [/projects\[0\]\.printedFY2020 表示「17,301千円」/],
    ],
    [
      'an amount without a unit',
      (f) => delete f.performanceMeasures[0].projects[1].budgets['2020'].unit,
      [/projects\[1\]\.budgets\.2020\.unit/],
    ],
    [
      'an amount as a word',
      (f) => (f.performanceMeasures[0].resources[0].budget.value = '1,721'),
      [/resources\[0\]\.budget\.value 数値で/],
    ],
    [
      'a number beyond what JSON keeps',
      (f) => (f.performanceMeasures[0].resources[0].budget.value = 1e300),
      [/resources\[0\]\.budget\.value 数値が大きすぎます/],
    ],
    ['no direction', (f) => delete f.performanceMeasures[0].indicators[1].direction, [/indicators\[1\]\.direction/]],
    ['a year as text', (f) => (f.performanceMeasures[0].ratings[0].fy = '2020'), [/ratings\[0\]\.fy 年度/]],
    ['a year far away', (f) => (f.plans[0].period.endFY = 99999), [/^plans\[0\]\.period\.endFY 年度/]],
    [
      'a wrong length of the period',
      (f) => (f.plans[1].period.years = 5),
      [/^plans\[1\]\.period\.years 期間の年数（5）/],
    ],
    [
      'a date that no calendar has',
      (f) => (f.plans[3].workflow[0].date = '2022-02-30'),
      [/workflow\[0\]\.date 暦にない/],
    ],
    [
      'an achievement that is no number',
      (f) => (f.performanceMeasures[0].indicators[0].editions[1].series[0].achievement = '達成'),
      [/series\[0\]\.achievement/],
    ],
    [
      'the same year and role twice',
      (f) => f.performanceMeasures[0].indicators[0].editions[1].series.push({ fy: 2021, role: 'target', number: 1 }),
      [/series\[4\]\.fy 2021年度の目標値が重なって/],
    ],
    [
      'a list that is an object',
      (f) => (f.plans[1].initiatives = {}),
      [/^plans\[1\]\.initiatives 一覧/, /statistics\.initiatives/, /statistics\.phases/],
    ],
    ['no plans', (f) => delete f.plans, [/^plans この一覧は必ず/, /^performanceMeasures\[0\]\.plan/]],
    ['another version of the format', (f) => (f.formatVersion = '2.0'), [/^formatVersion/]],
    [
      'characters that can’t be stored',
      (f) => (f.plans[0].title = 'a\u0000b'),
      [/^plans\[0\]\.title 保存できない文字/],
    ],
    ['half a surrogate pair', (f) => (f.plans[0].title = 'a\ud83d'), [/^plans\[0\]\.title 保存できない文字/]],
  ])('%s', (_, broken, expected) => {
    const faults = faultsAfter(broken)
    for (const one of expected) expect(faults).toEqual(expect.arrayContaining([expect.stringMatching(one)]))
  })

  test('all faults at once, not only the first', () => {
    const faults = faultsAfter((f) => {
      f.plans[1].initiatives[4].phases[0].span.endFY = 2019
      f.performanceMeasures[0].ratings[0].grade = 'Z'
      f.sources[0].id = 7
    })
    expect(faults.some((one) => one.startsWith('plans[1].initiatives[4].phases[0].span.endFY'))).toBe(true)
    expect(faults.some((one) => one.startsWith('performanceMeasures[0].ratings[0].grade'))).toBe(true)
    expect(faults.some((one) => one.startsWith('sources[0].id'))).toBe(true)
  })

  test('keys that attack JavaScript, and they change nothing', () => {
    const file = JSON.parse(
      text('mie-plan').replace('"about"', '"__proto__": {"polluted": 1}, "constructor": 1, "about"'),
    )
    const read = parsePlanFile(file)
    expect(read.ok ? [] : read.faults.map((one) => one.path)).toEqual(['__proto__', 'constructor'])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  test('a file too deep or too large', () => {
    expect(parsePlanFile(JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`))).toMatchObject({ ok: false })
    expect(parsePlanFile({ sources: Array.from({ length: 300_000 }, () => 1) })).toMatchObject({
      ok: false,
      faults: [{ sentence: expect.stringContaining('項目が多すぎます') }],
    })
  })

  test.each([null, undefined, 7, 'x', [], [[]], {}, { plans: 3 }])('%j instead of a file', (instead) => {
    const read = parsePlanFile(instead)
    expect(read.ok).toBe(false)
    if (!read.ok) expect(read.faults.length).toBeGreaterThan(0)
  })
})

test('whatever one value is replaced by, the file is taken or refused with paths and Japanese sentences, never thrown at', () => {
  const whole = fresh('mie-plan')
  const paths: (string | number)[][] = []
  const walk = (value: unknown, path: (string | number)[]) => {
    if (path.length > 0) paths.push(path)
    if (typeof value === 'object' && value !== null)
      for (const [key, one] of Object.entries(value)) walk(one, [...path, key])
  }
  walk(whole, [])
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, instead) => {
      const file = fresh('mie-plan')
      let at = file
      for (const key of path.slice(0, -1)) at = at[key]
      at[path.at(-1)!] = instead
      const read = parsePlanFile(file)
      if (!read.ok) for (const one of read.faults) expect(one.path && /[ぁ-ん]/.test(one.sentence)).toBeTruthy()
    }),
    { numRuns: 400 },
  )
})

test.each([
  ['23,000 件', { kind: 'number', digits: '23000', times: 1 }],
  ['10.0%', { kind: 'number', digits: '10.0', times: 1 }],
  ['18,765 件 (30年度)', { kind: 'number', digits: '18765', times: 1 }],
  ['１，２３４人', { kind: 'number', digits: '1234', times: 1 }],
  ['△2,530', { kind: 'number', digits: '-2530', times: 1 }],
  ['2.3万件', { kind: 'number', digits: '2.3', times: 10_000 }],
  ['17,300千円', { kind: 'number', digits: '17300', times: 1000 }],
  ['—', { kind: 'dash' }],
  ['－', { kind: 'dash' }],
  ['延伸', { kind: 'words' }],
  ['1,33', { kind: 'garbled' }],
])('the printed figure %s', (printed, read) => {
  expect(readPrinted(printed)).toEqual(read)
})

describe('the live indicators of Mie Prefecture', () => {
  const file = taken('mie-plan')

  test('bind 電子申請・届出システムによる申請件数 of the revised plan, without any invented target', () => {
    const read = parseLiveFile(fresh('mie-plan-live'), file)
    if (!read.ok) throw new Error(JSON.stringify(read.faults))
    const [one] = read.indicators
    expect(one).toMatchObject({ plan: 'mie-digital-plan-rev2022', firstFY: 2022, lastFY: 2026 })
    expect(one!.indicator.title).toBe('電子申請・届出システムによる申請件数')
    expect(one!.indicator.binding).toEqual({ measure: 'procedures.filings', option: null })
    expect(one!.indicator.editions[0]!.figures.map((figure) => [figure.fy, figure.value])).toEqual([
      [2022, null],
      [2023, null],
      [2024, null],
      [2025, null],
      [2026, null],
    ])
  })

  test('are refused with every fault by its path', () => {
    const live = fresh('mie-plan-live')
    live.indicators[0].plan = 'x'
    live.indicators[0].targets['2031'] = 'many'
    delete live.indicators[0].binding
    live.indicators[0].source = 'S9'
    const read = parseLiveFile(live, file)
    expect(read.ok ? [] : read.faults.map((one) => one.path).toSorted()).toEqual([
      'indicators[0].binding',
      'indicators[0].plan',
      'indicators[0].source',
      'indicators[0].targets.2031',
      'indicators[0].targets.2031',
    ])
  })
})
