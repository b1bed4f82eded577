import type { Answer } from './achievement/answer.ts'
import { answerTo } from './achievement/answer.ts'
import { conventionOf } from './achievement/conventions.ts'
import type { Convention, MethodName, Question, Variant } from './achievement/question.ts'
import { methodNames } from './achievement/question.ts'

/** An answer with what other methods and the first adopted figures would say. */
export type Achievement = Answer & {
  /** Methods that have an answer where this one has none. */
  proposed: readonly Answer[]
  /** The same against baseline and target as first adopted. */
  original: Answer | null
}

/** What an indicator declares: how its rate is computed, and how it is printed. */
export type Method = { method: MethodName; convention: Convention }

/** Mie's 目標達成状況: actual ÷ target with two decimals, half up, shown at most as 1.00. */
export const mieRatio: Method = { method: 'ratio', convention: conventionOf('ratio') }

/** A question in which nothing is known but what is told. */
export const question = (method: MethodName, more: Partial<Question> = {}): Question => ({
  method,
  convention: conventionOf(method),
  direction: 'up',
  baseline: null,
  baselineYear: null,
  target: null,
  targetYear: null,
  finalTarget: null,
  finalYear: null,
  actual: null,
  year: null,
  expected: null,
  currentBaseline: null,
  originalBaseline: null,
  originalTarget: null,
  range: null,
  parts: [],
  policy: [],
  combine: 'mean',
  elapsed: null,
  span: null,
  status: null,
  missing: null,
  due: null,
  lastKnown: null,
  ...more,
})

/**
 * Computes one achievement exactly and rounds it once: `ratio` of 47.4 against 50.0 is 0.948, shown as 0.95, grade B. Defined for every
 * question; never throws. Formulas, domains and sources: docs/achievement.md.
 */
export function achieve(asked: Question): Achievement {
  const answer = answerTo(asked)
  return {
    ...answer,
    proposed: answer.instead
      .map((other) => byMethod(asked, other.method, other.variant))
      .filter(({ shown }) => shown !== null),
    original: originally(asked),
  }
}

/** The same figures by another method, printed as the office prints it that uses the method. */
export function byMethod(asked: Question, method: MethodName, variant: Variant | null = null): Answer {
  const convention = conventionOf(method)
  return answerTo({ ...asked, method, convention: variant === null ? convention : { ...convention, variant } })
}

/** "Against the original": baseline and target of first adoption in the place of the current ones. */
function originally(asked: Question): Answer | null {
  const { originalBaseline, originalTarget } = asked
  if (originalBaseline === null && originalTarget === null) return null
  return answerTo({
    ...asked,
    baseline: originalBaseline ?? asked.baseline,
    target: originalTarget ?? asked.target,
    finalTarget: asked.finalTarget === null ? null : (originalTarget ?? asked.finalTarget),
  })
}

/** The same figures by every method, the asked one as it was declared, and whether the verdict depends on the method. */
export type SideBySide = { methods: readonly Answer[]; verdictDependsOnMethod: boolean }

export function allMethods(asked: Question): SideBySide {
  const methods = methodNames.flatMap((method) => {
    if (method === asked.method) return [answerTo(asked)]
    const plain = byMethod(asked, method)
    return method === 'ratioDown' ? [plain, byMethod(asked, method, 'mirror')] : [plain]
  })
  const verdicts = new Set(methods.flatMap(({ verdict }) => verdict ?? []))
  return { methods, verdictDependsOnMethod: verdicts.size > 1 }
}
