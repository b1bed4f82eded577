import type { Exact } from './exact.ts'
import { decimalOf, one } from './exact.ts'
import type { Convention, Flag, Outcome, Said } from './question.ts'
import type { Cut } from './rounding.ts'
import { cut, rounded } from './rounding.ts'

type Value = Extract<Outcome, { kind: 'value' }>

/** What is printed of a value, what its plain rounding would have been, and why they differ. */
export type Shown = { rounded: string | null; shown: string; flags: Flag[]; because: Said | null }

/** The usual bar and the caps are the same few objects for all rows of a file. */
const known = new WeakMap<Exact, Cut>()
function digitsOf(exact: Exact): Cut {
  const before = known.get(exact)
  if (before) return before
  const made = cut(exact)
  known.set(exact, made)
  return made
}

/**
 * Rounds an exact value once by its convention, then applies in this order: a missed value stays below what it missed, a cap, and 0 as the
 * least that is shown. `worse`: the actual is worse than its baseline.
 */
export function showValue(outcome: Value, digits: Cut | null, convention: Convention, worse: boolean): Shown {
  const { value } = outcome
  if (value === null || digits === null) return { rounded: null, shown: outcome.shown ?? '―', flags: [], because: null }
  const round = (exact: Cut) =>
    rounded(exact, convention.digits, convention.rounding, convention.display === 'percent' ? 2 : 0)
  const number = round(digits)
  const text = decimalOf(number, convention.digits)
  if (outcome.shown !== undefined) return { rounded: text, shown: outcome.shown, flags: [], because: null }

  const unit = convention.display === 'percent' ? '%' : ''
  const said = (count: bigint) =>
    `${outcome.signed && count > 0n ? '+' : ''}${count === number ? text : decimalOf(count, convention.digits)}${unit}`
  const bar: Exact | null = outcome.bar ?? (outcome.free ? null : one)
  if (bar !== null && outcome.met === false) {
    const reached = round(bar === one ? digitsOf(one) : cut(bar))
    if (outcome.falling ? number <= reached : number >= reached)
      return {
        rounded: text,
        shown: said(outcome.falling ? reached + 1n : reached - 1n),
        flags: ['notShownAsMet'],
        because: {
          ja: `目標に届いていないため、${said(number)}とは表示しません`,
          en: `not ${said(number)}, since the target was missed`,
        },
      }
  }
  if (!outcome.free && convention.cap !== null) {
    const cap = round(digitsOf(convention.cap))
    if (number > cap)
      return {
        rounded: text,
        shown: said(cap),
        flags: ['capped'],
        because: { ja: `上限${said(cap)}`, en: `capped at ${said(cap)}` },
      }
  }
  if (!outcome.free && value.n < 0n)
    return {
      rounded: text,
      shown: said(0n),
      flags: ['belowZero'],
      because: worse
        ? { ja: '基準値より後退', en: 'worse than the baseline' }
        : { ja: `負の値のため、${said(0n)}と表示します`, en: `negative, so ${said(0n)} is shown` },
    }
  return { rounded: text, shown: said(number), flags: [], because: null }
}
