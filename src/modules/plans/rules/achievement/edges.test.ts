import { describe, expect, test } from 'vitest'
import { answerFile } from './answer-file.ts'

function answered(asked: object) {
  const pieces: string[] = []
  const faults = answerFile(JSON.stringify(asked), false, (piece) => pieces.push(piece))
  if (faults.length > 0) throw new Error(faults.map(({ path, sentence }) => `${path}: ${sentence}`).join('\n'))
  return JSON.parse(pieces.join(''))
}

const up = { direction: 'up' }
const down = { direction: 'down' }
const line = { baseline: { year: 2019, value: 10 }, target: { year: 2023, value: 50 } }

test('a day in any words of the file is printed as JSON', () => {
  const due = 'その "うち" \\ \n\u0000'
  const actual = { value: null, missing: 'notYetPublished', due, lastKnown: null }
  expect(answered({ method: 'ratio', ...up, target: 5, actual }).explanation).toContain(due)
  const lastKnown = { year: 2016, value: 15 }
  const provisional = answered({ method: 'ratio', ...up, target: 5, actual: { ...actual, lastKnown } })
  expect(provisional.state).toBe('provisional')
})

describe('an edge', () => {
  test.each<[string, object, object]>([
    ['no baseline: ratio is allowed', { method: 'ratio', ...up, target: 60, actual: 30 }, { shown: '0.50' }],
    [
      'no baseline: progress has none, and takes no first actual for one',
      { method: 'progress', ...up, target: 60, actual: 30 },
      { state: 'noBaseline', shown: null, met: false, proposed: [{ method: 'ratio', shown: '0.50' }] },
    ],
    [
      'target 0 reached',
      { method: 'ratioDown', ...down, target: 0, actual: 0 },
      { value: '1', shown: '1.00', met: true },
    ],
    [
      'target 0, share of the baseline that is gone',
      { method: 'ratioDown', ...down, baseline: 8, target: 0, actual: 2 },
      { value: '0.75', met: false, flags: [] },
    ],
    [
      'target 0, worse than the baseline',
      { method: 'ratioDown', ...down, baseline: 8, target: 0, actual: 10 },
      { value: '-0.25', shown: '0.00', labelJa: '後退' },
    ],
    [
      'target 0, no baseline',
      { method: 'ratioDown', ...down, target: 0, actual: 2 },
      { value: '0', shown: '0.00', flags: ['zeroTarget'] },
    ],
    [
      'target 0 by ratio, as there is nothing to choose',
      { method: 'ratio', ...down, baseline: 8, target: 0, actual: 2 },
      { value: '0.75' },
    ],
    ['target 0 and rising', { method: 'ratio', ...up, target: 0, actual: 2 }, { state: 'notApplicable', met: true }],
    [
      'target equals baseline: met',
      { method: 'progress', ...up, baseline: 90, target: 90, actual: 91 },
      { value: '1', shown: '1.00', met: true, flags: ['maintain'] },
    ],
    [
      'target equals baseline: missed',
      { method: 'progress', ...up, baseline: 90, target: 90, actual: 81 },
      { value: '0.9', met: false, flags: ['maintain', 'worseThanBaseline'] },
    ],
    ['maintain, falling', { method: 'maintain', ...down, target: 80, actual: 100 }, { value: '0.8', met: false }],
    ['maintain, met beyond', { method: 'maintain', ...down, target: 80, actual: 10 }, { value: '1', met: true }],
    ['maintain, negative and met', { method: 'maintain', ...up, target: -5, actual: -4 }, { value: '1', met: true }],
    [
      'maintain, negative and missed',
      { method: 'maintain', ...up, target: -5, actual: -6 },
      { state: 'notApplicable', met: false },
    ],
    ['maintain what was', { method: 'maintain', ...up, baseline: 40, actual: 38 }, { value: '0.95', met: false }],
    [
      'a target worse than the baseline is asked about',
      { method: 'progress', ...up, baseline: 100, target: 80, actual: 90 },
      { state: 'contraryTarget', shown: null, met: true, proposed: [{ method: 'maintain', shown: '1.00' }] },
    ],
    [
      'met before it began',
      { method: 'ratio', ...up, baseline: 100, target: 80, actual: 90 },
      { met: true, flags: ['worseThanBaseline', 'metAtBaseline', 'capped'] },
    ],
    [
      'a negative actual has no ratio, but progress',
      { method: 'ratio', ...up, baseline: 1, target: 10, actual: -1 },
      { state: 'notApplicable', proposed: [{ method: 'progress', shown: '0.00' }] },
    ],
    [
      'a negative baseline has no ratio',
      { method: 'ratio', ...up, baseline: -10, target: 10, actual: 5 },
      { state: 'notApplicable', proposed: [{ method: 'progress', value: '0.75' }] },
    ],
    ['an actual of 0 is a rate of 0', { method: 'ratio', ...up, target: 50, actual: 0 }, { value: '0', shown: '0.00' }],
    ['a baseline of 0', { method: 'ratio', ...up, baseline: 0, target: 50, actual: 20 }, { shown: '0.40' }],
    [
      'a falling indicator by ratio has no declared rule',
      { method: 'ratio', ...down, baseline: 100, target: 80, actual: 90 },
      {
        state: 'notApplicable',
        proposed: [
          { method: 'ratioDown', variant: 'inverse', shown: '0.89' },
          { method: 'ratioDown', variant: 'mirror', shown: '0.88' },
          { method: 'progress', shown: '0.50' },
        ],
      },
    ],
    [
      'a rising indicator by ratioDown',
      { method: 'ratioDown', ...up, target: 80, actual: 40 },
      { state: 'notApplicable', proposed: [{ method: 'ratio', shown: '0.50' }] },
    ],
    [
      'T ÷ 0 shows the cap',
      { method: 'ratioDown', ...down, target: 80, actual: 0 },
      { state: 'unbounded', value: null, shown: '1.00', met: true, grade: 'A' },
    ],
    [
      'T ÷ 0 without a cap',
      { method: 'ratioDown', ...down, cap: null, target: 80, actual: 0 },
      { state: 'unbounded', value: null, shown: null, met: true },
    ],
    [
      '(2T − 0) ÷ T',
      { method: 'ratioDown', ...down, variant: 'mirror', cap: null, target: 80, actual: 0 },
      { shown: '2.00' },
    ],
    [
      'far above twice the target',
      { method: 'ratioDown', ...down, variant: 'mirror', target: 80, actual: 200 },
      { value: '-0.5', shown: '0.00', flags: ['belowZero'] },
    ],
    [
      'nothing known',
      { method: 'ratio', ...up, target: null, actual: null },
      { state: 'neither', value: null, met: null },
    ],
    ['no target', { method: 'ratio', ...up, target: null, actual: 3 }, { state: 'noTarget', shown: null }],
    [
      'a year without target has no rate, only a guide',
      {
        method: 'ratio',
        ...up,
        baseline: { year: 2019, value: 22299 },
        finalTarget: { year: 2023, value: 23000 },
        actual: { year: 2022, value: 23100 },
      },
      { state: 'noTarget', shown: null, expected: '22824.75', flags: ['interpolated'] },
    ],
    [
      'not yet published, with its day',
      { method: 'ratio', ...up, target: 5, actual: { value: null, missing: 'notYetPublished', due: '2021年8月' } },
      {
        state: 'noActual',
        shown: null,
        explanationJa: '実績値が分からないため、計算できません。（未公表、2021年8月公表予定）',
      },
    ],
    [
      'the last known value, with its period',
      {
        method: 'progress',
        ...up,
        baseline: 10,
        target: 20,
        actual: { value: null, missing: '調査なし', lastKnown: { year: 2016, value: 15 } },
      },
      {
        state: 'provisional',
        value: '0.5',
        flags: ['lastKnown'],
        explanationJa: '(15 − 10) ÷ (20 − 10) = 0.5 → 0.50（調査なしのため、2016年度の値による暫定）',
      },
    ],
    [
      'a preliminary value',
      { method: 'ratio', ...up, target: 4, actual: { value: 3, status: '速報値' } },
      { state: 'provisional', shown: '0.75', flags: ['preliminary'] },
    ],
    [
      'the final target reached early',
      { method: 'ratio', ...up, target: { year: 2023, value: 23000 }, actual: { year: 2020, value: 32870 } },
      { flags: ['overAchieved', 'finalTargetReached', 'capped'] },
    ],
    [
      'an early year',
      { method: 'expectedRatio', ...up, ...line, actual: { year: 2018, value: 12 } },
      { state: 'noExpected', shown: null },
    ],
    [
      'the baseline’s own year',
      { method: 'expectedRatio', ...up, ...line, actual: { year: 2019, value: 12 } },
      { value: '1.2', expected: '10' },
    ],
    [
      'after the final year the target stays',
      { method: 'expectedRatio', ...up, ...line, actual: { year: 2025, value: 40 } },
      { value: '0.8', expected: '50', flags: ['interpolated', 'afterFinalYear'] },
    ],
    [
      'an expected value that doesn’t end',
      {
        method: 'expectedRatio',
        ...up,
        baseline: { year: 2019, value: 1 },
        target: { year: 2022, value: 2 },
        actual: { year: 2020, value: 2 },
      },
      {
        value: '1.5',
        expected: '1.33333333333333333333',
        explanation: 'E = 1 + (2 − 1) × 1 ÷ 3 = 1.3333…, 2 ÷ 1.3333… = 1.5, shown as 150.0%',
      },
    ],
    [
      'a year that is missing',
      { method: 'expectedRatio', ...up, ...line, actual: 12 },
      { state: 'noExpected', shown: null },
    ],
    [
      'a falling indicator against its expected value',
      { method: 'expectedRatio', ...down, expected: 80, actual: 100 },
      { state: 'notApplicable', proposed: [{ method: 'expectedRatio', variant: 'inverse', shown: '80.0%' }] },
    ],
    [
      'a falling indicator against its expected value, declared',
      { method: 'expectedRatio', ...down, variant: 'T/A', expected: 80, actual: 100 },
      { value: '0.8', shown: '80.0%', grade: 'B+' },
    ],
    [
      'no year of the plan has passed',
      { method: 'elapsedShare', ...up, target: 10, actual: 1, elapsed: 0 },
      { state: 'noExpected' },
    ],
    [
      'elapsed years from the years',
      { method: 'elapsedShare', ...up, ...line, actual: { year: 2021, value: 20 } },
      { value: '0.8', expected: '25', shown: '80.0%' },
    ],
    [
      'growth that is missed by less than it shows',
      { method: 'growth', ...up, baseline: 1000, target: 1100, actual: 109999, currentBaseline: 100000 },
      { value: '0.09999', shown: '+9.99%', met: false },
    ],
    [
      'a statistic that has no revised baseline',
      { method: 'growth', ...up, baseline: 1000, target: 1100, actual: 1200 },
      { state: 'noBaseline' },
    ],
    ['inside a range', { method: 'range', target: { min: 40, max: 60 }, actual: 60 }, { value: '1', met: true }],
    ['below a range', { method: 'range', target: { min: 40, max: 60 }, actual: 30 }, { value: '0.75', met: false }],
    ['above a range', { method: 'range', target: { min: 40, max: 60 }, actual: 80 }, { value: '0.75', met: false }],
    [
      'at an open bound',
      { method: 'range', target: { above: 40 }, actual: 40 },
      { value: '1', shown: '0.99', met: false },
    ],
    [
      'a range of one bound by direction',
      { method: 'range', ...down, target: 10, actual: 12.5 },
      { value: '0.8', met: false },
    ],
    ['a range of one bound: 79.83以上', { method: 'range', target: { min: '79.83' }, actual: '79.84' }, { met: true }],
    [
      '延伸: any improvement counts',
      { method: '延伸', ...up, baseline: 79.8, actual: 79.83 },
      { shown: '+0.03', met: true, grade: '改善' },
    ],
    [
      '延伸: none',
      { method: 'improve', ...up, baseline: 79.8, actual: 79.8 },
      { shown: '0.00', met: false, grade: '横ばい' },
    ],
    [
      'stages of a milestone by weight; an unknown one is told, not counted',
      {
        method: 'milestone',
        stages: [
          { weight: 2, done: true },
          { weight: 1, done: '0.5' },
          { weight: 1, done: null },
        ],
      },
      { fraction: '5/6', shown: '0.83', flags: ['partsMissing'], met: false },
    ],
    ['a milestone all done', { method: 'milestone', stages: [true, true] }, { value: '1', met: true }],
    ['a milestone done as far as known', { method: 'milestone', stages: [true, null] }, { value: '1', met: null }],
    [
      'a milestone of which nothing is known',
      { method: 'milestone', stages: [null] },
      { state: 'noParts', value: null },
    ],
    [
      'a parent divides by the weights of children with a value',
      {
        method: 'rollup',
        parts: [
          { weight: 3, value: '0.9' },
          { weight: 1, value: '0.5' },
          { weight: 9, value: null },
        ],
      },
      { value: '0.8', flags: ['partsMissing'] },
    ],
    [
      'the worst child decides',
      { method: 'rollup', combine: 'worst', parts: ['0.9', '0.5', '1.2'] },
      { value: '0.5', met: false },
    ],
    [
      'the original target beside the current one',
      { method: 'ratio', ...up, target: 13000, actual: 10400, originalTarget: 10000 },
      { shown: '0.80', original: { shown: '1.00', met: true } },
    ],
  ])('%s', (_, asked, expected) => {
    expect(answered(asked)).toMatchObject(expected)
  })
})
