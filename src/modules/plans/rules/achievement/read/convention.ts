import type { Json } from '#core/json-text.ts'
import { isWritten } from '#core/json-text.ts'
import { conventionOf } from '../conventions.ts'
import type { Exact, Figure } from '../exact.ts'
import { compare, one } from '../exact.ts'
import type { Convention, Grade, MethodName, Scale, Verdict } from '../question.ts'
import { mostDecimals } from '../rounding.ts'
import { scaleNamed, scaleNames } from '../scales.ts'
import type { Row } from './row.ts'
import {
  fault,
  figure,
  figureFrom,
  has,
  integerFrom,
  named,
  opened,
  refuseOthers,
  text,
  told,
  wordFrom,
  wordsOf,
} from './row.ts'
import { displayWords, edgeWords, roundingWords, variantWords } from './words.ts'

export const conventionKeys: readonly string[] = [
  'digits',
  'rounding',
  'display',
  'cap',
  'scale',
  'rating',
  'ratings',
  'grades',
  'bounds',
  'variant',
  'formula',
  'band',
  'bandEdge',
]

/** Conventions that rows declared before: those of a long file are few. */
export type Declared = Map<string, Convention>
const mostDeclared = 1000

/** What one more key says, for looking up; null where its value is a list or the like. A number and a text of the same digits differ. */
export function signed(signature: string | null, key: string, value: Json): string | null {
  if (signature === null) return null
  if (typeof value === 'string') return `${signature}${key}="${value}"`
  return isWritten(value) ? `${signature}${key}=${value.digits} ` : null
}

/** The method's convention, with what the row declares otherwise. `signature`: what it says, by `signed`; '' where it declares nothing. */
export function convention(row: Row, method: MethodName, signature: string | null, declared: Declared): Convention {
  const usual = conventionOf(method)
  if (signature === '') return usual
  const name = signature === null ? null : method + signature
  const known = name === null ? undefined : declared.get(name)
  if (known) return known
  const before = row.faults.length
  const made = declaredBy(row, usual)
  if (name !== null && row.faults.length === before && declared.size < mostDeclared) declared.set(name, made)
  return made
}

function declaredBy(row: Row, usual: Convention): Convention {
  const variant = named(row, ['variant', 'formula'])
  const digits = integerFrom(row, 'digits', told(row, 'digits'), 0, mostDecimals, '小数の桁数')
  return {
    digits: digits ?? usual.digits,
    rounding: wordFrom(row, 'rounding', told(row, 'rounding'), roundingWords) ?? usual.rounding,
    display: (wordFrom(row, 'display', told(row, 'display'), displayWords) as Convention['display']) ?? usual.display,
    cap: cap(row, usual.cap),
    scale: scale(row, usual.scale),
    variant: wordFrom(row, variant.key, variant.value, variantWords) ?? usual.variant,
    band: band(row),
    bandEdge: (wordFrom(row, 'bandEdge', told(row, 'bandEdge'), edgeWords) as Convention['bandEdge']) ?? usual.bandEdge,
  }
}

function cap(row: Row, usual: Exact | null): Exact | null {
  if (!has(row, 'cap')) return usual
  const read = figure(row, 'cap')
  if (read !== null && compare(read, one) < 0)
    return fault(row, 'cap', '上限は、1以上の数か null（上限なし）で書いてください。')
  return read
}

function band(row: Row): Figure | null {
  const read = figure(row, 'band')
  return read !== null && read.n < 0n ? fault(row, 'band', '幅は、0以上の数で書いてください。') : read
}

const scaleWords = wordsOf(scaleNames)
const gradeKeys = new Set(['grade', 'min', 'label', 'verdict'])
const verdictWords = wordsOf<Verdict>(['good', 'fair', 'poor'])
const mostGrades = 30

/** A known scale by its name, null for none, a list of grades from the best down, or just the bounds of A, B, C …. */
function scale(row: Row, usual: Scale | null): Scale | null {
  const { key, value } = named(row, ['scale', 'rating', 'ratings', 'grades', 'bounds'])
  if (!has(row, key)) return usual
  if (value === null) return null
  if (!Array.isArray(value)) {
    const name = wordFrom(row, key, value, scaleWords)
    return name === null ? null : scaleNamed(name)
  }
  if (value.length === 0 || value.length > mostGrades)
    return fault(row, key, `評価の区分は、1から${mostGrades}までの数にしてください。`)
  const grades = value.map((item, index) =>
    key === 'bounds' ? fromBound(row, key, item, index, value.length) : fromGrade(row, key, item, index, value.length),
  )
  inOrder(row, key, grades)
  const rest = { grade: letterAt(grades.length), min: null, verdict: 'poor' as const }
  return { name: 'own', grades: key === 'bounds' ? [...grades, rest] : grades }
}

/** `unread`: its bound is at fault already. */
type Read = Grade & { unread: boolean }

function inOrder(row: Row, key: string, grades: readonly Read[]) {
  let above: Grade | null = null
  for (const [index, grade] of grades.entries()) {
    const { min, unread } = grade
    if (unread) continue
    if (min === null && index < grades.length - 1)
      fault(row, `${key}[${index}]`, '下限（min）のない区分は、最後にだけ書けます。')
    if (min !== null && above?.min && compare(min, above.min) >= 0)
      fault(row, `${key}[${index}]`, '区分は、下限の大きいものから順に書いてください。')
    above = grade
  }
}

const letterAt = (index: number) => String.fromCharCode(65 + (index % 26))

/** Of declared grades the first is good, the last poor, unless they say otherwise. */
const verdictAt = (index: number, count: number): Verdict =>
  index === 0 ? 'good' : index < count - 1 ? 'fair' : 'poor'

function fromBound(row: Row, key: string, item: Json, index: number, count: number): Read {
  const place = `${key}[${index}]`
  const min = figureFrom(row, place, item)
  if (item === null) fault(row, place, '下限を数で書いてください。')
  return { grade: letterAt(index), min, verdict: verdictAt(index, count + 1), unread: min === null }
}

function fromGrade(row: Row, key: string, item: Json, index: number, count: number): Read {
  const inner = opened(item, row, `${key}[${index}]`)
  if (!inner) return { grade: '', min: null, verdict: 'fair', unread: true }
  refuseOthers(inner, gradeKeys)
  const grade = text(inner, 'grade')
  if (told(inner, 'grade') === null) fault(inner, 'grade', 'この項目は必ず書いてください。')
  const min = figure(inner, 'min')
  const verdict = wordFrom(inner, 'verdict', told(inner, 'verdict'), verdictWords)
  const unread = min === null && told(inner, 'min') !== null
  return { grade: grade ?? '', min, verdict: verdict ?? verdictAt(index, count), unread }
}
