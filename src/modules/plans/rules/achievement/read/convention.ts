import type { Json } from '../../json-text.ts'
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
  pathTo,
  refuseOthers,
  text,
  told,
  wordFrom,
  wordsOf,
} from './row.ts'
import { displayWords, edgeWords, roundingWords, variantWords } from './words.ts'

export const conventionKeys = [
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

/** The method's convention, with what the row declares otherwise. */
export function convention(row: Row, method: MethodName): Convention {
  const usual = conventionOf(method)
  // Most rows of a file declare nothing, or just what is usual.
  if (!conventionKeys.some((key) => has(row, key))) return usual
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
    bandEdge:
      (wordFrom(row, 'bandEdge', told(row, 'bandEdge'), edgeWords) as Convention['bandEdge']) ?? usual.bandEdge,
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
  const grades = key === 'bounds' ? fromBounds(row, key, value) : fromGrades(row, key, value)
  grades.forEach(({ min }, index) => {
    const above = grades[index - 1]
    if (above && above.min === null)
      row.faults.push({ path: `${pathTo(row, key)}[${index - 1}]`, sentence: '下限のない区分は、最後にだけ書けます。' })
    else if (above?.min && min && compare(min, above.min) >= 0)
      row.faults.push({ path: `${pathTo(row, key)}[${index}]`, sentence: '区分は、下限の大きいものから順に書いてください。' })
  })
  return { name: 'own', grades }
}

/** Of declared grades the first is good, the last poor, unless they say otherwise. */
const verdictAt = (index: number, count: number): Verdict => (index === 0 ? 'good' : index < count - 1 ? 'fair' : 'poor')

function fromBounds(row: Row, key: string, list: readonly Json[]): Grade[] {
  const bounds = list.flatMap((value, index) => figureFrom(row, `${key}[${index}]`, value) ?? [])
  const count = bounds.length + 1
  return [...bounds, null].map((min, index) => ({
    grade: String.fromCharCode(65 + (index % 26)),
    min,
    verdict: verdictAt(index, count),
  }))
}

function fromGrades(row: Row, key: string, list: readonly Json[]): Grade[] {
  return list.flatMap((value, index) => {
    const inner = opened(value, `${pathTo(row, key)}[${index}]`, row.faults)
    if (!inner) return []
    refuseOthers(inner, gradeKeys)
    const grade = text(inner, 'grade')
    if (grade === null && told(inner, 'grade') === null) fault(inner, 'grade', 'この項目は必ず書いてください。')
    const verdict = wordFrom(inner, 'verdict', told(inner, 'verdict'), verdictWords)
    return [{ grade: grade ?? '', min: figure(inner, 'min'), verdict: verdict ?? verdictAt(index, list.length) }]
  })
}
