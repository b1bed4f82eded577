/**
 * Scores as whole numbers, so that sums are exact and equal ones are equal. Decimals that fit are taken exactly: 0.123 and 0.5 become 123 and
 * 500 thousandths. Others (thirds, random doubles) are rounded to the billionth part of the largest score.
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

/** The grid of all given scores; each must be finite and not negative. */
export function gridOf(scores: Iterable<number>): Grid {
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
  // The least double divided by a billion would be 0.
  const unit = Math.max(largest / mostUnits, 1e-300)
  return { exact: false, unit, units: (score) => Math.round(score / unit), score: (units) => units * unit }
}

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
