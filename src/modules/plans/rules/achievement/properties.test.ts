import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { achieve, allMethods, question } from '../achievement.ts'
import { conventionOf } from './conventions.ts'
import type { Figure } from './exact.ts'
import { compare, figureOf, readFigure } from './exact.ts'
import type { Convention, Direction, MethodName, Question, Variant } from './question.ts'
import { methodNames } from './question.ts'
import { mostDecimals, roundings } from './rounding.ts'

const whole = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n })
const decimal = fc.tuple(whole, fc.integer({ min: 0, max: 6 })).map(([digits, by]) => figureOf(`${digits}e-${by}`))
const small = fc.integer({ min: -6, max: 6 }).map((n) => figureOf(`${n}`))
const figure = fc.oneof(decimal, small)
const positive = fc
  .tuple(fc.bigInt({ min: 1n, max: 10n ** 12n }), fc.integer({ min: 0, max: 6 }))
  .map(([digits, by]) => figureOf(`${digits}e-${by}`))
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null })
const year = maybe(fc.integer({ min: 2015, max: 2025 }))
const direction = fc.constantFrom<Direction>('up', 'down')

const convention = (method: MethodName) =>
  fc
    .record({
      digits: fc.integer({ min: 0, max: mostDecimals }),
      rounding: fc.constantFrom(...roundings),
      display: fc.constantFrom<Convention['display']>('rate', 'percent'),
      cap: maybe(fc.constantFrom(figureOf('1'), figureOf('1.5'), figureOf('1.005'))),
      variant: maybe(fc.constantFrom<Variant>('inverse', 'mirror')),
      band: maybe(fc.constantFrom(figureOf('0'), figureOf('0.25'), figureOf('3'))),
      bandEdge: fc.constantFrom<Convention['bandEdge']>('inside', 'outside'),
    })
    .map((declared) => ({ ...conventionOf(method), ...declared }))

/** Anything that a file could ask. */
const anything = fc.constantFrom(...methodNames).chain((method) =>
  fc
    .record({
      convention: convention(method),
      direction,
      baseline: maybe(figure),
      baselineYear: year,
      target: maybe(figure),
      targetYear: year,
      finalTarget: maybe(figure),
      finalYear: year,
      actual: maybe(figure),
      year,
      expected: maybe(figure),
      currentBaseline: maybe(figure),
      originalBaseline: maybe(figure),
      originalTarget: maybe(figure),
      range: maybe(fc.record({ min: maybe(figure), max: maybe(figure), minOpen: fc.boolean(), maxOpen: fc.boolean() })),
      parts: fc.array(fc.record({ weight: positive, value: maybe(figure) }), { maxLength: 4 }),
      policy: fc.array(small, { maxLength: 2 }),
      combine: fc.constantFrom<Question['combine']>('mean', 'worst'),
      elapsed: maybe(fc.integer({ min: 0, max: 9 })),
      span: maybe(fc.integer({ min: 1, max: 9 })),
      status: maybe(fc.constantFrom<NonNullable<Question['status']>>('preliminary', 'estimated', 'final')),
      lastKnown: maybe(fc.record({ figure, year })),
    })
    .map((more) => question(method, more)),
)

const runs = { numRuns: 1000 }
const numberIn = (shown: string) => readFigure(shown.replace(/[%+]/g, '')) as Figure

describe('whatever is asked', () => {
  test('there is an answer: a number that is one, or a state that says why not', () => {
    fc.assert(
      fc.property(anything, (asked) => {
        const { state, value, rounded, shown, explanation, met, expected } = achieve(asked)
        for (const text of [value, rounded, expected]) if (text !== null) expect(readFigure(text)).toBeTypeOf('object')
        if (['value', 'provisional'].includes(state)) expect(shown).not.toBeNull()
        else expect(value).toBeNull()
        if (shown === null) expect(state === 'unbounded' || explanation.ja.length > 10).toBe(true)
        expect([true, false, null]).toContain(met)
        for (const said of [explanation.ja, explanation.en, shown ?? ''])
          expect(said).not.toMatch(/NaN|undefined|null|Infinity|\[object|-0(\.0+)?(?![\d.])/)
      }),
      runs,
    )
  })

  test('side by side no method throws, and each answers for itself', () => {
    fc.assert(
      fc.property(anything, (asked) => {
        const { methods } = allMethods(asked)
        expect(new Set(methods.map(({ method }) => method))).toEqual(new Set(methodNames))
      }),
      { numRuns: 300 },
    )
  })

  test('what was missed is never shown as met, and what was met always as that', () => {
    fc.assert(
      fc.property(anything, (asked) => {
        const { method, state, shown, met } = achieve(asked)
        fc.pre(shown !== null && ['value', 'provisional'].includes(state) && met !== null)
        // These show a sum, a difference, a growth or a place, not a rate.
        fc.pre(!['points', 'improve', 'growth', 'compare', 'surveyBand', 'expectedBand'].includes(method))
        const full = figureOf(asked.convention.display === 'percent' ? '100' : '1')
        expect(compare(numberIn(shown ?? ''), full) >= 0).toBe(met)
      }),
      runs,
    )
  })

  test('an unknown actual is never a number', () => {
    fc.assert(
      fc.property(anything, (asked) => {
        fc.pre(asked.parts.length === 0)
        const { value, shown } = achieve({ ...asked, actual: null, lastKnown: null })
        expect([value, shown]).toEqual([null, null])
      }),
      runs,
    )
  })
})

/** The order of grades from the best down, for methods that only place. */
const places: Partial<Record<MethodName, readonly string[]>> = {
  expectedBand: ['基準値以下', 'C', 'B', 'A', '目標値以上'],
  compare: ['C', 'B', 'A', 'S'],
  surveyBand: ['c', 'b', 'a'],
}

const single: readonly MethodName[] = methodNames.filter((name) => !['milestone', 'rollup', 'range'].includes(name))

describe('a better actual', () => {
  test.each(single)('is never shown as less by %s', (method) => {
    fc.assert(
      fc.property(anything, figure, figure, (asked, a, b) => {
        const of = (actual: Figure) =>
          achieve({
            ...asked,
            method,
            parts: [],
            convention: { ...asked.convention, scale: conventionOf(method).scale },
            actual,
          })
        const [worse, better] = (asked.direction === 'down' ? compare(a, b) > 0 : compare(a, b) < 0) ? [a, b] : [b, a]
        const [less, more] = [of(worse), of(better)]
        fc.pre(less.state === 'value' && more.state === 'value')
        const order = places[method]
        // Declared by years, the expected value doesn't change with the actual.
        if (order) expect(order.indexOf(more.grade ?? '')).toBeGreaterThanOrEqual(order.indexOf(less.grade ?? ''))
        else {
          const sign =
            (method === 'improve' && asked.direction === 'down') || (method === 'growth' && asked.direction === 'down')
              ? -1
              : 1
          expect(compare(numberIn(more.shown ?? ''), numberIn(less.shown ?? '')) * sign).toBeGreaterThanOrEqual(0)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('the unit', () => {
  /** The same figures in a unit that is 10^by times smaller. */
  const scaled = (one: Figure | null, by: number): Figure | null =>
    one === null ? null : figureOf(`${plainText(one)}e${by}`)
  const plainText = ({ text }: Figure) => text

  test('makes no difference to what is shown, met or graded', () => {
    fc.assert(
      fc.property(anything, fc.integer({ min: -6, max: 6 }), (asked, by) => {
        // Differences and bands in points carry the unit themselves.
        fc.pre(!['surveyBand', 'improve'].includes(asked.method))
        const other = {
          ...asked,
          baseline: scaled(asked.baseline, by),
          target: scaled(asked.target, by),
          finalTarget: scaled(asked.finalTarget, by),
          actual: scaled(asked.actual, by),
          expected: scaled(asked.expected, by),
          currentBaseline: scaled(asked.currentBaseline, by),
          lastKnown: asked.lastKnown && { ...asked.lastKnown, figure: scaled(asked.lastKnown.figure, by) as Figure },
          range: asked.range && { ...asked.range, min: scaled(asked.range.min, by), max: scaled(asked.range.max, by) },
        }
        const [here, there] = [achieve(asked), achieve(other)]
        const heart = ({ state, value, shown, met, grade, flags }: typeof here) => ({
          state,
          value,
          shown,
          met,
          grade,
          flags,
        })
        expect(heart(there)).toEqual(heart(here))
      }),
      runs,
    )
  })
})

describe('a falling indicator', () => {
  const mirrored = (one: Figure | null): Figure | null =>
    one === null ? null : figureOf(one.text.startsWith('-') ? one.text.slice(1) : one.n === 0n ? '0' : `-${one.text}`)

  test.each<MethodName>(['progress', 'expectedBand', 'compare', 'surveyBand', 'okr'])(
    'is by %s the mirror image of a rising one',
    (method) => {
      fc.assert(
        fc.property(anything, (asked) => {
          const here = { ...asked, method, convention: { ...asked.convention, scale: conventionOf(method).scale } }
          // A target to maintain is divided, and so is a score without baseline: ratios have no mirror at 0.
          fc.pre(asked.baseline !== null && (asked.target === null || compare(asked.baseline, asked.target) !== 0))
          const there = {
            ...here,
            direction: asked.direction === 'up' ? ('down' as const) : ('up' as const),
            baseline: mirrored(asked.baseline),
            target: mirrored(asked.target),
            finalTarget: mirrored(asked.finalTarget),
            actual: mirrored(asked.actual),
            expected: mirrored(asked.expected),
            lastKnown: asked.lastKnown && { ...asked.lastKnown, figure: mirrored(asked.lastKnown.figure) as Figure },
          }
          const heart = ({ state, value, shown, met, grade }: ReturnType<typeof achieve>) => ({
            state,
            value,
            shown,
            met,
            grade,
          })
          expect(heart(achieve(there))).toEqual(heart(achieve(here)))
        }),
        { numRuns: 300 },
      )
    },
  )

  test('by (2T − A) ÷ T is the ratio of the actual mirrored at the target, and by T ÷ A the ratio upside down', () => {
    fc.assert(
      fc.property(positive, positive, (target, actual) => {
        const falling = (variant: Variant, a: Figure) =>
          achieve(
            question('ratioDown', {
              direction: 'down',
              target,
              actual: a,
              convention: { ...conventionOf('ratioDown'), variant },
            }),
          )
        const rising = (a: Figure, t: Figure) => achieve(question('ratio', { target: t, actual: a }))
        expect(falling('inverse', actual).value).toBe(rising(target, actual).value)
        const opposite = { n: 2n * target.n * actual.d - actual.n * target.d, d: target.d * actual.d, text: '1' }
        fc.pre(opposite.n >= 0n)
        expect(falling('mirror', actual).value).toBe(rising(opposite, target).value)
      }),
    )
  })
})
