import Big from 'big.js'

/**
 * How a rate of achievement (目標達成状況) is computed. One method so far; others join the union with formulas of their own.
 * `ratio` is actual ÷ target as Mie Prefecture prints it: two decimals, shown at most as 1.00.
 */
export type Method = {
  method: 'ratio'
  /** Decimal string, or null for no cap. */
  cap: string | null
  digits: number
  rounding: 'half-up' | 'half-even' | 'down'
}

export const mieRatio: Method = { method: 'ratio', cap: '1.00', digits: 2, rounding: 'half-up' }

export type AchievementInput = Method & {
  /** Which way is better. Never guessed from the figures. */
  direction: 'up' | 'down'
  /** Decimal strings; null = unknown. Trailing zeros are kept in the explanation ("50.0"). */
  actual: string | null
  target: string | null
}

/**
 * `value` is the rounded, uncapped rate and `shown` what a report prints; `met` is decided on the exact figures. Every other state says
 * in `explanation` why there is no rate; an unknown is never 0.
 */
export type Achievement =
  | { state: 'value'; value: string; shown: string; met: boolean; capped: boolean; explanation: string }
  | { state: 'noActual' | 'noTarget' | 'neither' | 'notApplicable'; value: null; shown: null; explanation: string }

const modes = { down: 0, 'half-up': 1, 'half-even': 2 } as const

const without = (state: 'noActual' | 'noTarget' | 'neither' | 'notApplicable', explanation: string): Achievement => ({
  state,
  value: null,
  shown: null,
  explanation,
})

/**
 * The rate of one indicator in one year, exact: `{ actual: '47.4', target: '50.0', … }` → 0.95 with 「47.4 ÷ 50.0 = 0.948 → 0.95」.
 * A target that was missed is never shown as met, however it rounds (99.5 ÷ 100 shows 0.99). Throws on figures that aren't decimals.
 * Zero as an actual is a rate of 0; targets of zero and below, and negative actuals, have no ratio.
 */
export function achievement(input: AchievementInput): Achievement {
  const { actual, target, direction } = input
  if (actual === null && target === null) return without('neither', '目標値と実績値が分からないため、計算できません。')
  if (actual === null) return without('noActual', '実績値が分からないため、計算できません。')
  if (target === null) return without('noTarget', '目標値が分からないため、計算できません。')
  // Mie's rule for falling indicators isn't known: better no rate than another prefecture's.
  if (direction === 'down') return without('notApplicable', '下がるほどよい指標の計算方法は、定められていません。')
  if (new Big(target).lte(0) || new Big(actual).lt(0))
    return without('notApplicable', '0以下の目標値や負の実績値では、「実績値÷目標値」は意味をもちません。')
  return ratio(new Big(actual), new Big(target), input, `${grouped(actual)} ÷ ${grouped(target)}`)
}

function ratio(actual: Big, target: Big, method: Method, formula: string): Achievement {
  const value = divide(actual, target, method.digits, modes[method.rounding])
  const met = actual.gte(target)
  const capped = method.cap !== null && value.gt(method.cap)
  const looksMet = !met && value.gte(1)
  const almost = new Big(1).minus(new Big(10).pow(-method.digits))
  const shown = (capped ? new Big(method.cap ?? 0) : looksMet ? almost : value).toFixed(method.digits)

  const why = capped
    ? `（上限${method.cap}）`
    : looksMet
      ? `（目標に届いていないため、${value.toFixed(method.digits)}とは表示しません）`
      : ''
  const exact = quotient(actual, target)
  return {
    state: 'value',
    value: value.toFixed(method.digits),
    shown,
    met,
    capped,
    explanation: `${formula} = ${exact} → ${shown}${why}`,
  }
}

/** Rounds the true quotient once. big.js rounds a division by settings of its constructor, so each division has its own. */
function divide(a: Big, b: Big, digits: number, mode: 0 | 1 | 2): Big {
  const Decimal = Big()
  Decimal.DP = digits
  Decimal.RM = mode
  return new Decimal(a).div(b)
}

/** The quotient in full where it ends within six decimals, else cut after four and marked. */
function quotient(a: Big, b: Big): string {
  const six = divide(a, b, 6, 0)
  if (six.times(b).eq(a)) return six.toFixed()
  return `${divide(a, b, 4, 0).toFixed(4)}…`
}

/** "32870" → "32,870"; decimals stay as they are. */
export function grouped(decimal: string): string {
  const [whole = '', part] = decimal.split('.')
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return part === undefined ? groups : `${groups}.${part}`
}
