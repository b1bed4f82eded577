/** Reads what a store or another program holds for a field: by the same rules as what a person types. */
import type { Field } from '../definition/definition.ts'
import type { Answer, FileAnswer, Row } from '../engine/language.ts'
import { askFor, readField } from './kinds.ts'
import type { Outcome } from './outcome.ts'
import { partsOfField } from './parts.ts'

const isFile = (value: unknown): value is FileAnswer => {
  const file = value as FileAnswer
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof file.file === 'string' &&
    typeof file.name === 'string' &&
    typeof file.type === 'string' &&
    Number.isSafeInteger(file.size) &&
    file.size >= 0
  )
}

/** The files of an answer; none where it is something else. */
export const filesIn = (answer: Answer | undefined): FileAnswer[] =>
  Array.isArray(answer) ? answer.filter(isFile) : []

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** How many rows a group must and may have. A table with named rows has exactly those. */
export function rowBounds(field: Field & { kind: 'group' | 'table' }): { min: number; max: number } {
  if (field.kind === 'table' && field.rows) return { min: field.rows.length, max: field.rows.length }
  return { min: field.min ?? 0, max: field.max ?? 100 }
}

/** Each row by its own fields; what is wrong within stands in `inner`, and what is unknown is left out. */
function readRows(field: Field & { kind: 'group' | 'table' }, value: unknown, today?: string): Outcome {
  if (value === undefined) return {}
  const { min, max } = rowBounds(field)
  if (!Array.isArray(value) || !value.slice(0, max + 1).every(isObject)) return { error: askFor(field) }
  if (value.length === 0) return {}
  if (value.length > max) return { error: `${field.label}は${max}件までにしてください` }
  const inner: Record<string, string> = {}
  const rows = (value as Record<string, unknown>[]).map((given, n) => {
    const row: Row = {}
    for (const one of field.fields) {
      const read = readStored(one, Object.hasOwn(given, one.id) ? (given[one.id] ?? undefined) : undefined, today)
      if (read.answer !== undefined) row[one.id] = read.answer
      if (read.error !== undefined) inner[`${n}.${one.id}`] = read.error
      for (const [path, error] of Object.entries(read.inner ?? {})) inner[`${n}.${one.id}.${path}`] = error
    }
    return row
  })
  const few = rows.length < min && `${field.label}を${min}件以上入力してください`
  return { answer: rows as Answer, inner, ...(few && { error: few }) }
}

/** One stored answer, read again: the same answer where it is right. Never throws. */
export function readStored(field: Field, value: unknown, today?: string): Outcome {
  if (field.kind === 'group' || field.kind === 'table') return readRows(field, value, today)
  if (field.kind === 'note' || field.kind === 'computed') return {}
  if (field.kind === 'file') {
    const files = Array.isArray(value) && value.length <= 100 ? value.filter(isFile) : []
    return value === undefined || (Array.isArray(value) && files.length === value.length)
      ? readField(field, { values: [], files })
      : { error: askFor(field) }
  }
  if (value === undefined) return {}
  // Programs write numbers as numbers and a yes as true; an exponent is no spelling of a number here.
  if (['number', 'yen', 'scale'].includes(field.kind) && typeof value === 'number') {
    return readField(field, { values: [String(value)] })
  }
  if (field.kind === 'yes-no' && typeof value === 'boolean') return { answer: value ? 'yes' : 'no' }
  const names = partsOfField(field).map((part) => part.name)
  if (names.length > 0) {
    if (!isObject(value)) return { error: askFor(field) }
    const parts = names.map((name): [string, unknown] => [name, Object.hasOwn(value, name) ? value[name] : ''])
    return parts.every(([, part]) => typeof part === 'string')
      ? readField(field, { values: [], parts: Object.fromEntries(parts) as Record<string, string> })
      : { error: askFor(field) }
  }
  const several = field.kind === 'choices' || field.kind === 'ranking'
  if (several ? !Array.isArray(value) : typeof value !== 'string') return { error: askFor(field) }
  const values = typeof value === 'string' ? [value] : (value as unknown[])
  return values.length <= 1000 && values.every((one) => typeof one === 'string')
    ? readField(field, { values: values as string[] }, today)
    : { error: askFor(field) }
}
