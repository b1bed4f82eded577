import { describe, expect, test } from 'vitest'
import { answerFile } from './answer-file.ts'

/** What the command prints for one object, as an object. */
function answered(asked: object, all = false) {
  const pieces: string[] = []
  const faults = answerFile(JSON.stringify(asked), all, (piece) => pieces.push(piece))
  if (faults.length > 0) throw new Error(faults.map(({ path, sentence }) => `${path}: ${sentence}`).join('\n'))
  return JSON.parse(pieces.join(''))
}

const up = { direction: 'up' }
const down = { direction: 'down' }

describe('figures that offices printed', () => {
  test.each<[string, object, object]>([
    [
      'Mie, measure 111: 47.4 % against 50.0 %',
      { method: 'ratio', ...up, baseline: { year: 2019, value: '39.5' }, target: '50.0', actual: '47.4' },
      {
        state: 'value',
        value: '0.948',
        shown: '0.95',
        met: false,
        grade: 'B',
        explanation: '47.4 ÷ 50.0 = 0.948, shown as 0.95',
        explanationJa: '47.4 ÷ 50.0 = 0.948 → 0.95',
      },
    ],
    [
      'Mie, from the baseline it would be 0.75',
      { method: 'progress', ...up, baseline: 39.5, target: 50.0, actual: 47.4 },
      { value: '0.75238095238095238095', fraction: '79/105', shown: '0.75' },
    ],
    [
      'Mie, electronic applications: over-achieved and capped',
      { method: 'ratio', ...up, target: 23000, actual: 32870 },
      { fraction: '3287/2300', shown: '1.00', met: true, grade: 'A', flags: ['overAchieved', 'capped'] },
    ],
    [
      'Nagano, births by progress',
      { method: 'progress', ...up, baseline: 1.54, target: 1.62, actual: 1.56 },
      { value: '0.25', shown: '0.25', grade: 'C', verdict: 'poor' },
    ],
    [
      'Nagano, births by Mie’s ratio',
      { method: 'ratio', ...up, baseline: 1.54, target: 1.62, actual: 1.56 },
      { fraction: '26/27', shown: '0.96', grade: 'B', verdict: 'fair' },
    ],
    [
      'Nagano, migration by progress',
      { method: 'progress', ...up, baseline: -3703, target: -2700, actual: -2530 },
      { fraction: '69/59', value: '1.16949152542372881355', shown: '1.17', grade: 'A', met: true },
    ],
    [
      'Nagano, productivity against the old statistics: worse than the baseline',
      { method: 'progress', ...up, baseline: 8012, target: 8137, actual: 7612 },
      { value: '-3.2', shown: '0.00', labelJa: '後退', grade: 'C', met: false },
    ],
    [
      'Nagano, productivity by growth over the revised statistics',
      { method: 'growth', ...up, baseline: 8012, target: 8137, actual: 7612, currentBaseline: 7153 },
      { shown: '+6.42%', fraction: '459/7153', expected: '0.01560159760359460808', met: true, grade: 'A' },
    ],
    [
      'Ibaraki, 2,748 of 2,000',
      { method: 'expectedRatio', ...up, expected: 2000, actual: 2748 },
      { value: '1.374', shown: '137.4%', grade: 'A', met: true },
    ],
    [
      'Ibaraki, 120.75 rounded',
      { method: 'expectedRatio', ...up, expected: 2000, actual: 2415 },
      { value: '1.2075', shown: '120.8%' },
    ],
    [
      'Ibaraki, 5,163 of 4,000 rounded',
      { method: 'expectedRatio', ...up, expected: 4000, actual: 5163, digits: 1, rounding: 'half-up' },
      { value: '1.29075', shown: '129.1%' },
    ],
    [
      'Ibaraki, 5,163 of 4,000 cut',
      { method: 'expectedRatio', ...up, expected: 4000, actual: 5163, digits: 1, rounding: 'cut' },
      { value: '1.29075', shown: '129.0%' },
    ],
    [
      'Ibaraki, 117.95 cut',
      { method: 'expectedRatio', ...up, expected: 10000, actual: 11795, rounding: '切捨て' },
      { shown: '117.9%' },
    ],
    [
      'Ibaraki, the same KPI cumulated from its years',
      {
        method: 'expectedRatio',
        ...up,
        aggregation: 'cumulative',
        expected: [
          { year: 2016, value: 2000 },
          { year: 2017, value: 2000 },
        ],
        actual: [
          { year: 2016, value: 2415 },
          { year: 2017, value: 2748 },
        ],
      },
      { value: '1.29075', shown: '129.1%', expected: '4000' },
    ],
    [
      'falling, T ÷ A',
      { method: 'ratioDown', ...down, baseline: 100, target: 80, actual: 90 },
      { fraction: '8/9', shown: '0.89' },
    ],
    [
      'falling, (2T − A) ÷ T',
      { method: 'ratioDown', ...down, variant: '(2T−A)/T', baseline: 100, target: 80, actual: 90 },
      { value: '0.875', shown: '0.88' },
    ],
    ['falling, progress', { method: 'progress', ...down, baseline: 100, target: 80, actual: 90 }, { value: '0.5' }],
    [
      'falling and worse, T ÷ A',
      { method: 'ratioDown', ...down, baseline: 100, target: 80, actual: 110 },
      { fraction: '8/11', value: '0.72727272727272727272', flags: ['worseThanBaseline'] },
    ],
    [
      'falling and worse, (2T − A) ÷ T',
      { method: 'ratio', ...down, variant: 'mirror', baseline: 100, target: 80, actual: 110 },
      { value: '0.625', shown: '0.63' },
    ],
    [
      'falling and worse, progress',
      { method: 'progress', ...down, baseline: 100, target: 80, actual: 110 },
      { value: '-0.5', shown: '0.00', labelJa: '後退' },
    ],
    [
      'a target missed by half a hundredth',
      { method: 'ratio', ...up, target: 1, actual: 0.995 },
      { value: '0.995', rounded: '1.00', shown: '0.99', met: false, grade: 'B', flags: ['notShownAsMet'] },
    ],
  ])('%s', (_, asked, expected) => {
    expect(answered(asked)).toMatchObject(expected)
  })

  test.each([
    [2020, '22474.25'],
    [2021, '22649.5'],
    [2022, '22824.75'],
    [2023, '23000'],
  ])('Mie’s straight line from 22,299 (2019) to 23,000 (2023) expects in %i %s', (year, expected) => {
    const line = { ...up, baseline: { year: 2019, value: 22299 }, finalTarget: { year: 2023, value: 23000 } }
    expect(answered({ method: 'expectedRatio', ...line, year, actual: null })).toMatchObject({
      state: 'noActual',
      expected,
    })
    expect(answered({ method: 'expectedRatio', ...line, actual: { year, value: 32870 } }).expected).toBe(expected)
  })

  test('a forbidden ratio proposes progress with its value', () => {
    const refused = answered({ method: 'ratio', ...up, baseline: -3703, target: -2700, actual: -2530 })
    expect(refused).toMatchObject({ state: 'notApplicable', value: null, shown: null, met: true })
    expect(refused.proposed).toMatchObject([{ method: 'progress', shown: '1.17', grade: 'A' }])
  })

  test('by every method side by side, the verdict on births depends on the method', () => {
    const { methods, verdictDependsOnMethod, warningJa } = answered(
      { method: 'ratio', ...up, baseline: 1.54, target: 1.62, actual: 1.56 },
      true,
    )
    expect(methods).toHaveLength(17)
    expect(verdictDependsOnMethod).toBe(true)
    expect(warningJa).toBe('計算方法によって評価が変わります。')
    expect(methods).toMatchObject([
      { method: 'ratio', shown: '0.96', verdict: 'fair' },
      { method: 'ratioDown', state: 'notApplicable' },
      { method: 'ratioDown', variant: 'mirror' },
      { method: 'progress', shown: '0.25', verdict: 'poor' },
      ...Array.from({ length: 13 }, () => ({})),
    ])
  })
})

describe('ratings', () => {
  const rate = (method: string, actual: string, more: object = {}) =>
    answered({ method, ...up, baseline: 0, target: 1, expected: 1, actual, ...more }).grade

  test.each([
    [
      'ratio',
      [
        ['1', 'A'],
        ['0.9999', 'B'],
        ['0.85', 'B'],
        ['0.8499', 'C'],
        ['0.70', 'C'],
        ['0.6999', 'D'],
      ],
    ],
    [
      'progress',
      [
        ['1', 'A'],
        ['0.9999', 'B'],
        ['0.8', 'B'],
        ['0.7999', 'C'],
        ['-5', 'C'],
      ],
    ],
    [
      'expectedRatio',
      [
        ['1', 'A'],
        ['0.9999', 'B+'],
        ['0.8', 'B+'],
        ['0.7999', 'B'],
        ['0.5', 'B'],
        ['0.4999', 'C'],
      ],
    ],
    [
      'okr',
      [
        ['1', 'green'],
        ['0.7', 'green'],
        ['0.65', null],
        ['0.6', 'yellow'],
        ['0.4', 'yellow'],
        ['0.35', null],
        ['0.3', 'red'],
        ['0', 'red'],
      ],
    ],
  ] as const)('of %s are half-open, of the unrounded value', (method, grades) => {
    expect(grades.map(([actual]) => [actual, rate(method, actual)])).toEqual(grades)
  })

  test('of Tama: 20 n percent of the final target is due after n years', () => {
    const at = (actual: number, elapsed: number) => {
      const { shown, grade, met } = answered({ method: 'elapsedShare', ...up, target: 1000, actual, elapsed })
      return [shown, grade, met]
    }
    expect(at(400, 2)).toEqual(['100.0%', '100%以上', true])
    expect(at(399, 2)).toEqual(['99.8%', '60%以上100%未満', false])
    expect(at(240, 2)).toEqual(['60.0%', '60%以上100%未満', false])
    expect(at(239, 2)).toEqual(['59.8%', '60%未満', false])
    expect(at(1000, 7)).toEqual(['100.0%', '100%以上', true])
  })

  test('of Sano: 7 … 1 points by bands of ten, with those of the policies', () => {
    const points = (actual: number) => answered({ method: 'points', ...up, target: 100, actual }).shown
    expect([100, 99, 90, 89, 80, 70, 60, 50, 49, 0].map(points)).toEqual([
      '7',
      '6',
      '6',
      '5',
      '5',
      '4',
      '3',
      '2',
      '1',
      '1',
    ])
    const sum = (policy: number[]) => {
      const { value, grade } = answered({ method: 'points', indicators: ['1', '0.85'], policy })
      return [value, grade]
    }
    expect([[3, 1], [3], [1]].map(sum)).toEqual([
      ['16', '18〜16'],
      ['15', '15〜13'],
      ['13', '15〜13'],
    ])
    expect(answered({ method: 'points', indicators: ['1', '0.85'] })).toMatchObject({ value: '12', grade: null })
    expect(answered({ method: 'points', indicators: [1, null], policy: [3] })).toMatchObject({
      value: '10',
      grade: null,
      flags: ['partsMissing'],
    })
  })

  test.each([
    [
      'up',
      [
        ['120', 'S'],
        ['121', 'S'],
        ['119', 'A'],
        ['101', 'A'],
        ['100', 'B'],
        ['90', 'B'],
        ['89.9', 'C'],
        [null, '−'],
      ],
    ],
    [
      'down',
      [
        ['80', 'S'],
        ['81', 'A'],
        ['100', 'B'],
        ['110', 'B'],
        ['110.1', 'C'],
        [null, '−'],
      ],
    ],
  ] as const)('of Nagayo compare with target and baseline (%s)', (direction, grades) => {
    const target = direction === 'up' ? 120 : 80
    const grade = (actual: string | null) =>
      answered({ method: 'compare', direction, baseline: 100, target, actual }).grade
    expect(grades.map(([actual]) => [actual, grade(actual)])).toEqual(grades)
  })

  test.each([
    [
      'up',
      [
        ['53.1', 'a'],
        ['53', 'b'],
        ['50', 'b'],
        ['47', 'b'],
        ['46.9', 'c'],
      ],
    ],
    [
      'down',
      [
        ['46.9', 'a'],
        ['47', 'b'],
        ['53', 'b'],
        ['53.1', 'c'],
      ],
    ],
  ] as const)('of Fukuoka take ±3 points of a survey for no change (%s)', (direction, grades) => {
    const grade = (actual: string) => answered({ method: 'surveyBand', direction, baseline: 50, actual }).grade
    expect(grades.map(([actual]) => [actual, grade(actual)])).toEqual(grades)
  })

  test('of Fukuoka are measured against the pace where it is known', () => {
    const grade = (value: number, more = {}) =>
      answered({
        method: 'surveyBand',
        ...up,
        baseline: { year: 2015, value: 40 },
        target: { year: 2019, value: 60 },
        actual: { year: 2017, value },
        ...more,
      }).grade
    expect([50, 49, 41, 37, 36].map((value) => grade(value))).toEqual(['a', 'b', 'b', 'b', 'c'])
    // The city's own paper says "less than 3".
    expect(grade(37, { bandEdge: 'outside' })).toBe('c')
  })

  test.each([
    [16, '目標値以上'],
    [15, 'A'],
    [7.9, 'A'],
    [7.8, 'B'],
    [6, 'B'],
    [4.2, 'B'],
    [4.1, 'C'],
    [0.1, 'C'],
    [0, '基準値以下'],
    [-1, '基準値以下'],
  ])('of Shizuoka place %d between 0 and 16 with 6 expected: %s', (actual, grade) => {
    expect(answered({ method: 'expectedBand', ...up, baseline: 0, target: 16, expected: 6, actual })).toMatchObject({
      grade,
      met: grade === '目標値以上',
    })
  })

  test('may be declared by bounds or grade by grade', () => {
    const asked = { method: 'ratio', ...up, target: 100, actual: 84 }
    expect(answered({ ...asked, bounds: ['1.00', '0.85', '0.70'] })).toMatchObject({ grade: 'C', scale: 'own' })
    expect(answered({ ...asked, scale: 'ibaraki' }).grade).toBe('B+')
    expect(answered({ ...asked, scale: null }).grade).toBeNull()
    const scale = [{ grade: '◎', min: 1 }, { grade: '○', min: '0.84', verdict: 'good' }, { grade: '△' }]
    expect(answered({ ...asked, scale })).toMatchObject({ grade: '○', verdict: 'good' })
  })
})
