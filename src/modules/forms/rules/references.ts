/** What the parts of a definition say about each other: names, and conditions that point to other fields. */
import { isIsoDate } from '#core/dates.ts'
import type { Definition, Field } from './definition.ts'
import type { Condition } from './evaluate.ts'
import { type Fault, pathOf, sentences } from './faults.ts'

type Path = readonly PropertyKey[]
type Report = (path: Path, sentence: { ja: string; en: string }) => void

/**
 * Names of fields become ids in HTML, keys of answers and names of inputs (`birth.year`), so dots are out; a leading
 * underscore is for the house (`_csrf`, `_check`); `main` is the page's own; and names that every object has would make a
 * lookup lie.
 */
const reserved = (id: string) => id.startsWith('_') || id === 'main' || id in Object.prototype

function checkId(id: string, path: Path, seen: Map<string, string>, report: Report) {
  if (reserved(id)) report(path, sentences.idReserved(id))
  else if (!/^[a-z][a-z0-9-]{0,59}$/.test(id)) report(path, sentences.idForm(id))
  const first = seen.get(id)
  if (first !== undefined) report(path, sentences.idTwice(id, first))
  else seen.set(id, pathOf(path))
}

/** A field's hint, error and further options have ids made from its own: `as-hint`, `as-2`. No other field may be one. */
function checkMadeIds(id: string, fields: ReadonlyMap<string, Field>, path: Path, report: Report) {
  const made = /^(.+)-([0-9]+|hint|error|count|limits)$/.exec(id)
  const owner = made && fields.get(made[1]!)
  const numbered = made && /[0-9]/.test(made[2]!)
  if (owner && (!numbered || 'options' in owner)) report(path, sentences.idClash(id, owner.id))
}

function checkField(field: Field, path: Path, report: Report) {
  if (field.kind === 'choice' || field.kind === 'choices') {
    const values = new Set<string>()
    field.options.forEach((option, n) => {
      if (values.has(option.value)) report([...path, 'options', n, 'value'], sentences.optionTwice(option.value))
      values.add(option.value)
    })
  }
  if (field.kind === 'date' && field.earliest && field.latest && field.latest < field.earliest) {
    report([...path, 'latest'], sentences.noDay)
  }
}

/** Which tests make sense for a kind; the others could never hold, or always would. */
const tests: Record<Field['kind'], readonly string[]> = {
  text: ['is', 'isNot', 'answered'],
  'long-text': ['answered'],
  choice: ['is', 'isNot', 'answered'],
  choices: ['includes', 'answered'],
  date: ['is', 'isNot', 'answered'],
  file: ['answered'],
  mail: ['is', 'isNot', 'answered'],
  phone: ['is', 'isNot', 'answered'],
}

function checkCondition(
  condition: Condition,
  path: Path,
  all: ReadonlyMap<string, Field>,
  earlier: ReadonlyMap<string, Field>,
  report: Report,
): void {
  if ('all' in condition || 'any' in condition) {
    const key = 'all' in condition ? 'all' : 'any'
    const parts = 'all' in condition ? condition.all : condition.any
    parts.forEach((part, n) => {
      checkCondition(part, [...path, key, n], all, earlier, report)
    })
    return
  }
  if ('not' in condition) {
    checkCondition(condition.not, [...path, 'not'], all, earlier, report)
    return
  }

  const field = earlier.get(condition.field)
  if (!field) {
    const known = all.has(condition.field)
    report([...path, 'field'], known ? sentences.forward(condition.field) : sentences.unknownField(condition.field))
    return
  }
  const test = Object.keys(condition).find((key) => key !== 'field')!
  if (!tests[field.kind].includes(test)) {
    report([...path, test], sentences.wrongTest(field.id, field.kind, tests[field.kind].join('・')))
    return
  }
  if (test === 'answered') return
  const value = (condition as Record<string, string>)[test]!
  if ('options' in field && !field.options.some((option) => option.value === value)) {
    report([...path, test], sentences.unknownOption(value, field.id))
  }
  if (field.kind === 'date' && !isIsoDate(value)) report([...path, test], sentences.noSuchDate(value))
}

/** Every fault of names and references in a definition of the right shape, in the order of the form. */
export function references(definition: Definition): Fault[] {
  const faults: Fault[] = []
  const report: Report = (path, sentence) => faults.push({ path: pathOf(path), ja: sentence.ja, en: sentence.en })
  const byId = new Map(definition.pages.flatMap((page) => page.fields.map((field) => [field.id, field] as const)))
  const earlier = new Map<string, Field>()
  const pageIds = new Map<string, string>()
  const fieldIds = new Map<string, string>()

  definition.pages.forEach((page, p) => {
    const path = ['pages', p]
    checkId(page.id, [...path, 'id'], pageIds, report)
    if (page.showIf) checkCondition(page.showIf, [...path, 'showIf'], byId, earlier, report)
    if (page.fields.length === 0) report([...path, 'fields'], sentences.emptyPage)
    page.fields.forEach((field, f) => {
      const at = [...path, 'fields', f]
      checkId(field.id, [...at, 'id'], fieldIds, report)
      checkMadeIds(field.id, byId, [...at, 'id'], report)
      checkField(field, at, report)
      if (field.showIf) checkCondition(field.showIf, [...at, 'showIf'], byId, earlier, report)
      earlier.set(field.id, field)
    })
  })
  return faults
}
