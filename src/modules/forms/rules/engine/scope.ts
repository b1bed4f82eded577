/** What conditions and formulas look at: the answers that count, by now. */
import type { Value } from './arithmetic.ts'
import type { Answer, Condition, Formula, Logic, Row } from './language.ts'

export type Scope = {
  known: ReadonlyMap<string, Answer>
  /** Fields whose answers are still being typed. */
  open: ReadonlySet<string>
  /** The named conditions and values, and what they came to. */
  named: Index
  /** ISO date; without it whatever hangs on the day gives nothing. */
  today?: string | undefined
  /** The row that is looked at, within the rest. */
  row?: Row | undefined
  outer?: Scope | undefined
}

export type Index = {
  conditions: ReadonlyMap<string, Condition>
  values: ReadonlyMap<string, Formula>
  held: Map<string, boolean | undefined>
  given: Map<string, Value | null | undefined>
}

export const indexOf = (logic: Pick<Logic, 'conditions' | 'values'>): Index => ({
  conditions: new Map(logic.conditions?.map(({ id, when }) => [id, when])),
  values: new Map(logic.values?.map(({ id, formula }) => [id, formula])),
  held: new Map(),
  given: new Map(),
})

/** The answer to a field, or undefined: also for an empty text, list or set of parts, and for names every object has. */
export function answerOf(answers: Record<string, Answer>, field: string): Answer | undefined {
  if (!Object.hasOwn(answers, field)) return undefined
  const answer = answers[field]
  if (answer === null || answer === undefined) return undefined
  if (typeof answer === 'string' || Array.isArray(answer)) return answer.length === 0 ? undefined : answer
  return Object.keys(answer).length === 0 ? undefined : answer
}

/** The answer that counts, in the row that is looked at or around it. */
export function lookUp(scope: Scope, field: string): Answer | undefined {
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    const answer = at.row ? answerOf(at.row, field) : at.known.get(field)
    if (answer !== undefined) return answer
  }
  return undefined
}

/** Named conditions and values stand outside of all rows. */
export const outermost = (scope: Scope): Scope => (scope.outer ? outermost(scope.outer) : scope)
