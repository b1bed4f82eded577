import type { Exact, Figure } from './exact.ts'
import { minus, one, over, zero } from './exact.ts'
import type { Outcome, Question } from './question.ts'
import { absent, maintain, rank, ratio, reaches } from './ratio.ts'
import { cut, inShort } from './rounding.ts'
import { none, term, why } from './sentences.ts'

/** `progress`: (A − B) ÷ (T − B), both ways. T = B is a target to maintain; a target worse than the baseline is asked about. */
export function progress(question: Question): Outcome {
  const gap = absent(question)
  if (gap) return gap
  const { baseline } = question
  const [actual, target] = [question.actual as Figure, question.target as Figure]
  const met = reaches(question, actual, target)
  if (baseline === null) return none('noBaseline', why.noBaseline, { met, instead: [{ method: 'ratio' }] })
  const side = rank(question, target, baseline)
  if (side === 0) {
    const kept = maintain(question)
    return kept.kind === 'value' ? { ...kept, flags: [...(kept.flags ?? []), 'maintain'] } : kept
  }
  if (side < 0) return none('contraryTarget', why.contrary, { met, instead: [{ method: 'maintain' }] })
  return {
    kind: 'value',
    value: over(minus(actual, baseline), minus(target, baseline)),
    met,
    formula: progressFormula(actual, baseline, target),
  }
}

export const progressFormula = (actual: Figure, baseline: Figure, target: Figure) => {
  const b = term(baseline.text, true)
  return `(${term(actual.text)} − ${b}) ÷ (${term(target.text)} − ${b})`
}

/** `okr`: progress, or A ÷ T where nobody told where it began. */
export function okr(question: Question): Outcome {
  return question.baseline === null && question.direction === 'up' ? ratio(question) : progress(question)
}

/** `growth`: what A grew over the revised baseline, against what T was to grow over the original one. */
export function growth(question: Question): Outcome {
  const gap = absent(question)
  if (gap) return gap
  const { baseline, currentBaseline } = question
  const [actual, target] = [question.actual as Figure, question.target as Figure]
  if (baseline === null) return none('noBaseline', why.noBaseline)
  if (currentBaseline === null) return none('noBaseline', why.noCurrentBaseline)
  if (baseline.n <= 0n || currentBaseline.n <= 0n) return none('notApplicable', why.notPositiveGrowth)
  const grown = minus(over(actual, currentBaseline), one)
  const due = minus(over(target, baseline), one)
  const met = reaches(question, grown, due)
  // Where growth was due, the share of it that came is what a scale of progress judges.
  const share = rank(question, due, zero) > 0 ? over(grown, due) : met ? one : null
  const formulas = [
    `${term(actual.text)} ÷ ${term(currentBaseline.text)} − 1`,
    `${term(target.text)} ÷ ${term(baseline.text)} − 1`,
  ]
  return {
    kind: 'value',
    value: grown,
    met,
    graded: share,
    expected: due,
    bar: due,
    falling: question.direction === 'down',
    free: true,
    signed: true,
    formula: {
      ja: `${formulas[0]} = ${short(grown)}（目標の伸び ${formulas[1]} = ${short(due)}）`,
      en: `${formulas[0]} = ${short(grown)} against ${formulas[1]} = ${short(due)}`,
    },
  }
}

const short = (value: Exact) => inShort(cut(value))
