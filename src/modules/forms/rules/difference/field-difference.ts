/** The difference of two fields in words. */
import Big from 'big.js'
import type { Field } from '../definition/definition.ts'
import type { Names } from '../engine/walk.ts'
import type { Said } from '../words/reasons.ts'
import { happened, type Midway, means } from './difference-words.ts'

/** `path` is in the new definition, of what is gone in the old one. */
export type Change = { path: string; midway: Midway; what: Said; meaning: Said }

export type Path = (string | number)[]
export type Note = (path: Path, midway: Midway, what: Said, meaning: Said) => void

/** Conditions that only list their parts in another order, or say not twice, are the same. */
function normal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normal)
  if (typeof value !== 'object' || value === null) return value
  const one = value as Record<string, unknown>
  const twice = (one.not as Record<string, unknown> | undefined)?.not
  if (twice !== undefined) return normal(twice)
  const entries = Object.keys(one)
    .toSorted()
    .filter((key) => one[key] !== undefined)
    .map((key) => {
      const inner = normal(one[key])
      const unordered = ['all', 'any', 'in'].includes(key) && Array.isArray(inner)
      return [key, unordered ? inner.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : inner]
    })
  return Object.fromEntries(entries)
}

export const same = (a: unknown, b: unknown) => JSON.stringify(normal(a)) === JSON.stringify(normal(b))

/** Whether nothing has to be answered there. */
export const optional = (field: Field) =>
  field.kind === 'note' ||
  !(['required', 'requiredIf', 'checks'] as const).some(
    (key) => (field as Partial<Extract<Field, { kind: 'text' }>>)[key],
  )

/** `jumps`: pages may be skipped or end the form, so that any page that comes or goes may matter. */
export type Comparing = { note: Note; used: Names; jumps: boolean }

/** Properties of a field that only say something; none changes what can be answered. */
const wordKeys = ['hint', 'text', 'era', 'autocomplete', 'unit', 'low', 'high', 'itemLabel', 'personal']

/** What changed about one field that was there before. */
export function compareField(was: Field, field: Field, path: Path, comparing: Comparing) {
  const { note, used } = comparing
  const { label } = field
  const [a, b] = [was, field] as unknown as [Record<string, unknown>, Record<string, unknown>]
  if (was.kind !== field.kind)
    return note([...path, 'kind'], 'answer', happened.kind(label, was.kind, field.kind), means.again)
  if (was.label !== label) note([...path, 'label'], 'nothing', happened.label(was.label, label), means.meaning)
  if (wordKeys.some((key) => a[key] !== b[key])) note(path, 'nothing', happened.words(label), means.words)
  if (a.purpose !== b.purpose) note([...path, 'purpose'], 'nothing', happened.purpose(`「${label}」`), means.words)
  if (!same(a.showIf, b.showIf)) note([...path, 'showIf'], 'answer', happened.showIf(label), means.asked)
  if (!a.required && b.required) note([...path, 'required'], 'answer', happened.required(label), means.mustAnswer)
  if (a.required && !b.required) note([...path, 'required'], 'nothing', happened.optional(label), means.easier)
  const compareDemand = (key: 'requiredIf' | 'checks', said: Said, harder: Said) => {
    if (same(a[key], b[key])) return
    const easier = b[key] === undefined
    note([...path, key], easier ? 'nothing' : 'answer', said, easier ? means.easier : harder)
  }
  compareDemand('requiredIf', happened.requiredIf(label), means.mustAnswer)
  if (!same(a.softRequired, b.softRequired)) note([...path, 'softRequired'], 'look', happened.soft(label), means.soft)
  compareDemand('checks', happened.checks(label), means.again)
  if (!same(a.formula, b.formula)) {
    const matters = used.fields.has(field.id)
    note([...path, 'formula'], matters ? 'answer' : 'look', happened.formula(label), means.recomputed)
  }
  compareOptions(was, field, path, comparing)
  compareBounds(a, b, label, path, note)
  if ('fields' in was && 'fields' in field) compareRows(was, field, path, comparing)
}

function compareOptions(was: Field, field: Field, path: Path, { note }: Comparing) {
  if (!('options' in was) || !('options' in field)) return
  const { label } = field
  field.options.forEach((option, n) => {
    const old = was.options.find(({ value }) => value === option.value)
    const at = [...path, 'options', n]
    if (!old) {
      const all = field.kind === 'ranking'
      note(at, all ? 'answer' : 'look', happened.optionAdded(label, option.label), all ? means.again : means.mayAnswer)
    } else {
      if (old.label !== option.label) note(at, 'nothing', happened.optionWords(label, option.label), means.meaning)
      if (!same(old.showIf, option.showIf))
        note([...at, 'showIf'], 'answer', happened.optionShowIf(label, option.label), means.chooseAgain)
    }
  })
  was.options.forEach((old, n) => {
    if (field.options.some(({ value }) => value === old.value)) return
    note([...path, 'options', n], 'answer', happened.optionRemoved(label, old.label), means.chooseAgain)
  })
}

const lower = ['min', 'minLength', 'least', 'earliest', 'from']
const upper = ['max', 'maxLength', 'most', 'latest', 'to', 'maxBytes', 'maxFiles', 'digits']
/** Where nothing is said; lengths and numbers of files have a usual bound. */
const usual: Record<string, (kind: unknown) => unknown> = {
  maxLength: (kind) => (kind === 'text' ? 200 : kind === 'long-text' ? 4000 : 100),
  maxFiles: () => 1,
  digits: () => 0,
  max: (kind) => (kind === 'table' ? 100 : undefined),
}

function compareBounds(a: Record<string, unknown>, b: Record<string, unknown>, label: string, path: Path, note: Note) {
  const tell = (key: string, tighter: boolean) =>
    note(
      [...path, key],
      tighter ? 'answer' : 'nothing',
      happened[tighter ? 'tighter' : 'looser'](label, key),
      tighter ? means.again : means.easier,
    )
  for (const key of [...lower, ...upper]) {
    const [x, y] = [a[key] ?? usual[key]?.(a.kind), b[key] ?? usual[key]?.(b.kind)]
    if (same(x, y)) continue
    // A day and days counted from today can't be told apart by size.
    if (typeof x === 'object' || typeof y === 'object') {
      tell(key, y !== undefined)
      continue
    }
    // No bound at all is the widest.
    if (x === undefined || y === undefined) tell(key, x === undefined)
    else if (order(x, y) !== 0) tell(key, lower.includes(key) ? order(x, y) < 0 : order(x, y) > 0)
  }
  if ((a.workdaysOnly === true) !== (b.workdaysOnly === true)) tell('workdaysOnly', b.workdaysOnly === true)
  if (!same(a.mask, b.mask)) tell('mask', b.mask !== undefined)
  if ((a.kana === false) !== (b.kana === false)) tell('kana', a.kana === false)
  if (!same(a.rows, b.rows)) tell('rows', true)
  if (!same(a.accept, b.accept)) {
    const [x, y] = [a.accept, b.accept] as (string[] | undefined)[]
    tell('accept', (y !== undefined && !(x ?? []).every((ending) => y.includes(ending))) || x === undefined)
  }
}

const order = (x: unknown, y: unknown): number =>
  /^-?[0-9.]+$/.test(`${x}`) && /^-?[0-9.]+$/.test(`${y}`) ? new Big(`${x}`).cmp(`${y}`) : `${x}` < `${y}` ? -1 : 1

function compareRows(
  was: Field & { fields: Field[] },
  field: Field & { fields: Field[] },
  path: Path,
  comparing: Comparing,
) {
  const { note } = comparing
  field.fields.forEach((inner, n) => {
    const old = was.fields.find(({ id }) => id === inner.id)
    const at = [...path, 'fields', n]
    if (old) compareField(old, inner, at, comparing)
    else
      note(
        at,
        optional(inner) ? 'look' : 'answer',
        happened.fieldAdded(inner.label),
        optional(inner) ? means.mayAnswer : means.mustAnswer,
      )
  })
  was.fields.forEach((old, n) => {
    if (field.fields.some(({ id }) => id === old.id)) return
    note([...path, 'fields', n], 'look', happened.fieldRemoved(old.label), means.omitted)
  })
}
