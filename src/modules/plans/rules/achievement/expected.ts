import type { Exact, Figure } from './exact.ts'
import { compare, minus, one, over, plus, times, whole } from './exact.ts'
import type { Flag, Outcome, Question, Said } from './question.ts'
import { absent, fall, rank, reaches } from './ratio.ts'
import { cut, inShort } from './rounding.ts'
import { none, numberText, term, why } from './sentences.ts'

/** The expected value of the year: set by hand, the year's own target, or a point of the straight line from baseline to final target. */
type Pace = { ok: true; value: Figure; how: string | null; flags: Flag[] } | { ok: false; why: Said }

const byHand = (value: Figure, flags: Flag[] = []): Pace => ({ ok: true, value, how: null, flags })

export function paceOf(question: Question): Pace {
  const { baseline, baselineYear, year, target, targetYear } = question
  if (question.expected !== null) return byHand(question.expected)
  const final = question.finalTarget ?? target
  const finalYear = question.finalTarget === null ? targetYear : question.finalYear
  // A target without a year of its own, or of the very year, is what was expected of this year.
  if (question.finalTarget === null && target !== null && (targetYear === null || targetYear === year))
    return byHand(target, ['targetAsExpected'])
  if (baseline === null || final === null || baselineYear === null || finalYear === null || year === null)
    return { ok: false, why: why.noPace }
  if (finalYear <= baselineYear) return { ok: false, why: why.noSpan }
  if (year < baselineYear) return { ok: false, why: why.early }
  const late = year >= finalYear
  const [passed, all] = [late ? finalYear - baselineYear : year - baselineYear, finalYear - baselineYear]
  const value = plus(baseline, over(times(minus(final, baseline), whole(passed)), whole(all)))
  const b = term(baseline.text, true)
  return {
    ok: true,
    value: { ...value, text: numberText(value) },
    how: `${term(baseline.text)} + (${term(final.text)} − ${b}) × ${passed} ÷ ${all} = ${term(numberText(value))}`,
    flags: year > finalYear ? ['interpolated', 'afterFinalYear'] : ['interpolated'],
  }
}

/** `expectedRatio`: A ÷ E. Falling indicators need a declared variant. */
export function expectedRatio(question: Question): Outcome {
  const { actual, direction, convention } = question
  const pace = paceOf(question)
  const expected = pace.ok ? pace.value : null
  if (actual === null) {
    const aimless = question.target === null && question.finalTarget === null && question.expected === null
    return aimless ? none('neither', why.neither) : none('noActual', why.noActual, { expected })
  }
  if (!pace.ok) return absentPace(question, pace.why)
  const met = reaches(question, actual, pace.value)
  const shared = { expected, flags: pace.flags }
  if (direction === 'down') {
    if (convention.variant === null && pace.value.n !== 0n)
      return none('notApplicable', why.down, {
        met,
        expected,
        instead: [{ method: 'expectedRatio', variant: 'inverse' }, { method: 'expectedBand' }],
      })
    const fallen = fall(question, actual, pace.value)
    if (fallen.kind === 'none') return { ...fallen, expected }
    return withPace({ ...fallen, ...shared, flags: [...(fallen.flags ?? []), ...pace.flags] }, pace.how)
  }
  if (pace.value.n <= 0n || actual.n < 0n)
    return none('notApplicable', why.notPositiveExpected, { met, expected, instead: [{ method: 'progress' }] })
  const formula = `${term(actual.text)} ÷ ${term(pace.value.text)}`
  return withPace({ kind: 'value', value: over(actual, pace.value), met, formula, ...shared }, pace.how)
}

/** A missing target is told as such; else what the straight line lacks. */
function absentPace(question: Question, lacking: Said): Outcome {
  if (question.target === null && question.finalTarget === null) return none('noTarget', why.noTarget)
  return question.baseline === null ? none('noBaseline', why.noBaseline) : none('noExpected', lacking)
}

/** The line of the expected value, which stands before the formula. */
const leadOf = (how: string): Said => ({ ja: `期待値 = ${how}、`, en: `E = ${how}, ` })

const withPace = (outcome: Outcome, how: string | null): Outcome =>
  how === null || outcome.kind === 'none' ? outcome : { ...outcome, lead: leadOf(how) }

export const bandGrades = { reached: '目標値以上', ahead: 'A', within: 'B', behind: 'C', worse: '基準値以下' } as const

/** `expectedBand`: where A lies: at the target, above, in or below the band around E, or no better than the baseline. */
export function expectedBand(question: Question): Outcome {
  const gap = absent(question, true)
  if (gap) return gap
  const { baseline, convention } = question
  const [actual, target] = [question.actual as Figure, (question.finalTarget ?? question.target) as Figure]
  const met = reaches(question, actual, target)
  if (baseline === null) return none('noBaseline', why.noBaseline, { met })
  const side = rank(question, target, baseline)
  if (side <= 0)
    return side === 0
      ? none('notApplicable', why.nothingExpected, { met, instead: [{ method: 'maintain' }] })
      : none('contraryTarget', why.contrary, { met, instead: [{ method: 'maintain' }] })
  const pace = paceOf(question)
  const place = pace.ok && rank(question, pace.value, baseline) > 0 ? placeOf(actual, baseline, pace.value) : null
  const expected = pace.ok ? pace.value : null
  const said = (grade: string, words: Said, verdict: 'good' | 'fair' | 'poor'): Outcome => ({
    kind: 'value',
    value: place,
    met,
    grade,
    verdict,
    shown: grade,
    expected,
    flags: pace.ok ? pace.flags : [],
    formula: words,
  })
  const [a, t, b] = [term(actual.text), term(target.text), term(baseline.text)]
  if (met)
    return said(bandGrades.reached, { ja: `実績値${a}は目標値${t}以上`, en: `${a} reaches the target ${t}` }, 'good')
  if (rank(question, actual, baseline) <= 0)
    return said(
      bandGrades.worse,
      { ja: `実績値${a}は基準値${b}以下`, en: `${a} is no better than the baseline ${b}` },
      'poor',
    )
  if (!pace.ok) return none('noExpected', pace.why, { met })
  if (place === null) return none('noExpected', why.nothingExpected, { met, expected })
  const width = convention.band ?? { n: 3n, d: 10n }
  const e = term(pace.value.text)
  const eb = term(baseline.text, true)
  const lead = pace.how === null ? { ja: '', en: '' } : leadOf(pace.how)
  const formula = `(${a} − ${eb}) ÷ (${e} − ${eb}) = ${inShort(cut(place))}`
  const position = (words: Said) => ({
    ja: `${lead.ja}${formula}、${words.ja}`,
    en: `${lead.en}${formula}, ${words.en}`,
  })
  if (compare(place, plus(one, width)) > 0)
    return said(bandGrades.ahead, position({ ja: '期待値の帯より上', en: 'above the band' }), 'good')
  if (compare(place, minus(one, width)) >= 0)
    return said(bandGrades.within, position({ ja: '期待値の帯の中', en: 'inside the band' }), 'good')
  return said(bandGrades.behind, position({ ja: '期待値の帯より下', en: 'below the band' }), 'fair')
}

const placeOf = (actual: Exact, baseline: Exact, expected: Exact) =>
  over(minus(actual, baseline), minus(expected, baseline))

/** `elapsedShare`: A ÷ (T × n ÷ N): after n of N years n/N of the final target is due. */
export function elapsedShare(question: Question): Outcome {
  const gap = absent(question, true)
  if (gap) return gap
  const [actual, target] = [question.actual as Figure, (question.finalTarget ?? question.target) as Figure]
  if (question.direction === 'down')
    return none('notApplicable', why.onlyUp, { instead: [{ method: 'progress' }, { method: 'expectedBand' }] })
  const { baselineYear, year } = question
  const finalYear = question.finalTarget === null ? question.targetYear : question.finalYear
  const elapsed = question.elapsed ?? (year !== null && baselineYear !== null ? year - baselineYear : null)
  const planned = finalYear !== null && baselineYear !== null && finalYear > baselineYear ? finalYear - baselineYear : 5
  const span = question.span ?? planned
  if (elapsed === null) return none('noExpected', why.noElapsed)
  if (elapsed <= 0) return none('noExpected', why.nothingDue)
  if (target.n <= 0n || actual.n < 0n)
    return none('notApplicable', why.notPositive, { instead: [{ method: 'progress' }] })
  const years = Math.min(elapsed, span)
  const due = over(times(target, whole(years)), whole(span))
  return {
    kind: 'value',
    value: over(actual, due),
    met: compare(actual, due) >= 0,
    expected: due,
    flags: elapsed > span ? ['afterFinalYear'] : [],
    formula: `${term(actual.text)} ÷ (${term(target.text)} × ${years} ÷ ${span})`,
  }
}
