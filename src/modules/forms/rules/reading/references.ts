/** What the parts of a definition say about each other: names, bounds, order, and conditions that point to other fields. In one file, since each check needs the names that the one before has found. */
import Big from 'big.js'
import { boundOn } from '../answers/bounds.ts'
import type { Definition, Field, Page } from '../definition/definition.ts'
import { checkPage } from '../engine/language.ts'
import { labelsOf } from '../words/words.ts'
import { type Fault, pathOf, sentences } from './faults.ts'
import { graphOf, orderOf } from './graph.ts'
import { checkCondition, type Path, type Place, type Report, typeOf } from './meaning.ts'
import { checkSizes, limits } from './sizes.ts'

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
  if (owner && (!numbered || 'options' in owner || ['yes-no', 'scale'].includes(owner.kind)))
    report(path, sentences.idClash(id, owner.id))
}

/** One of each day of the week. */
const week = Array.from({ length: 7 }, (_, n) => `2026-11-2${n + 1}`)

/** Bounds of a kind that no answer could meet. */
function checkBounds(field: Field, path: Path, report: Report) {
  const pair = (least: string, most: string, a: number | string | undefined, b: number | string | undefined) => {
    if (a !== undefined && b !== undefined && new Big(b).lt(a)) report([...path, most], sentences.bounds(least, most))
  }
  if (field.kind === 'date') {
    const { earliest, latest } = field
    // A fixed bound and a counted one meet on some days; two that are counted never do if not in this week.
    const never = week.every((today) => (boundOn(latest, today) ?? '9999') < (boundOn(earliest, today) ?? ''))
    if (typeof earliest === typeof latest && never) report([...path, 'latest'], sentences.noDay)
  }
  if (field.kind === 'text' || field.kind === 'long-text')
    pair('minLength', 'maxLength', field.minLength, field.maxLength)
  if (field.kind === 'text' && field.mask !== undefined && (field.minLength ?? field.maxLength) !== undefined) {
    report([...path, 'mask'], sentences.length)
  }
  if (field.kind === 'number' || field.kind === 'yen') pair('min', 'max', field.min, field.max)
  if (field.kind === 'scale') pair('from', 'to', field.from, field.to)
  if (field.kind === 'choices') {
    pair('least', 'most', field.least, field.most)
    pair('least', 'options', field.least, field.options.length)
  }
  if (field.kind === 'group' || field.kind === 'table') pair('min', 'max', field.min, field.max)
  if (field.kind === 'table' && !field.rows && field.max === undefined) report(path, sentences.noRows)
}

function checkOptions(field: Field, path: Path, place: Place) {
  if (!('options' in field)) return
  const values = new Set<string>()
  field.options.forEach(({ value, showIf }, n) => {
    if (values.has(value)) place.report([...path, 'options', n, 'value'], sentences.optionTwice(value))
    values.add(value)
    if (showIf) checkCondition(showIf, [...path, 'options', n, 'showIf'], place)
  })
}

/** One field; what stands above it is in `place`. Afterwards it stands there too. */
function checkField(field: Field, path: Path, place: Place, depth: number) {
  const { report } = place
  checkBounds(field, path, report)
  checkOptions(field, path, place)
  if (field.showIf) checkCondition(field.showIf, [...path, 'showIf'], place)
  if ('requiredIf' in field && field.requiredIf) checkCondition(field.requiredIf, [...path, 'requiredIf'], place)
  const soft = 'softRequired' in field ? field.softRequired?.when : undefined
  if (soft) checkCondition(soft, [...path, 'softRequired', 'when'], place)
  if (field.kind === 'computed')
    place.types.set(`field ${field.id}`, typeOf(field.formula, [...path, 'formula'], place))
  const here = place.here as Map<string, Field>
  if (field.kind === 'group' || field.kind === 'table') {
    if (depth >= limits.groups) report([...path, 'fields'], sentences.nested)
    const inside: Place = { ...place, here: new Map(here) }
    field.fields.forEach((inner, n) => {
      checkField(inner, [...path, 'fields', n], inside, depth + 1)
    })
  }
  here.set(field.id, field)
  const checks = 'checks' in field ? (field.checks ?? []) : []
  checks.forEach(({ wrongIf }, n) => {
    checkCondition(wrongIf, [...path, 'checks', n, 'wrongIf'], place)
  })
}

function checkSections(page: Page, path: Path, report: Report) {
  const seen = new Map<string, string>()
  page.sections?.forEach(({ id }, n) => {
    checkId(id, [...path, 'sections', n, 'id'], seen, report)
    const own = page.fields.map((field) => field.section === id)
    if (!own.includes(true)) report([...path, 'sections', n], sentences.emptySection(id))
    else if (own.slice(own.indexOf(true), own.lastIndexOf(true)).includes(false)) {
      report([...path, 'sections', n], sentences.brokenSection(id))
    }
  })
  page.fields.forEach(({ section }, f) => {
    if (section !== undefined && !seen.has(section)) {
      report([...path, 'fields', f, 'section'], sentences.unknownSection(section))
    }
  })
}

function checkWay(definition: Definition, page: Page, p: number, place: Place) {
  const { report } = place
  const path = ['pages', p]
  if (page.end === undefined && page.fields.length === 0) report([...path, 'fields'], sentences.emptyPage)
  if (page.end !== undefined && page.fields.some(({ kind }) => kind !== 'note')) {
    report([...path, 'fields'], sentences.endAsks)
  }
  if (page.end !== undefined && page.skip?.length) report([...path, 'skip'], sentences.endSkips)
  page.skip?.forEach(({ when, to }, n) => {
    const target = to === checkPage ? definition.pages.length : definition.pages.findIndex(({ id }) => id === to)
    if (target <= p) report([...path, 'skip', n, 'to'], sentences.skipTo(to))
    else if (target === p + 1) report([...path, 'skip', n, 'to'], sentences.skipForward)
    if (when) checkCondition(when, [...path, 'skip', n, 'when'], place)
  })
}

/** Every fault of names and references in a definition of the right shape, in the order of the form. */
export function references(definition: Definition): Fault[] {
  const faults: Fault[] = []
  const report: Report = (path, sentence) => faults.push({ path: pathOf(path), ...sentence })
  const all = labelsOf(definition).fields
  const top = definition.pages.flatMap((page) => page.fields)
  const nodes = graphOf(definition)
  const { circles, order } = orderOf(nodes)
  const place: Place = {
    all,
    here: new Map<string, Field>(),
    top: new Set(top.map(({ id }) => id)),
    conditions: new Map(definition.conditions?.map(({ id, when }) => [id, when])),
    values: new Map(definition.values?.map(({ id, formula }) => [id, formula])),
    types: new Map(),
    logic: definition,
    report,
  }
  checkNamed(definition, { ...place, here: new Map(top.map((field) => [field.id, field])), logic: undefined }, order)

  const pageIds = new Map<string, string>()
  const fieldIds = new Map<string, string>()
  const checkIds = (field: Field, path: Path) => {
    checkId(field.id, [...path, 'id'], fieldIds, report)
    checkMadeIds(field.id, all, [...path, 'id'], report)
    if (!('fields' in field)) return
    field.fields.forEach((inner, n) => {
      checkIds(inner, [...path, 'fields', n])
    })
  }
  definition.pages.forEach((page, p) => {
    const path = ['pages', p]
    checkId(page.id, [...path, 'id'], pageIds, report)
    if (page.showIf) checkCondition(page.showIf, [...path, 'showIf'], place)
    checkSections(page, path, report)
    page.fields.forEach((field, f) => {
      const at = [...path, 'fields', f]
      checkIds(field, at)
      const section = page.sections?.findIndex(({ id }) => id === field.section) ?? -1
      const first = page.fields.findIndex((one) => one.section === field.section) === f
      const showIf = first ? page.sections?.[section]?.showIf : undefined
      if (showIf) checkCondition(showIf, [...path, 'sections', section, 'showIf'], place)
      checkField(field, at, place, 0)
    })
    checkWay(definition, page, p, place)
  })
  for (const circle of circles)
    report(circle.at(-1)!.path, sentences.cycle(circle.toReversed().map(({ name }) => name)))
  if (circles.length === 0) checkSizes(definition, nodes, all, report)
  return faults
}

/** The named conditions and values, in an order in which each stands after what it hangs on. */
function checkNamed(definition: Definition, place: Place, order: readonly { key: string }[]) {
  const seen = { conditions: new Map<string, string>(), values: new Map<string, string>() }
  const at = new Map(definition.values?.map(({ id }, n) => [`value ${id}`, n]))
  definition.values?.forEach(({ id }, n) => {
    checkId(id, ['values', n, 'id'], seen.values, place.report)
  })
  const silent: Place = { ...place, report: () => {} }
  for (const { key } of order) {
    const n = at.get(key)
    const value = n === undefined ? undefined : definition.values![n]
    if (value) place.types.set(value.id, typeOf(value.formula, ['values', n!, 'formula'], place))
    const field = key.startsWith('field ') ? place.all.get(key.slice('field '.length)) : undefined
    if (field?.kind === 'computed') place.types.set(key, typeOf(field.formula, [], inner(silent)))
  }
  definition.conditions?.forEach(({ id, when }, n) => {
    checkId(id, ['conditions', n, 'id'], seen.conditions, place.report)
    checkCondition(when, ['conditions', n, 'when'], place)
  })
}

/** Where only types are asked for, everything may be named. */
const inner = (place: Place): Place => ({ ...place, here: place.all })
