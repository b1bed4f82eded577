/**
 * Whether a condition holds and what a formula gives. The one engine for server and browser: no schema, no clock, no
 * document. A condition is true or false, a formula a value or nothing (null); each is `undefined` only while that hangs
 * on a field whose answer is still being typed (`open`).
 *
 * Conditions and formulas look only at fields above them, so whatever is asked here has been decided already, and a named
 * one has the same outcome wherever it is asked: it is computed once.
 */
import Big from 'big.js'
import { apply, type Computing, compared, operandsOf, type Value } from './arithmetic.ts'
import type { Answer, Condition, Formula, Row, Subject, Test } from './language.ts'
import { answerOf, lookUp, outermost, type Scope } from './scope.ts'

const decimal = /^-?[0-9]+(\.[0-9]+)?$/

/** What a text is when values are compared: a date and a text are their own, a decimal is a number. */
const valueOfText = (text: string): Value => (decimal.test(text) ? new Big(text) : text)

const subjectAnswer = (subject: { field: string; part?: string | undefined }, scope: Scope): Answer | undefined => {
  const answer = lookUp(scope, subject.field)
  if (subject.part === undefined) return answer
  return answer && typeof answer === 'object' && !Array.isArray(answer)
    ? answerOf(answer as Row, subject.part)
    : undefined
}

const comparisons = ['is', 'isNot', 'atLeast', 'atMost', 'over', 'under'] as const

function passes(subject: Subject & Test, scope: Scope): boolean | undefined {
  let answer: Answer | Value | null | undefined
  if ('value' in subject) {
    answer = valueFrom({ value: subject.value }, scope)
    if (answer === undefined) return undefined
  } else {
    if (scope.open.has(subject.field)) return undefined
    answer = subjectAnswer(subject, scope)
  }
  if (answer === undefined || answer === null) return false
  if ('answered' in subject) return true
  if ('includes' in subject) return Array.isArray(answer) && answer.some((one) => one === subject.includes)
  const plain = answer instanceof Big || typeof answer === 'string' ? answer : null
  if ('in' in subject) return plain !== null && subject.in.some((one) => same(plain, one))
  if ('is' in subject) return plain !== null && same(plain, subject.is)
  if ('isNot' in subject) return plain === null || !same(plain, subject.isNot)
  if (plain === null) return false
  const how = comparisons.find((one) => one in subject)!
  const bound = (subject as unknown as Record<string, string>)[how]!
  return compared(typeof plain === 'string' ? valueOfText(plain) : plain, how, valueOfText(bound))
}

/** A calculated number is the same as a written one in any spelling; an answer has one spelling only. */
const same = (answer: Value, text: string): boolean =>
  typeof answer === 'string' ? answer === text : decimal.test(text) && answer.eq(text)

/** Whether a condition holds; undefined while that depends on a field in `open`. */
export function holds(condition: Condition, scope: Scope): boolean | undefined {
  if ('all' in condition) return every(condition.all, scope)
  if ('any' in condition)
    return opposite(
      every(
        condition.any.map((part) => ({ not: part })),
        scope,
      ),
    )
  if ('not' in condition) return opposite(holds(condition.not, scope))
  if ('condition' in condition) {
    const { conditions, held } = scope.named
    if (!held.has(condition.condition)) {
      const when = conditions.get(condition.condition)
      held.set(condition.condition, when ? holds(when, outermost(scope)) : false)
    }
    return held.get(condition.condition)
  }
  if ('some' in condition) return opposite(everyRow(condition.some.of, { not: condition.some.when }, scope))
  if ('every' in condition) return everyRow(condition.every.of, condition.every.when, scope)
  if ('compare' in condition) {
    const [left, how, right] = condition.compare
    const [a, b] = [valueFrom(left, scope), valueFrom(right, scope)]
    if (a === null || b === null) return false
    return a === undefined || b === undefined ? undefined : compared(a, how, b)
  }
  return passes(condition, scope)
}

const opposite = (held: boolean | undefined) => (held === undefined ? undefined : !held)

function every(conditions: readonly Condition[], scope: Scope): boolean | undefined {
  let unsure = false
  for (const condition of conditions) {
    const held = holds(condition, scope)
    if (held === false) return false
    if (held === undefined) unsure = true
  }
  return unsure ? undefined : true
}

/** The rows of a group, each as a scope of its own; undefined while they are being typed. */
function rowsOf(group: string, scope: Scope): Scope[] | undefined {
  if (scope.open.has(group)) return undefined
  const rows = lookUp(scope, group)
  return Array.isArray(rows) ? (rows as Row[]).map((row) => ({ ...scope, row, outer: scope })) : []
}

function everyRow(group: string, condition: Condition, scope: Scope): boolean | undefined {
  const held = rowsOf(group, scope)?.map((row) => holds(condition, row))
  return !held || (held.includes(undefined) && !held.includes(false)) ? undefined : !held.includes(false)
}

/** What a formula gives: null where something that it needs is not known, undefined while that is being typed. */
export function valueFrom(formula: Formula, scope: Scope): Value | null | undefined {
  if ('number' in formula) return new Big(formula.number)
  if ('date' in formula) return formula.date
  if ('text' in formula) return formula.text
  if ('today' in formula) return scope.today ?? null
  if ('field' in formula) {
    if (scope.open.has(formula.field)) return undefined
    const answer = subjectAnswer(formula, scope)
    return typeof answer === 'string' ? valueOfText(answer) : null
  }
  if ('value' in formula) {
    const { values, given } = scope.named
    if (!given.has(formula.value)) {
      const inner = values.get(formula.value)
      given.set(formula.value, inner ? valueFrom(inner, outermost(scope)) : null)
    }
    return given.get(formula.value)
  }
  if ('first' in formula) {
    for (const one of formula.first) {
      const value = valueFrom(one, scope)
      if (value !== null) return value
    }
    return null
  }
  if ('count' in formula || 'sum' in formula) return overRows(formula, scope)
  if ('table' in formula) return fromTable(formula.table, scope)
  return computed(formula, scope)
}

function overRows(
  formula: Extract<Formula, { count: unknown }> | Extract<Formula, { sum: unknown }>,
  scope: Scope,
): Value | null | undefined {
  const { of, when } = 'count' in formula ? formula.count : formula.sum
  if (scope.open.has(of)) return undefined
  let total = new Big(0)
  const chosen = lookUp(scope, of)
  // Choices and files are counted as they are: they have no fields inside.
  if ('count' in formula && !when) return new Big(Array.isArray(chosen) ? chosen.length : 0)
  for (const row of rowsOf(of, scope) ?? []) {
    const taken = when ? holds(when, row) : true
    if (taken === undefined) return undefined
    if (!taken) continue
    const value = 'count' in formula ? new Big(1) : valueFrom(formula.sum.each, row)
    if (value === undefined) return undefined
    if (value instanceof Big) total = total.plus(value)
  }
  return total
}

function fromTable(
  { hit = 'unique', rows, else: otherwise }: Extract<Formula, { table: unknown }>['table'],
  scope: Scope,
): Value | null | undefined {
  const hits: Formula[] = []
  for (const { when, gives } of rows) {
    const held = holds(when, scope)
    if (held === undefined) return undefined
    if (held) hits.push(gives)
    if (held && hit === 'first') break
  }
  if (hits.length === 0) return otherwise ? valueFrom(otherwise, scope) : null
  if (hit === 'sum') return computed({ add: hits }, scope)
  return hits.length === 1 ? valueFrom(hits[0]!, scope) : null
}

function computed(formula: Computing, scope: Scope): Value | null | undefined {
  const values: Value[] = []
  let open = false
  for (const operand of operandsOf(formula)) {
    const value = valueFrom(operand, scope)
    if (value === null) return null
    if (value === undefined) open = true
    else values.push(value)
  }
  return open ? undefined : apply(formula, values)
}
