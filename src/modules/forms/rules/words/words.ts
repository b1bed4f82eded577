/** Conditions and formulas in words: for the hint beside a conditional field, for reasons, and for those who design forms. */
import { formatBoth, isIsoDate } from '#core/dates.ts'
import { shownAnswer } from '../answers/kinds.ts'
import { grouped } from '../answers/numbers.ts'
import { partsOfField } from '../answers/parts.ts'
import type { Definition, Field } from '../definition/definition.ts'
import { type Computing, operandsOf } from '../engine/arithmetic.ts'
import type { Comparison, Condition, Formula, Subject, Test } from '../engine/language.ts'
import { en, ja, type Phrases } from './phrases.ts'

/** The names of a definition's parts, by id. */
export type Labels = {
  fields: ReadonlyMap<string, Field>
  conditions: ReadonlyMap<string, string>
  values: ReadonlyMap<string, { label: string; unit?: string | undefined }>
}

function* everyField(fields: readonly Field[]): Generator<Field> {
  for (const field of fields) {
    yield field
    if (field.kind === 'group' || field.kind === 'table') yield* everyField(field.fields)
  }
}

/** Also fields inside groups: ids are unique in the whole form. */
export const labelsOf = (definition: Definition): Labels => ({
  fields: new Map(definition.pages.flatMap((page) => [...everyField(page.fields)].map((field) => [field.id, field]))),
  conditions: new Map(definition.conditions?.map(({ id, name }) => [id, name])),
  values: new Map(definition.values?.map((value) => [value.id, value])),
})

const comparisons = ['is', 'isNot', 'atLeast', 'atMost', 'over', 'under'] as const

const plain = (text: string, unit = '') =>
  isIsoDate(text) ? formatBoth(text) : /^-?[0-9.]+$/.test(text) ? `${grouped(text)}${unit}` : text

/** 「お立場」, or 「住所」の都道府県. */
export function subjectOf(subject: Subject, { fields, values }: Labels, p: Phrases): string {
  if ('value' in subject) return p.quote(values.get(subject.value)?.label ?? subject.value)
  const field = fields.get(subject.field)
  const name = p.quote(field?.label ?? subject.field)
  if (subject.part === undefined) return name
  return p.part(name, (field && partsOfField(field).find((one) => one.name === subject.part)?.label) ?? subject.part)
}

function leaf(condition: Subject & Test, labels: Labels, p: Phrases): string {
  const subject = subjectOf(condition, labels, p)
  const field = 'field' in condition && condition.part === undefined ? labels.fields.get(condition.field) : undefined
  const unit = 'value' in condition ? labels.values.get(condition.value)?.unit : undefined
  const said = (text: string) =>
    field ? shownAnswer(field, field.kind === 'choices' ? [text] : text) : plain(text, unit)
  if ('answered' in condition) return p.answered(subject, 'value' in condition)
  if ('includes' in condition) return p.includes(subject, p.quote(said(condition.includes)))
  if ('in' in condition)
    return p.oneOf(
      subject,
      condition.in.map((one) => p.quote(said(one))),
    )
  const how = comparisons.find((one) => one in condition)!
  const value = (condition as unknown as Record<string, string>)[how]!
  const shown = how === 'is' || how === 'isNot' ? p.quote(said(value)) : said(value)
  return p.test(subject, how, shown, isIsoDate(value))
}

/** A condition as a clause. `nested`: it stands within another, so that it needs brackets where it has parts. */
export function phrase(condition: Condition, labels: Labels, p: Phrases, nested = false): string {
  if ('all' in condition || 'any' in condition) {
    const [parts, and] = 'all' in condition ? [condition.all, p.and] : [condition.any, p.or]
    if (parts.length === 1) return phrase(parts[0]!, labels, p, nested)
    const text = parts.map((part) => phrase(part, labels, p, true)).join(and)
    return nested ? p.brackets(text) : text
  }
  if ('not' in condition) {
    const inner = condition.not
    const kind = (['answered', 'is', 'includes'] as const).find((one) => one in inner)
    return p.not(phrase(inner, labels, p, true), kind)
  }
  if ('condition' in condition) return p.named(labels.conditions.get(condition.condition) ?? condition.condition)
  if ('some' in condition || 'every' in condition) {
    const { of, when } = 'some' in condition ? condition.some : condition.every
    const inner = phrase(when, labels, p)
    return p['some' in condition ? 'some' : 'every'](subjectOf({ field: of }, labels, p), inner)
  }
  if ('compare' in condition) {
    const [left, how, right] = condition.compare
    const dates = isDate(left, labels) || isDate(right, labels)
    return p.test(formulaPhrase(left, labels, p), how as Comparison, formulaPhrase(right, labels, p), dates)
  }
  return leaf(condition, labels, p)
}

const isDate = (formula: Formula, { fields }: Labels): boolean =>
  'date' in formula ||
  'today' in formula ||
  'plus' in formula ||
  ('field' in formula && fields.get(formula.field)?.kind === 'date')

const signs = { add: ' ＋ ', multiply: ' × ', subtract: ' − ' } as const

/** A formula as it would be read out. */
export function formulaPhrase(formula: Formula, labels: Labels, p: Phrases, nested = false): string {
  const read = (one: Formula) => formulaPhrase(one, labels, p, true)
  if ('number' in formula) return grouped(formula.number)
  if ('date' in formula) return formatBoth(formula.date)
  if ('text' in formula) return p.quote(formula.text)
  if ('today' in formula) return p.today
  if ('field' in formula || 'value' in formula) return subjectOf(formula, labels, p)
  if ('first' in formula) return p.first(p.list(formula.first.map(read)))
  if ('count' in formula || 'sum' in formula) {
    const { of, when } = 'count' in formula ? formula.count : formula.sum
    const group = subjectOf({ field: of }, labels, p)
    const taken = when && phrase(when, labels, p)
    return 'count' in formula ? p.count(group, taken) : p.sum(group, read(formula.sum.each), taken)
  }
  if ('table' in formula) {
    const { rows, else: otherwise } = formula.table
    const said = rows.map(({ when, gives }) => p.row(phrase(when, labels, p), read(gives)))
    return p.brackets(p.list(otherwise ? [...said, p.otherwise(read(otherwise))] : said))
  }
  return computingPhrase(formula, operandsOf(formula).map(read), p, nested)
}

/** The same for what is computed from operands, which are given in words (or as the values they had). */
export function computingPhrase(formula: Computing, operands: readonly string[], p: Phrases, nested = false): string {
  const [first = '', second = ''] = operands
  const sign = (['add', 'multiply', 'subtract'] as const).find((one) => one in formula)
  if (sign) return nested && operands.length > 1 ? p.brackets(operands.join(signs[sign])) : operands.join(signs[sign])
  if ('divide' in formula) return p.divide(first, second, formula.divide.digits, formula.divide.rounding ?? 'half-up')
  if ('round' in formula) return p.round(first, formula.round.digits, formula.round.rounding ?? 'half-up')
  if ('min' in formula) return p.least(p.list([...operands]))
  if ('max' in formula) return p.greatest(p.list([...operands]))
  if ('years' in formula) return p.years(first, second)
  if ('days' in formula) return p.days(first, second)
  const { years = 0, months = 0, days = 0 } = (formula as Extract<Computing, { plus: unknown }>).plus
  return p.plus(first, years, months, days)
}

export const inWords = {
  ja: (condition: Condition, labels: Labels) => phrase(condition, labels, ja),
  en: (condition: Condition, labels: Labels) => phrase(condition, labels, en),
}

/**
 * 「参加方法」が「会場」である場合にお答えください: the hint of a conditional field where its page cannot hide it (no
 * JavaScript), and the reason why it is shown.
 */
export function conditionInWords(definition: Definition, condition: Condition): string {
  return `${phrase(condition, labelsOf(definition), ja)}場合にお答えください`
}
