import type { Json } from '#core/json-text.ts'
import { isWritten } from '#core/json-text.ts'
import type { Exact, Figure } from '../exact.ts'
import { compare, over, plus, whole } from '../exact.ts'
import type { MissingReason, Question, Range } from '../question.ts'
import { numberText } from '../sentences.ts'
import type { Row } from './row.ts'
import { fault, figure, named, opened, refuseOthers, text, told, wordFrom, year } from './row.ts'
import type { Aggregation } from './words.ts'
import { missingWords, statusWords } from './words.ts'

/** One figure with its year, or nothing. */
export type Point = {
  figure: Figure | null
  year: number | null
  range: Range | null
  status: Question['status']
  missing: MissingReason | null
  due: string | null
  lastKnown: { figure: Figure; year: number | null } | null
}

export const nothing: Point = {
  figure: null,
  year: null,
  range: null,
  status: null,
  missing: null,
  due: null,
  lastKnown: null,
}

const notes = ['note', 'source', 'unit', 'printed', 'reason']
const yearNames = ['year', 'fy'] as const
const onlyYear = ['year'] as const
const known = {
  plain: new Set(['value', 'year', 'fy', ...notes]),
  target: new Set(['value', 'year', 'fy', 'min', 'max', 'above', 'below', ...notes]),
  actual: new Set(['value', 'year', 'fy', 'status', 'missing', 'due', 'lastKnown', ...notes]),
}

/** `47.4`, `"47.4"`, `{"year": 2020, "value": "47.4"}`, null, or a list of years that `aggregation` makes one figure of. */
export function point(row: Row, key: string, kind: keyof typeof known, aggregation: Aggregation | null): Point {
  const value = told(row, key)
  if (value === null) return nothing
  if (typeof value === 'string' || isWritten(value)) return { ...nothing, figure: figure(row, key) }
  if (Array.isArray(value)) return series(row, key, value, kind, aggregation)
  const inner = opened(value, row, key)
  return inner ? readPoint(inner, kind) : nothing
}

function readPoint(row: Row, kind: keyof typeof known): Point {
  const plain = onlyFigureAndYear(row)
  if (plain) return plain
  refuseOthers(row, known[kind])
  for (const key of notes) if (told(row, key) !== null) text(row, key)
  const read = { ...nothing }
  read.figure = figure(row, 'value')
  read.year = year(row, yearNames)
  if (kind === 'target') read.range = range(row)
  if (kind !== 'actual') return read
  const missing = wordFrom(row, 'missing', told(row, 'missing'), missingWords)
  if (missing !== null && read.figure !== null)
    fault(row, 'missing', '値があるときは、欠測の理由（missing）を書けません。')
  return {
    ...read,
    missing,
    status: wordFrom(row, 'status', told(row, 'status'), statusWords),
    due: text(row, 'due'),
    lastKnown: lastKnown(row),
  }
}

/** Nearly every point of a long file is a figure with its year: for those nothing else is looked for. Null where there is more. */
function onlyFigureAndYear(row: Row): Point | null {
  for (const key in row.json) if (key !== 'value' && key !== 'year') return null
  const read = { ...nothing }
  read.figure = figure(row, 'value')
  read.year = year(row, onlyYear)
  return read
}

function lastKnown(row: Row): Point['lastKnown'] {
  const value = told(row, 'lastKnown')
  if (value === null) return null
  const inner = opened(value, row, 'lastKnown')
  if (!inner) return null
  const read = readPoint(inner, 'plain')
  return read.figure && { figure: read.figure, year: read.year }
}

/** A target that is a span: `min` and `max` belong to it, `above` and `below` don't. */
function range(row: Row): Range | null {
  const [low, high] = [named(row, ['min', 'above']), named(row, ['max', 'below'])]
  const [min, max] = [figure(row, low.key), figure(row, high.key)]
  if (min === null && max === null) return null
  if (told(row, 'value') !== null) fault(row, 'value', '範囲（min、max など）と一緒には書けません。')
  const [minOpen, maxOpen] = [low.key === 'above', high.key === 'below']
  if (min && max) {
    const order = compare(min, max)
    if (order > 0 || (order === 0 && (minOpen || maxOpen))) fault(row, high.key, '範囲に入る値がありません。')
  }
  return { min, minOpen, max, maxOpen }
}

/** Most years that one list may have. */
const mostYears = 200

function series(
  row: Row,
  key: string,
  list: readonly Json[],
  kind: keyof typeof known,
  aggregation: Aggregation | null,
): Point {
  if (aggregation === null) {
    fault(row, key, '年ごとの一覧には、まとめ方（aggregation）を書いてください。')
    return nothing
  }
  if (list.length > mostYears) {
    fault(row, key, `年ごとの一覧は${mostYears}件までです。`)
    return nothing
  }
  const points = list.flatMap((value, index) => {
    const inner = opened(value, row, `${key}[${index}]`)
    if (!inner) return []
    const read = readPoint(inner, kind)
    if (read.year === null && told(inner, 'year') === null && told(inner, 'fy') === null)
      fault(inner, 'year', '年ごとの一覧では、年度を必ず書いてください。')
    return [read]
  })
  const years = points.map((one) => one.year)
  years.forEach((one, index) => {
    if (one !== null && years.indexOf(one) < index) fault(row, `${key}[${index}]`, '同じ年度が2つあります。')
  })
  const sorted = points.toSorted((a, b) => (a.year ?? 0) - (b.year ?? 0))
  const last = sorted.at(-1)
  if (!last) return nothing
  return { ...last, figure: aggregated(sorted, aggregation) }
}

/** Null where a year that counts isn't known: a sum without it would be too small, not provisional. */
function aggregated(points: readonly Point[], aggregation: Aggregation): Figure | null {
  const last = points.at(-1)?.figure ?? null
  if (aggregation === 'yearly' || aggregation === 'pointInTime') return last
  const figures = points.flatMap((one) => one.figure ?? [])
  const [first, ...rest] = figures
  if (!first || figures.length < points.length) return null
  if (aggregation === 'maximum') return rest.reduce((most, one) => (compare(one, most) > 0 ? one : most), first)
  const sum = rest.reduce<Exact>((total, one) => plus(total, one), first)
  const value = aggregation === 'average' ? over(sum, whole(figures.length)) : sum
  return { ...value, text: numberText(value) }
}
