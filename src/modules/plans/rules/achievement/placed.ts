import type { Exact, Figure } from './exact.ts'
import { absolute, compare, minus, negative, one, over, times, whole } from './exact.ts'
import { paceOf } from './expected.ts'
import type { Direction, Outcome, Question, Range, Said, Verdict } from './question.ts'
import { rank, reaches } from './ratio.ts'
import { none, numberText, term, why } from './sentences.ts'

/** A grade that follows from a place, not from a rate. */
const placed = (grade: string, verdict: Verdict, value: Exact | null, met: boolean | null, formula: Said): Outcome => ({
  kind: 'value',
  value,
  met,
  grade,
  verdict,
  shown: grade,
  formula,
})

/** What A gained on B, positive where it is better. */
const gained = ({ direction }: Question, actual: Exact, baseline: Exact) =>
  direction === 'down' ? minus(baseline, actual) : minus(actual, baseline)

/** `compare`: S at or above the target, A above the baseline, B down to 10 % below it, C below that, − not assessable. */
export function compareWith(question: Question): Outcome {
  const { actual, baseline, target, convention } = question
  if (actual === null) {
    const state = baseline === null && target === null ? 'neither' : 'noActual'
    return none(state, why[state], { grade: '−' })
  }
  const met = target === null ? null : reaches(question, actual, target)
  const share =
    baseline === null || baseline.n === 0n ? null : over(gained(question, actual, baseline), absolute(baseline))
  const a = term(actual.text)
  if (met && target !== null)
    return placed('S', 'good', share, met, {
      ja: `実績値${a}は目標値${term(target.text)}に達しています`,
      en: `${a} reaches the target ${term(target.text)}`,
    })
  if (baseline === null) return none('noBaseline', why.noBaseline, { met, grade: '−' })
  const b = term(baseline.text)
  if (rank(question, actual, baseline) > 0)
    return placed('A', 'fair', share, met, {
      ja: `実績値${a}は基準値${b}を上回っています`,
      en: `${a} is better than the baseline ${b}`,
    })
  const width = convention.band ?? { n: 1n, d: 10n }
  const lowest = negative(times(absolute(baseline), width))
  const percent = term(numberText(times(width, whole(100))))
  if (compare(gained(question, actual, baseline), lowest) >= 0)
    return placed('B', 'fair', share, met, {
      ja: `実績値${a}は基準値${b}の△${percent}%以内`,
      en: `${a} is within −${percent}% of the baseline ${b}`,
    })
  return placed('C', 'poor', share, met, {
    ja: `実績値${a}は基準値${b}から${percent}%を超えて後退`,
    en: `${a} is more than ${percent}% worse than the baseline ${b}`,
  })
}

/** `surveyBand`: a on pace or better, b no real change or slower than the pace, c worse; small changes of a survey are none. */
export function surveyBand(question: Question): Outcome {
  const { actual, baseline, target, convention } = question
  if (actual === null) return baseline === null ? none('neither', why.neither) : none('noActual', why.noActual)
  if (baseline === null) return none('noBaseline', why.noBaseline)
  const met = target === null ? null : reaches(question, actual, target)
  const change = gained(question, actual, baseline)
  const band = convention.band ?? whole(3)
  const size = compare(absolute(change), band)
  const moved = size > 0 || (size === 0 && convention.bandEdge === 'outside')
  const [a, b] = [term(actual.text), term(baseline.text, true)]
  const difference = minus(actual, baseline)
  const formula = `${a} − ${b} = ${term(numberText(difference))}`
  const width = term(numberText(band))
  const said = (grade: string, verdict: Verdict, words: Said) =>
    placed(grade, verdict, change, met, { ja: `${formula}、${words.ja}`, en: `${formula}, ${words.en}` })
  const pace = question.expected !== null || question.year !== null ? paceOf(question) : null
  const known = pace?.ok && !pace.flags.includes('targetAsExpected') ? pace.value : null
  const onPace =
    known === null ? moved && change.n > 0n : rank(question, known, baseline) > 0 && reaches(question, actual, known)
  if (met || onPace)
    return said('a', 'good', known === null || met ? { ja: '改善', en: 'improved' } : { ja: '順調', en: 'on pace' })
  if (!moved) return said('b', 'fair', { ja: `±${width}の範囲内で横ばい`, en: `unchanged within ±${width}` })
  if (change.n > 0n)
    return said('b', 'fair', { ja: '改善していますが、目標へのペースを下回ります', en: 'improved, but below the pace' })
  return said('c', 'poor', { ja: '悪化', en: 'worse' })
}

/** `range`: inside the target's span → 1, else the ratio to the nearer bound. */
export function range(question: Question): Outcome {
  const { actual, target, direction } = question
  const span = question.range ?? (target && direction ? bounded(target, direction) : null)
  if (actual === null) return span === null ? none('neither', why.neither) : none('noActual', why.noActual)
  if (span === null) return none('noTarget', why.noRange)
  const { min, max, minOpen, maxOpen } = span
  const low = min === null ? 1 : compare(actual, min)
  const high = max === null ? -1 : compare(actual, max)
  const a = term(actual.text)
  if (min !== null && (low < 0 || (low === 0 && minOpen))) return outside(actual, min)
  if (max !== null && (high > 0 || (high === 0 && maxOpen))) return outside(max, actual)
  const words = [
    ...(min === null ? [] : [`${term(min.text)} ${minOpen ? '<' : '≤'} `]),
    a,
    ...(max === null ? [] : [` ${maxOpen ? '<' : '≤'} ${term(max.text)}`]),
  ].join('')
  return { kind: 'value', value: one, met: true, formula: { ja: `${words}：範囲内`, en: `${words}: inside` } }
}

/** A target of one bound: 「79.83以上」. */
const bounded = (target: Figure, direction: Direction): Range => ({
  min: direction === 'up' ? target : null,
  minOpen: false,
  max: direction === 'down' ? target : null,
  maxOpen: false,
})

function outside(smaller: Figure, larger: Figure): Outcome {
  // Negative numbers and a bound of 0 have no ratio.
  if (smaller.n < 0n || larger.n <= 0n) return none('notApplicable', why.missedRange, { met: false })
  return {
    kind: 'value',
    value: over(smaller, larger),
    met: false,
    formula: `${term(smaller.text)} ÷ ${term(larger.text)}`,
  }
}

/** `improve`: better than the baseline or not (延伸), whatever the distance. */
export function improve(question: Question): Outcome {
  const { actual, baseline } = question
  if (actual === null) return baseline === null ? none('neither', why.neither) : none('noActual', why.noActual)
  if (baseline === null) return none('noBaseline', why.noBaseline)
  const change = minus(actual, baseline)
  const better = rank(question, actual, baseline)
  const words = {
    '1': { ja: '改善', en: 'better' },
    '0': { ja: '横ばい', en: 'unchanged' },
    '-1': { ja: '悪化', en: 'worse' },
  }[`${better}`]
  const formula = `${term(actual.text)} − ${term(baseline.text, true)} = ${term(numberText(change))}`
  return {
    kind: 'value',
    value: change,
    met: better > 0,
    grade: words.ja,
    verdict: better > 0 ? 'good' : better === 0 ? 'fair' : 'poor',
    free: true,
    signed: true,
    formula: { ja: `${formula}、${words.ja}`, en: `${formula}, ${words.en}` },
  }
}
