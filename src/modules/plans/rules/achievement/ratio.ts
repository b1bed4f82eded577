import type { Exact, Figure } from './exact.ts'
import { compare, minus, one, over, times, whole, zero } from './exact.ts'
import type { Outcome, Question, Variant } from './question.ts'
import { none, term, why } from './sentences.ts'

/** 1 where `a` is better than `b` in the declared direction, 0 where they are equal, −1 where it is worse. */
export const rank = (question: Question, a: Exact, b: Exact) =>
  question.direction === 'down' ? compare(b, a) : compare(a, b)

export const reaches = (question: Question, a: Exact, b: Exact) => rank(question, a, b) >= 0

/** What every method needs first. A missing figure is a state of its own, never 0. */
export function absent({ actual, target, finalTarget }: Question, final = false): Outcome | null {
  const aim = final ? (finalTarget ?? target) : target
  if (actual === null) return aim === null ? none('neither', why.neither) : none('noActual', why.noActual)
  return aim === null ? none('noTarget', why.noTarget) : null
}

/** `ratio`: A ÷ T. Falling indicators need a declared variant: better no rate than another prefecture's. */
export function ratio(question: Question): Outcome {
  const gap = absent(question)
  if (gap) return gap
  const [actual, target] = [question.actual as Figure, question.target as Figure]
  const met = reaches(question, actual, target)
  if (question.direction === 'down') {
    if (question.convention.variant !== null || target.n === 0n) return fall(question, actual, target)
    return none('notApplicable', why.down, {
      met,
      instead: [{ method: 'ratioDown' }, { method: 'ratioDown', variant: 'mirror' }, { method: 'progress' }],
    })
  }
  const refused = target.n <= 0n || actual.n < 0n
  if (refused || (question.baseline !== null && question.baseline.n < 0n))
    return none('notApplicable', refused ? why.notPositive : why.negativeBaseline, {
      met,
      instead: [{ method: 'progress' }],
    })
  return {
    kind: 'value',
    value: over(actual, target),
    met,
    formula: `${term(actual.text)} ÷ ${term(target.text)}`,
  }
}

/** `ratioDown`: T ÷ A or (2T − A) ÷ T, for indicators that should fall. */
export function ratioDown(question: Question): Outcome {
  const gap = absent(question)
  if (gap) return gap
  const [actual, target] = [question.actual as Figure, question.target as Figure]
  if (question.direction !== 'down')
    return none('notApplicable', why.onlyDown, {
      met: reaches(question, actual, target),
      instead: [{ method: 'ratio' }],
    })
  return fall(question, actual, target)
}

/** The ratio of a falling indicator against a target, or against the expected value of the year. */
export function fall(question: Question, actual: Figure, target: Figure): Outcome {
  const { baseline, convention } = question
  const met = compare(actual, target) <= 0
  if (target.n < 0n || actual.n < 0n || (baseline !== null && baseline.n < 0n))
    return none('notApplicable', baseline !== null && baseline.n < 0n ? why.negativeBaseline : why.notPositive, {
      met,
      instead: [{ method: 'progress' }],
    })
  if (target.n === 0n) return towardsZero(actual, baseline)
  return divideFalling(actual, target, convention.variant ?? 'inverse', met)
}

export function divideFalling(actual: Figure, target: Figure, variant: Variant, met: boolean): Outcome {
  const [a, t] = [term(actual.text), term(target.text)]
  if (variant === 'mirror')
    return {
      kind: 'value',
      value: over(minus(times(whole(2), target), actual), target),
      met,
      formula: `(2 × ${t} − ${a}) ÷ ${t}`,
    }
  if (actual.n === 0n) return { kind: 'unbounded', formula: `${t} ÷ ${a}` }
  return { kind: 'value', value: over(target, actual), met, formula: `${t} ÷ ${a}` }
}

/** The target is none at all (deaths): reached → 1, else the share of the baseline that is gone, else 0. */
function towardsZero(actual: Figure, baseline: Figure | null): Outcome {
  const a = term(actual.text)
  if (actual.n === 0n)
    return {
      kind: 'value',
      value: one,
      met: true,
      formula: { ja: '目標値0に達しました：1', en: 'the target of 0 is reached: 1' },
    }
  if (baseline !== null && baseline.n > 0n) {
    const b = term(baseline.text)
    return {
      kind: 'value',
      value: over(minus(baseline, actual), baseline),
      met: false,
      formula: `(${b} − ${a}) ÷ ${b}`,
    }
  }
  return {
    kind: 'value',
    value: zero,
    met: false,
    flags: ['zeroTarget'],
    formula: {
      ja: `目標値0に対して実績値${a}、基準値がないため、減った割合を計算できません：0`,
      en: `the target is 0, the actual ${a}, and without a baseline above 0 no share of it is gone: 0`,
    },
  }
}

/** `maintain`: met → 1, else the ratio in the right direction. Without a target the baseline is what is to be kept. */
export function maintain(question: Question): Outcome {
  const { actual, baseline, convention } = question
  const target = question.target ?? baseline
  if (actual === null) return target === null ? none('neither', why.neither) : none('noActual', why.noActual)
  if (target === null) return none('noTarget', why.noTarget)
  const [a, t] = [term(actual.text), term(target.text)]
  if (reaches(question, actual, target)) {
    const sign = question.direction === 'down' ? '≤' : '≥'
    return {
      kind: 'value',
      value: one,
      met: true,
      formula: { ja: `${a} ${sign} ${t} のため維持：1`, en: `${a} ${sign} ${t}, so maintained: 1` },
    }
  }
  if (target.n === 0n && question.direction === 'down') return towardsZero(actual, baseline)
  if (target.n <= 0n || actual.n < 0n) return none('notApplicable', why.missedMaintain, { met: false })
  if (question.direction === 'down') return divideFalling(actual, target, convention.variant ?? 'inverse', false)
  return { kind: 'value', value: over(actual, target), met: false, formula: `${a} ÷ ${t}` }
}
