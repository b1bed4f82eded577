/** Exact arithmetic of formulas: decimals by big.js (docs/decisions/0010), dates by the calendar. */
import Big from 'big.js'
import { addDays, ageOn, isIsoDate } from '#core/dates.ts'
import type { Comparison, Formula, Rounding } from './language.ts'

/** A number, or the text of a date (ISO), a choice or a text. */
export type Value = Big | string

/** The formulas whose outcome is a function of their operands' values. */
export type Computing = Extract<
  Formula,
  | { add: unknown }
  | { subtract: unknown }
  | { multiply: unknown }
  | { divide: unknown }
  | { round: unknown }
  | { min: unknown }
  | { max: unknown }
  | { years: unknown }
  | { days: unknown }
  | { plus: unknown }
>

/** The operands in the order in which they are written. */
export function operandsOf(formula: Computing): Formula[] {
  if ('add' in formula) return formula.add
  if ('subtract' in formula) return formula.subtract
  if ('multiply' in formula) return formula.multiply
  if ('min' in formula) return formula.min
  if ('max' in formula) return formula.max
  if ('divide' in formula) return [formula.divide.of, formula.divide.by]
  if ('round' in formula) return [formula.round.of]
  if ('years' in formula) return formula.years
  return 'days' in formula ? formula.days : [formula.plus.date]
}

const order = (left: Value, right: Value): number =>
  left instanceof Big ? left.cmp(right as Big) : left < right ? -1 : left === right ? 0 : 1

/** Two numbers by size, two dates by the calendar; what is of two types is never equal nor ordered. */
export function compared(left: Value, how: Comparison, right: Value): boolean {
  if (typeof left !== typeof right) return how === 'isNot'
  const by = order(left, right)
  if (how === 'is') return by === 0
  if (how === 'isNot') return by !== 0
  if (how === 'atLeast') return by >= 0
  if (how === 'atMost') return by <= 0
  return how === 'over' ? by > 0 : by < 0
}

const modes: Record<Rounding, 0 | 1 | 2 | 3> = { down: 0, 'half-up': 1, 'half-even': 2, up: 3 }

/** Rounds the true quotient once; null where the divisor is zero. `half-up` and `up` go away from zero. */
function divided(of: Big, by: Big, digits: number, rounding: Rounding): Big | null {
  if (by.eq(0)) return null
  // big.js rounds a division by settings of its constructor, so each division has its own.
  const Decimal = Big()
  Decimal.DP = digits
  Decimal.RM = modes[rounding]
  return new Big(new Decimal(of).div(by).toFixed())
}

const dayNumber = (iso: string) => Date.parse(`${iso}T00:00:00Z`) / 86_400_000

/** A date some years, months and days later; a day that its month doesn't have is the last of it (民法143条2項). */
function moved(iso: string, years: number, months: number, days: number): string | null {
  const [year, month, day] = iso.split('-').map(Number) as [number, number, number]
  const at = year * 12 + (month - 1) + years * 12 + months
  const [y, m] = [Math.floor(at / 12), (at % 12) + 1]
  if (y < 1000 || y > 9999) return null
  const first = `${y}-${String(m).padStart(2, '0')}-`
  let last = day
  while (!isIsoDate(`${first}${String(last).padStart(2, '0')}`)) last--
  const result = addDays(`${first}${String(last).padStart(2, '0')}`, days)
  return isIsoDate(result) && result >= '1000' ? result : null
}

/** What a formula makes of its operands' values, all known; null where it gives nothing. */
export function apply(formula: Computing, values: readonly Value[]): Value | null {
  const [first, second] = values as [Value, Value]
  if ('plus' in formula) {
    const { years = 0, months = 0, days = 0 } = formula.plus
    return moved(first as string, years, months, days)
  }
  if ('years' in formula) return first > second ? null : new Big(ageOn(first as string, second as string))
  if ('days' in formula) return new Big(dayNumber(second as string) - dayNumber(first as string))
  if ('min' in formula) return values.reduce((a, b) => (order(b, a) < 0 ? b : a))
  if ('max' in formula) return values.reduce((a, b) => (order(b, a) > 0 ? b : a))
  const numbers = values as readonly Big[]
  if ('add' in formula) return numbers.reduce((a, b) => a.plus(b), new Big(0))
  if ('subtract' in formula) return numbers[0]!.minus(numbers[1]!)
  if ('multiply' in formula) return numbers.reduce((a, b) => a.times(b), new Big(1))
  if ('divide' in formula) {
    const { digits, rounding = 'half-up' } = formula.divide
    return divided(numbers[0]!, numbers[1]!, digits, rounding)
  }
  const { digits, rounding = 'half-up' } = formula.round
  return numbers[0]!.round(digits, modes[rounding])
}

/** The one spelling of a value: '1200', '0.5', '2026-11-21'. Negative zero is zero. */
export const written = (value: Value): string =>
  typeof value === 'string' ? value : value.eq(0) ? '0' : value.toFixed()
