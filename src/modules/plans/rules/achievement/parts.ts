import type { Exact, Figure } from './exact.ts'
import { compare, one, over, plus, times, whole, zero } from './exact.ts'
import type { Flag, Outcome, Part, Question } from './question.ts'
import { fall, ratio } from './ratio.ts'
import { cut, inShort } from './rounding.ts'
import { none, numberText, term, why } from './sentences.ts'

type Known = { weight: Figure; value: Figure }

/** Parts whose value is known, and how many have none: those leave the divisor too, and are told instead of counted as 0. */
const split = (parts: readonly Part[]) => {
  const known = parts.filter((part): part is Known => part.value !== null)
  return { known, missing: parts.length - known.length }
}

const missingFlags = (missing: number): Flag[] => (missing > 0 ? ['partsMissing'] : [])
const missingWords = (missing: number) =>
  missing === 0 ? { ja: '', en: '' } : { ja: `（不明${missing}件を除く）`, en: ` (without ${missing} unknown)` }

/** Formulas of many parts would help nobody. */
const mostShown = 6

/** `milestone` and `rollup`: Σ weight × value ÷ Σ weight over the parts that have a value; or the worst of them. */
export function weighted(question: Question): Outcome {
  const { known, missing } = split(question.parts)
  const weight = known.reduce<Exact>((sum, part) => plus(sum, part.weight), zero)
  if (weight.n === 0n) return none('noParts', why.noParts)
  const unknown = missingWords(missing)
  if (question.combine === 'worst') {
    const worst = known.reduce((least, part) => (compare(part.value, least.value) < 0 ? part : least))
    const reached = compare(worst.value, one) >= 0
    return {
      kind: 'value',
      value: worst.value,
      met: reached && missing > 0 ? null : reached,
      flags: missingFlags(missing),
      formula: {
        ja: `${known.length}件のうち最も低い値 = ${inShort(cut(worst.value))}${unknown.ja}`,
        en: `the lowest of ${known.length} = ${inShort(cut(worst.value))}${unknown.en}`,
      },
    }
  }
  const sum = known.reduce<Exact>((total, part) => plus(total, times(part.weight, part.value)), zero)
  const value = over(sum, weight)
  const reached = compare(value, one) >= 0
  const alike = known.every((part) => compare(part.weight, one) === 0)
  const terms = known.map((part) => {
    const text = term(part.value.text, true)
    return alike ? text : `${term(part.weight.text)} × ${text}`
  })
  const formula =
    known.length <= mostShown
      ? `(${terms.join(' + ')}) ÷ ${term(numberText(weight))}`
      : `${term(numberText(sum))} ÷ ${term(numberText(weight))}`
  const result = `${formula} = ${inShort(cut(value))}`
  return {
    kind: 'value',
    value,
    // Whether all is done isn't known while a part isn't.
    met: reached && missing > 0 ? null : reached,
    flags: missingFlags(missing),
    formula: { ja: result + unknown.ja, en: result + unknown.en },
  }
}

/** 7 points from 100 %, 6 from 90 % … 2 from 50 %, 1 below. */
function pointsOf(rate: Exact): number {
  const tenths = (rate.n * 10n) / rate.d
  if (rate.n < 0n || tenths < 5n) return 1
  return tenths >= 10n ? 7 : Number(tenths) - 3
}

/** `points`: the points of the indicators, and those of the policies where they are told. */
export function points(question: Question): Outcome {
  const { parts, policy } = question
  const { known, missing } = split(parts)
  const rated: { rate: Exact | 'unbounded'; met: boolean | null }[] = []
  if (parts.length === 0) {
    const { actual, target, direction } = question
    const gap = direction === 'down' && actual && target ? fall(question, actual, target) : ratio(question)
    if (gap.kind === 'none') return gap
    rated.push(gap.kind === 'unbounded' ? { rate: 'unbounded', met: true } : { rate: gap.value ?? zero, met: gap.met })
  } else for (const part of known) rated.push({ rate: part.value, met: compare(part.value, one) >= 0 })
  if (rated.length === 0) return none('noParts', why.noParts)
  const each = rated.map(({ rate }) => (rate === 'unbounded' ? 7 : pointsOf(rate)))
  const own = each.reduce((sum, count) => sum + count, 0)
  const sum = policy.reduce<Exact>((total, count) => plus(total, count), whole(own))
  const terms = [...each.map(String), ...policy.map(({ text }) => term(text, true))]
  const shown = numberText(sum)
  const reached = rated.every(({ met }) => met === true)
  const unknown = missingWords(missing)
  const words = terms.length === 1 ? shown : `${terms.slice(0, 2 * mostShown).join(' + ')} = ${shown}`
  return {
    kind: 'value',
    value: sum,
    met: reached && missing > 0 ? null : reached,
    shown,
    // The scale is one of sums: points of indicators alone have no grade.
    graded: policy.length > 0 && missing === 0 ? sum : null,
    flags: missingFlags(missing),
    formula: { ja: `${words}点${unknown.ja}`, en: `${words} points${unknown.en}` },
  }
}
