import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { achieve, mieRatio, question } from '../achievement.ts'
import { figureOf } from './exact.ts'
import type { Convention, Direction } from './question.ts'
import { grouped } from './sentences.ts'

type More = Partial<Convention> & { direction?: Direction }

/** Mie's ratio as the report computes it; `value` is rounded and not capped. */
const rate = (actual: string | null, target: string | null, { direction = 'up', ...more }: More = {}) => {
  const convention = { ...mieRatio.convention, ...more }
  const figures = {
    actual: actual === null ? null : figureOf(actual),
    target: target === null ? null : figureOf(target),
  }
  const { state, rounded, shown, met, flags, explanation } = achieve(
    question('ratio', { direction, convention, ...figures }),
  )
  return { state, value: rounded, shown, met, capped: flags.includes('capped'), explanation: explanation.ja }
}

describe('ratio with a cap of 1.00', () => {
  test.each<[string, string, string, string, More?]>([
    // 三重県 施策111, printed 0.95 for 47.4 % against 50.0 %.
    ['47.4', '50.0', '0.95', '47.4 ÷ 50.0 = 0.948 → 0.95'],
    // 三重県 電子申請, 32,870 against the later targets.
    ['32870', '23000', '1.00', '32,870 ÷ 23,000 = 1.4291… → 1.00（上限1.00）'],
    ['22299', '22299', '1.00', '22,299 ÷ 22,299 = 1 → 1.00'],
    ['0', '50', '0.00', '0 ÷ 50 = 0 → 0.00'],
    ['99.5', '100', '0.99', '99.5 ÷ 100 = 0.995 → 0.99（目標に届いていないため、1.00とは表示しません）'],
    ['99999', '100000', '0.99', '99,999 ÷ 100,000 = 0.99999 → 0.99（目標に届いていないため、1.00とは表示しません）'],
    ['0.125', '1', '0.13', '0.125 ÷ 1 = 0.125 → 0.13'],
    // Binary floats say 1.005 / 1 = 1.00.
    ['1.005', '1', '1.01', '1.005 ÷ 1 = 1.005 → 1.01', { cap: null }],
    // Just below half of the last digit: rounded once, from the exact quotient.
    ['0.94499999999999999', '1', '0.94', '0.94499999999999999 ÷ 1 = 0.9449… → 0.94'],
    ['129.075', '100', '1.290', '129.075 ÷ 100 = 1.29075 → 1.290', { cap: null, digits: 3, rounding: 'down' }],
    ['129.075', '100', '1.291', '129.075 ÷ 100 = 1.29075 → 1.291', { cap: null, digits: 3 }],
    ['0.125', '1', '0.12', '0.125 ÷ 1 = 0.125 → 0.12', { rounding: 'half-even' }],
  ])('%s of %s shows %s', (actual, target, shown, explanation, more = {}) => {
    expect(rate(actual, target, more)).toMatchObject({ state: 'value', shown, explanation })
  })

  test('keeps the uncapped value and whether the target was met', () => {
    expect(rate('32870', '23000')).toMatchObject({ value: '1.43', met: true, capped: true })
    expect(rate('99.5', '100')).toMatchObject({ value: '1.00', met: false, capped: false })
  })

  test.each<[string | null, string | null, More, string]>([
    [null, '50', {}, 'noActual'],
    ['50', null, {}, 'noTarget'],
    [null, null, {}, 'neither'],
    ['5', '0', {}, 'notApplicable'],
    ['-2530', '-2700', {}, 'notApplicable'],
    ['-1', '5', {}, 'notApplicable'],
    ['90', '80', { direction: 'down' }, 'notApplicable'],
  ])('actual %s, target %s %j: %4$s, never a number', (actual, target, more, state) => {
    expect(rate(actual, target, more)).toMatchObject({ state, value: null, shown: null })
  })

  test('refuses what is no decimal', () => {
    expect(() => rate('32,870', '1')).toThrow()
  })
})

describe('for any figures', () => {
  const positive = fc.bigInt({ min: 1n, max: 10n ** 15n }).map(String)
  const places = fc.integer({ min: 0, max: 6 })
  const scaled = (digits: string, by: number) => `${digits}e-${by}`
  const decimal = fc.tuple(positive, places).map(([digits, by]) => scaled(digits, by))

  test('a missed target is never shown as met, a met one always', () => {
    fc.assert(
      fc.property(positive, positive, (actual, target) => {
        const one = rate(actual, target)
        if (one.state !== 'value') throw new Error(one.state)
        const met = BigInt(actual) >= BigInt(target)
        expect(one.met).toBe(met)
        expect(Number(one.shown) >= 1).toBe(met)
      }),
    )
  })

  test('more is never shown as less', () => {
    fc.assert(
      fc.property(positive, positive, positive, (a, b, target) => {
        const [less, more] = BigInt(a) < BigInt(b) ? [a, b] : [b, a]
        expect(Number(rate(less, target).shown)).toBeLessThanOrEqual(Number(rate(more, target).shown))
      }),
    )
  })

  test('the unit makes no difference', () => {
    fc.assert(
      fc.property(positive, positive, places, (actual, target, by) => {
        expect(rate(scaled(actual, by), scaled(target, by)).shown).toBe(rate(actual, target).shown)
      }),
    )
  })

  test('it is the exact quotient, rounded half up once', () => {
    fc.assert(
      fc.property(positive, positive, (actual, target) => {
        const [a, t] = [BigInt(actual), BigInt(target)]
        const hundredths = (200n * a + t) / (2n * t)
        expect(rate(actual, target, { cap: null })).toMatchObject({
          value: `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`,
        })
      }),
    )
  })

  test('it always says something', () => {
    fc.assert(
      fc.property(fc.option(decimal), fc.option(decimal), (actual, target) => {
        expect(rate(actual, target).explanation).not.toBe('')
      }),
    )
  })
})

test.each([
  ['0', '0'],
  ['999', '999'],
  ['1000', '1,000'],
  ['-1234567.0890', '-1,234,567.0890'],
])('%s is grouped as %s', (plain, shown) => {
  expect(grouped(plain)).toBe(shown)
})
