/**
 * Scores as whole numbers, so that sums are exact and equal ones are equal. Decimals that fit are taken exactly: 0.123 and 0.5 become 123 and
 * 500 thousandths. So are fractions, as averages of a few marks are: with a third and a half there are six units to a point. Others (random
 * doubles) are rounded to the billionth part of the largest score.
 */
export type Grid = {
  exact: boolean
  /** Score of one unit; 0 where there is nothing but zeros. */
  unit: number
  units(score: number): number
  /** The nearest double of that many units. */
  score(units: number): number
}

/** Scores take at most this many units. Sums over millions of pairs stay exact in doubles, and a unit stays above the solver's tolerance. */
const mostUnits = 1e9

/** Averages of up to a thousand marks are fractions with such denominators. */
const mostDenominator = 1_000
const mostCommon = 1e6
/** So far may a double be from the fraction it stands for, and from sums of a few such. */
const speck = 4 * Number.EPSILON

/** The grid of all given scores; each must be finite and not negative. */
export function gridOf(given: Iterable<number>): Grid {
  const scores = [...given]
  let digits = 0
  let largest = 0
  for (const score of scores) {
    if (score > largest) largest = score
    if (digits <= 9) digits = Math.max(digits, decimals(score))
  }
  if (digits <= 9 && largest * 10 ** digits <= mostUnits) {
    const per = 10 ** digits
    return {
      exact: true,
      unit: 1 / per,
      units: (score) => Math.round(score * per),
      // Both are whole and below 2^53: the quotient is rounded once.
      score: (units) => units / per,
    }
  }
  const { denominator, all } = fractionsOf(scores, largest)
  const parts = Math.floor(mostUnits / largest / denominator)
  // Where fractions stand beside others, they stay exact as long as that makes no unit much larger. The least double divided by a billion would be 0.
  const fine = denominator > 1 && parts >= 1_000 ? 1 / (denominator * parts) : Math.max(largest / mostUnits, 1e-300)
  // Scores that are all no more than a speck are no fractions, though each of them is as near to 0.
  const unit = all && largest * denominator > 0.5 ? 1 / denominator : fine
  return { exact: false, unit, units: (score) => Math.round(score / unit), score: (units) => units * unit }
}

/** The least common denominator of those scores that are fractions of small numbers; `all`: of all of them. */
function fractionsOf(scores: readonly number[], largest: number): { denominator: number; all: boolean } {
  let denominator = 1
  let all = true
  for (const score of new Set(scores)) {
    const own = denominatorOf(score)
    const common = own === null ? null : (denominator / greatestDivisor(denominator, own)) * own
    if (common === null || common > mostCommon || largest * common > mostUnits) all = false
    else denominator = common
  }
  return { denominator, all }
}

/** The least denominator of a fraction that a double of this value would be written for; null if it isn't small (continued fractions). */
function denominatorOf(value: number): number | null {
  let [before, denominator] = [0, 1]
  let rest = value
  for (let term = Math.floor(rest); denominator <= mostDenominator; term = Math.floor(rest)) {
    if (Math.abs(value * denominator - Math.round(value * denominator)) <= speck * Math.max(1, value) * denominator)
      return denominator
    if (rest === term) return null
    rest = 1 / (rest - term)
    ;[before, denominator] = [denominator, Math.floor(rest) * denominator + before]
  }
  return null
}

const greatestDivisor = (one: number, other: number): number =>
  other === 0 ? one : greatestDivisor(other, one % other)

/** Decimals of the shortest text that names this double: 0.25 has two, 1e-7 seven. */
function decimals(value: number): number {
  if (Number.isInteger(value)) return 0
  const [mantissa = '', exponent = '0'] = String(value).split('e')
  return Math.max(0, (mantissa.split('.')[1]?.length ?? 0) - Number(exponent))
}

/** Σ of doubles, rounded as little as doubles allow (Neumaier 1974). */
export function sumOf(values: Iterable<number>): number {
  let sum = 0
  let lost = 0
  for (const value of values) {
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  return sum + lost
}
