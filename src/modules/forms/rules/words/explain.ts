/**
 * What follows from answers and why, in sentences: which pages and fields are shown, which are required, what is computed.
 * The outcome is the engine's own (`decide`); only words are added.
 *
 * In one file, as the engine's order of deciding is one.
 */

import { checkAnswers } from '../answers/answers.ts'
import { shownAnswer } from '../answers/kinds.ts'
import { grouped } from '../answers/numbers.ts'
import type { Definition, Field, Page } from '../definition/definition.ts'
import { type Computing, operandsOf, type Value, written } from '../engine/arithmetic.ts'
import { holds, valueFrom } from '../engine/decide.ts'
import { type DecidedField, type DecidedPage, type Decision, decide } from '../engine/evaluate.ts'
import type { Answer, Answers, Condition, Formula, Row, Subject, Test } from '../engine/language.ts'
import { lookUp, type Scope } from '../engine/scope.ts'
import { dependencies } from '../engine/walk.ts'
import { filed, journey } from '../journey/journey.ts'
import { en, ja } from './phrases.ts'
import { reasons, type Said } from './reasons.ts'
import { computingPhrase, formulaPhrase, type Labels, labelsOf, phrase, subjectOf } from './words.ts'

export type ExplainedField = {
  id: string
  label: string
  shown: boolean
  why: Said
  need: DecidedField['need']
  whyNeed?: Said
  /** What counts as its answer, and the same in words. */
  answer?: Answer
  text?: string
  /** Of a computed field. */
  how?: Said
  /** Options that are not offered. */
  without?: string[]
  rows?: ExplainedField[][]
}

export type Explanation = {
  complete: boolean
  ended?: string
  pages: { id: string; title: string; shown: boolean; why: Said; fields: ExplainedField[] }[]
  conditions: { id: string; name: string; holds: boolean; why: Said }[]
  values: { id: string; label: string; value: string | null; how: Said }[]
  /** What is wrong or missing, by field. */
  errors: Record<string, string>
  /** What a filing would contain: shown fields alone. */
  filed: Answers
}

const inBoth = (say: (p: typeof ja) => string): Said => ({ ja: say(ja), en: say(en) })
const shownValue = (value: Value) => (typeof value === 'string' ? value : grouped(written(value)))

/** The present state of what a condition asks about: the facts that made it hold or not, and no others. */
function factsOf(condition: Condition, scope: Scope, labels: Labels): Said[] {
  if ('all' in condition || 'any' in condition) {
    const parts = 'all' in condition ? condition.all : condition.any
    // A conjunction fails by those parts that fail; a disjunction holds by those that hold.
    const deciding = parts.filter((part) => (holds(part, scope) === true) === 'any' in condition)
    return unique((deciding.length > 0 ? deciding : parts).flatMap((part) => factsOf(part, scope, labels)))
  }
  if ('not' in condition) return factsOf(condition.not, scope, labels)
  if ('condition' in condition) {
    const when = scope.named.conditions.get(condition.condition)
    return when ? factsOf(when, scope, labels) : []
  }
  if ('some' in condition || 'every' in condition) {
    const said = inBoth((p) => phrase(condition, labels, p))
    return [holds(condition, scope) ? reasons.holds(said) : reasons.holdsNot(said)]
  }
  if ('compare' in condition) {
    const [left, , right] = condition.compare
    return unique([left, right].flatMap((one) => factsOfFormula(one, scope, labels)))
  }
  return [factOf(condition, scope, labels)]
}

const unique = (facts: readonly Said[]) => facts.filter((fact, n) => facts.findIndex(({ ja }) => ja === fact.ja) === n)

function factOf(condition: Subject & Test, scope: Scope, labels: Labels): Said {
  const subject = inBoth((p) => subjectOf(condition, labels, p))
  if ('value' in condition) {
    const value = valueFrom(condition, scope)
    return value == null ? reasons.nothing(subject) : reasons.given(subject, shownValue(value))
  }
  const answer = lookUp(scope, condition.field)
  const field = labels.fields.get(condition.field)
  if (answer === undefined || !field) return reasons.unanswered(subject)
  const part = condition.part === undefined ? undefined : (answer as Record<string, string>)[condition.part]
  return reasons.answered(subject, condition.part === undefined ? shownAnswer(field, answer) : (part ?? ''))
}

/** What a formula was computed from: a constant needs no saying. */
function factsOfFormula(formula: Formula, scope: Scope, labels: Labels): Said[] {
  if ('number' in formula || 'date' in formula || 'text' in formula) return []
  const subject = inBoth((p) => formulaPhrase(formula, labels, p))
  const value = valueFrom(formula, scope)
  return [value == null ? reasons.nothing(subject) : reasons.given(subject, shownValue(value))]
}

/** How a formula came to what it gives: 「1,000 × 3 ＝ 3,000」, or what is missing. */
function howOf(formula: Formula, scope: Scope, labels: Labels, definition: Definition): Said {
  const value = valueFrom(formula, scope)
  if (value == null) {
    const { fields } = dependencies(definition, [{ formula }])
    const missing = [...fields].filter((id) => lookUp(scope, id) === undefined)
    return reasons.noValue(missing.map((id) => reasons.unanswered(inBoth((p) => subjectOf({ field: id }, labels, p)))))
  }
  if ('value' in formula) {
    const inner = scope.named.values.get(formula.value)
    return inner ? howOf(inner, scope, labels, definition) : reasons.noValue([])
  }
  const text = shownValue(value)
  if ('table' in formula && formula.table.hit !== 'sum') {
    const n = formula.table.rows.findIndex(({ when }) => holds(when, scope))
    const row = formula.table.rows[n]
    return row
      ? reasons.row(
          n,
          inBoth((p) => phrase(row.when, labels, p)),
          text,
        )
      : reasons.otherwise(text)
  }
  if (isComputing(formula)) {
    const operands = operandsOf(formula).map((one) => {
      const operand = valueFrom(one, scope)
      return operand == null ? '' : shownValue(operand)
    })
    return reasons.computed(
      inBoth((p) => computingPhrase(formula, operands, p)),
      text,
    )
  }
  return reasons.computed(
    inBoth((p) => formulaPhrase(formula, labels, p)),
    text,
  )
}

const isComputing = (formula: Formula): formula is Computing =>
  !['number', 'date', 'text', 'today', 'field', 'value', 'first', 'count', 'sum', 'table'].some((key) => key in formula)

type Telling = { definition: Definition; labels: Labels; decision: Decision }

const byCondition = (
  condition: Condition | undefined,
  outcome: Said,
  otherwise: Said,
  scope: Scope,
  labels: Labels,
) => {
  const facts = condition ? factsOf(condition, scope, labels) : []
  return facts.length > 0 ? reasons.because(facts, outcome) : otherwise
}

function whyPage({ definition, labels, decision }: Telling, page: Page, { cause, shown }: DecidedPage): Said {
  const titleOf = (id: string) => definition.pages.find((one) => one.id === id)?.title ?? id
  if (cause.by === 'skipped') {
    const when = definition.pages.find(({ id }) => id === cause.page)?.skip?.[cause.rule]?.when
    return reasons.skipped(titleOf(cause.page), when ? factsOf(when, decision.scope, labels) : [])
  }
  if (cause.by === 'ended') return reasons.ended(titleOf(cause.page))
  if (cause.by === 'empty') return reasons.empty
  const outcome = shown ? reasons.shown : reasons.hidden
  return byCondition(page.showIf, outcome, shown ? reasons.alwaysShown : reasons.hidden, decision.scope, labels)
}

function whyField({ labels }: Telling, page: Page, field: Field, { cause, shown }: DecidedField, scope: Scope): Said {
  if (cause.by === 'page') return reasons.page(page.title)
  if (cause.by === 'section') {
    const section = page.sections?.find(({ id }) => id === cause.section)
    return reasons.section(section?.title ?? '', section?.showIf ? factsOf(section.showIf, scope, labels) : [])
  }
  const outcome = shown ? reasons.shown : reasons.hidden
  return byCondition(field.showIf, outcome, shown ? reasons.alwaysShown : reasons.hidden, scope, labels)
}

function whyNeed({ labels }: Telling, field: Field, { need }: DecidedField, scope: Scope): Said {
  const { required, requiredIf, softRequired } = field as Partial<Extract<Field, { kind: 'text' }>>
  if (need === 'required') {
    return required
      ? reasons.alwaysRequired
      : byCondition(requiredIf, reasons.required, reasons.alwaysRequired, scope, labels)
  }
  if (need === 'soft') return byCondition(softRequired?.when, reasons.soft, reasons.alwaysSoft, scope, labels)
  return byCondition(requiredIf, reasons.notRequired, reasons.optional, scope, labels)
}

function explainField(telling: Telling, page: Page, field: Field, decided: DecidedField, scope: Scope): ExplainedField {
  const { id, shown, need, answer, without, rows } = decided
  const explained: ExplainedField = {
    id,
    label: field.label,
    shown,
    why: whyField(telling, page, field, decided, scope),
    need,
  }
  if (!shown) return explained
  if (field.kind !== 'note' && field.kind !== 'computed') explained.whyNeed = whyNeed(telling, field, decided, scope)
  if (answer !== undefined) Object.assign(explained, { answer, text: shownAnswer(field, answer) })
  if (field.kind === 'computed') explained.how = howOf(field.formula, scope, telling.labels, telling.definition)
  if (without) explained.without = without
  if (rows && 'fields' in field) {
    explained.rows = rows.map((row, n) => {
      const inner: Scope = { ...scope, row: (answer as Row[])[n]!, outer: scope }
      return row.map((one, f) => explainField(telling, page, field.fields[f]!, one, inner))
    })
  }
  return explained
}

/**
 * Explains a form and its answers, which are checked first: what is not right is in `errors` and counts as not answered.
 * `today`: an ISO date, for what hangs on the day. Never throws on a definition that `parseDefinition` has accepted.
 */
export function explain(definition: Definition, given: unknown, today?: string): Explanation {
  const { answers } = checkAnswers(definition, given, today)
  const decision = decide(definition, answers, today)
  const labels = labelsOf(definition)
  const telling: Telling = { definition, labels, decision }
  const { scope } = decision
  const { complete } = journey(definition, given as Answers, today)
  return {
    complete,
    ...(decision.ended !== undefined && { ended: decision.ended }),
    pages: definition.pages.map((page, p) => {
      const decided = decision.pages[p]!
      const fields = page.fields.map((field, f) => explainField(telling, page, field, decided.fields[f]!, scope))
      return { id: page.id, title: page.title, shown: decided.shown, why: whyPage(telling, page, decided), fields }
    }),
    conditions: (definition.conditions ?? []).map(({ id, name, when }) => {
      const held = holds({ condition: id }, scope) === true
      const facts = factsOf(when, scope, labels)
      const outcome = held ? { ja: '成り立ちます', en: 'it holds' } : { ja: '成り立ちません', en: 'it does not hold' }
      return { id, name, holds: held, why: facts.length > 0 ? reasons.because(facts, outcome) : outcome }
    }),
    values: (definition.values ?? []).map(({ id, label, formula }) => {
      const value = valueFrom({ value: id }, scope)
      return { id, label, value: value == null ? null : written(value), how: howOf(formula, scope, labels, definition) }
    }),
    errors: checkAnswers(definition, given, today).errors,
    filed: filed(definition, given as Answers, today),
  }
}
