/**
 * Whether conditions and formulas make sense: what they name is there and above, and has the type that is asked for. In one
 * file, since conditions hold formulas and formulas conditions.
 */
import { isIsoDate } from '#core/dates.ts'
import { readField } from '../answers/kinds.ts'
import { partsOfField } from '../answers/parts.ts'
import type { Field } from '../definition/definition.ts'
import type { Condition, Formula, Subject, Test } from '../engine/language.ts'
import { dependencies, partsOf } from '../engine/walk.ts'
import { type Fault, sentences } from './faults.ts'

export type Path = readonly PropertyKey[]
export type Report = (path: Path, sentence: Omit<Fault, 'path'>) => void

export type ValueType = 'number' | 'date' | 'text'

/** What may be named at a place. */
export type Place = {
  /** Every field of the form, inside groups too. */
  all: ReadonlyMap<string, Field>
  /** Those that can be asked about here: above, and of this row or outside of all rows. */
  here: ReadonlyMap<string, Field>
  /** The ids of fields that stand in no group. */
  top: ReadonlySet<string>
  conditions: ReadonlyMap<string, Condition>
  values: ReadonlyMap<string, Formula>
  /** What each value gives, so far as it is known. */
  types: Map<string, ValueType | undefined>
  /** The named conditions and values, for what they hang on; absent where they themselves are checked. */
  logic?: Parameters<typeof dependencies>[0]
  report: Report
}

const equal = ['is', 'isNot']
const bounds = ['atLeast', 'atMost', 'over', 'under']
const plain = ['in', ...equal, 'answered']
const ordered = ['in', ...bounds, ...equal, 'answered']

/** Which tests make sense for a kind; the others could never hold, or always would. */
const tests: Record<Field['kind'], readonly string[]> = {
  text: plain,
  'long-text': ['answered'],
  choice: plain,
  choices: ['includes', 'answered'],
  ranking: ['answered'],
  'yes-no': plain,
  declaration: ['answered'],
  scale: ordered,
  number: ordered,
  yen: ordered,
  date: ordered,
  month: ordered,
  time: ordered,
  file: ['answered'],
  mail: plain,
  phone: plain,
  url: plain,
  kana: plain,
  name: ['answered'],
  postcode: plain,
  address: ['answered'],
  'corporate-number': plain,
  'bank-account': ['answered'],
  iban: plain,
  place: ['answered'],
  note: [],
  computed: ordered,
  group: ['answered'],
  table: ['answered'],
}

const decimal = /^-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$/
const isDecimal = (text: string) => decimal.test(text) && text !== '-0'

/** The type that a field has in formulas, if it has one. */
function typeOfField(field: Field, { types }: Pick<Place, 'types'>): ValueType | undefined {
  if (['number', 'yen', 'scale'].includes(field.kind)) return 'number'
  if (field.kind === 'date') return 'date'
  if (field.kind === 'choice' && field.options.every(({ value }) => isDecimal(value))) return 'number'
  return field.kind === 'computed' ? types.get(`field ${field.id}`) : undefined
}

/** A field, a part of one, or a value: named, there, and above. */
function checkSubject(subject: Subject, path: Path, place: Place): Field | undefined {
  if ('value' in subject) {
    if (!place.values.has(subject.value)) place.report([...path, 'value'], sentences.unknownValue(subject.value))
    else checkNamed({ formula: subject }, [...path, 'value'], subject.value, place)
    return undefined
  }
  const field = fieldHere(subject.field, [...path, 'field'], place)
  if (field && subject.part !== undefined && !partsOfField(field).some(({ name }) => name === subject.part)) {
    place.report([...path, 'part'], sentences.unknownPart(subject.part, field.id))
    return undefined
  }
  return field
}

function fieldHere(id: string, path: Path, { all, here, report }: Place): Field | undefined {
  const field = here.get(id)
  if (!field) report(path, all.has(id) ? sentences.forward(id) : sentences.unknownField(id))
  return field
}

/** A named condition or value may be used where everything that it hangs on stands above. */
function checkNamed(used: { condition: Condition } | { formula: Formula }, path: Path, id: string, place: Place) {
  if (!place.logic) return
  for (const field of dependencies(place.logic, [used]).fields) {
    // What is inside a group is asked about row by row, by the named one itself.
    if (place.top.has(field) && !place.here.has(field)) place.report(path, sentences.forwardBy(id, field))
  }
}

function checkTest(condition: Subject & Test, path: Path, place: Place) {
  const field = checkSubject(condition, path, place)
  const test = Object.keys(condition).find((key) => !['field', 'part', 'value'].includes(key))!
  const isValue = 'value' in condition
  const type = isValue ? typeOf({ value: condition.value }, path, place) : undefined
  if (isValue ? type === undefined : !field) return
  const part = !isValue && condition.part !== undefined
  const degrees = field?.kind === 'place'
  const computed = field?.kind === 'computed' ? place.types.get(`field ${field.id}`) : type
  const allowed = part
    ? degrees
      ? ordered
      : plain
    : isValue || (field?.kind === 'computed' && computed === 'text')
      ? computed === 'text'
        ? plain
        : ordered
      : tests[field!.kind]
  if (!allowed.includes(test)) {
    const [name, kind] = isValue ? [condition.value, String(type)] : [field!.id, field!.kind]
    place.report([...path, test], sentences.wrongTest(name, kind, allowed.join('・')))
    return
  }
  if (test === 'answered') return
  const given = (condition as unknown as Record<string, string | string[]>)[test]!
  for (const value of [given].flat()) {
    const sentence = part
      ? wrongPart(field!, condition.part!, value)
      : isValue || field!.kind === 'computed'
        ? wrongOfType(value, computed)
        : wrongValue(field!, value)
    if (sentence) place.report([...path, test], sentence)
  }
}

const wrongOfType = (value: string, type: ValueType | undefined) => {
  if (type === 'number' && !isDecimal(value)) return sentences.noNumber(value)
  return type === 'date' && !isIsoDate(value) ? sentences.noSuchDate(value) : undefined
}

function wrongPart(field: Field, part: string, value: string) {
  if (field.kind === 'place' && !isDecimal(value)) return sentences.noNumber(value)
  const options = partsOfField(field).find(({ name }) => name === part)?.options
  return options && !options.includes(value) ? sentences.unknownOption(value, field.id) : undefined
}

/** What a value is compared with has to be written as an answer is. */
function wrongValue(field: Field, value: string) {
  if ('options' in field) {
    return field.options.some((option) => option.value === value) ? undefined : sentences.unknownOption(value, field.id)
  }
  if (['number', 'yen', 'scale'].includes(field.kind)) return wrongOfType(value, 'number')
  if (field.kind === 'date') return wrongOfType(value, 'date')
  if (!['yes-no', 'month', 'time', 'postcode', 'corporate-number', 'kana', 'iban'].includes(field.kind))
    return undefined
  return readField(field, { values: [value] }).answer === value ? undefined : sentences.unspelled(value, field.kind)
}

/** Reports what is wrong with a condition, at its path. */
export function checkCondition(condition: Condition, path: Path, place: Place): void {
  if ('condition' in condition) {
    const at = [...path, 'condition']
    if (!place.conditions.has(condition.condition)) place.report(at, sentences.unknownCondition(condition.condition))
    else checkNamed({ condition }, at, condition.condition, place)
    return
  }
  if ('compare' in condition) {
    const [left, , right] = condition.compare
    const [a, b] = [typeOf(left, [...path, 'compare', 0], place), typeOf(right, [...path, 'compare', 2], place)]
    if (a && b && a !== b) place.report([...path, 'compare'], sentences.twoTypes(a, b))
    return
  }
  if (('field' in condition || 'value' in condition) && !('all' in condition)) {
    checkTest(condition as Subject & Test, path, place)
    return
  }
  for (const part of partsOf({ condition })) {
    if (!('condition' in part)) continue
    const inside = part.within === undefined ? place : rowsOf(part.within, [...path, part.path[0]!, 'of'], place)
    if (inside) checkCondition(part.condition, [...path, ...part.path], inside)
  }
}

/** The place inside the rows of a group: its fields join what can be asked about. */
export function rowsOf(group: string, path: Path, place: Place): Place | undefined {
  const field = fieldHere(group, path, place)
  if (!field) return undefined
  if (field.kind !== 'group' && field.kind !== 'table') {
    place.report(path, sentences.noGroup(group))
    return undefined
  }
  return { ...place, here: new Map([...place.here, ...field.fields.map((one) => [one.id, one] as const)]) }
}

/** The type of what a formula gives; reports what is wrong with it, and then gives nothing. */
export function typeOf(formula: Formula, path: Path, place: Place): ValueType | undefined {
  if ('number' in formula) return 'number'
  if ('date' in formula || 'today' in formula) return 'date'
  if ('text' in formula) return 'text'
  if ('field' in formula) return typeOfSubject(formula, path, place)
  if ('value' in formula) {
    checkSubject(formula, path, place)
    return place.types.get(formula.value)
  }
  if ('count' in formula && !formula.count.when) {
    const field = fieldHere(formula.count.of, [...path, 'count', 'of'], place)
    const counted = ['group', 'table', 'choices', 'ranking', 'file']
    if (field && !counted.includes(field.kind)) place.report([...path, 'count', 'of'], sentences.noGroup(field.id))
    return 'number'
  }
  const found = new Map<string, ValueType | undefined>()
  for (const part of partsOf({ formula })) {
    const at = [...path, ...part.path]
    const inside = part.within === undefined ? place : rowsOf(part.within, [...path, part.path[0]!, 'of'], place)
    if (!inside) return undefined
    if ('condition' in part) checkCondition(part.condition, at, inside)
    else found.set(part.path.join('.'), typeOf(part.formula, at, inside))
  }
  return resultOf(formula, path, [...found.values()], place)
}

function typeOfSubject(formula: { field: string; part?: string | undefined }, path: Path, place: Place) {
  const field = checkSubject(formula, path, place)
  if (!field) return undefined
  if (formula.part !== undefined) {
    if (field.kind === 'place') return 'number'
    place.report([...path, 'part'], sentences.noValue(field.id))
    return undefined
  }
  const type = typeOfField(field, place)
  if (!type && field.kind !== 'computed') place.report([...path, 'field'], sentences.noValue(field.id))
  return type
}

function resultOf(formula: Formula, path: Path, operands: (ValueType | undefined)[], { report }: Place) {
  if (operands.some((type) => type === undefined)) return 'count' in formula ? 'number' : undefined
  const types = [...new Set(operands)]
  const want = 'years' in formula || 'days' in formula || 'plus' in formula ? 'date' : 'number'
  if ('count' in formula) return 'number'
  if ('first' in formula || 'min' in formula || 'max' in formula || 'table' in formula) {
    const summed = 'table' in formula && formula.table.hit === 'sum'
    if (types.length > 1) report(path, sentences.twoTypes(String(types[0]), String(types[1])))
    else if (summed && types[0] !== 'number') report(path, sentences.wantsType('number'))
    else if (('min' in formula || 'max' in formula) && types[0] === 'text') report(path, sentences.wantsType('number'))
    else return types[0]
    return undefined
  }
  if (types.some((type) => type !== want)) {
    report(path, sentences.wantsType(want))
    return undefined
  }
  return 'plus' in formula ? 'date' : 'number'
}
