import type { Json } from '#core/json-text.ts'
import { isWritten } from '#core/json-text.ts'
import type { Fault } from '../import/reader.ts'
import type { Figure } from './exact.ts'
import { one } from './exact.ts'
import type { MethodName, Part, Question } from './question.ts'
import type { Declared } from './read/convention.ts'
import { convention, conventionKeys, signed } from './read/convention.ts'
import { nothing, point } from './read/points.ts'
import type { Row } from './read/row.ts'
import {
  fault,
  figure,
  figureFrom,
  has,
  integerFrom,
  isObject,
  named,
  openedTop,
  refuseOthers,
  text,
  told,
  unknown,
  wordFrom,
  year,
} from './read/row.ts'
import type { Aggregation } from './read/words.ts'
import { aggregationWords, combineWords, directionWords, methodWords } from './read/words.ts'

/** One object of a file: what is asked, and the name that its answer carries back. */
export type Asked = { id: Json | undefined; question: Question }

const forPeople = ['title', 'name', 'unit', 'note', 'source', 'plan', 'measure', 'indicator']
const partNames = ['parts', 'stages', 'indicators'] as const
const usual = ['id', 'method', 'direction', 'baseline', 'target', 'actual', 'year']
const seldom = [
  ...['finalTarget', 'expected', 'fy', 'currentBaseline', 'restatedBaseline', 'originalBaseline', 'originalTarget'],
  ...['aggregation', 'elapsed', 'span', 'planYears', 'policy', 'combine', ...partNames, ...forPeople],
]
const known: ReadonlyMap<string, 'usual' | 'seldom' | 'convention'> = new Map([
  ...usual.map((key) => [key, 'usual'] as const),
  ...seldom.map((key) => [key, 'seldom'] as const),
  ...conventionKeys.map((key) => [key, 'convention'] as const),
])

/** What the keys of a row say at one look: what it declares (`signed`), and whether it tells more than nearly every row of a long file. */
function looked(row: Row): { signature: string | null; more: boolean } {
  let signature: string | null = ''
  let more = false
  for (const key in row.json) {
    const kind = known.get(key)
    if (kind === 'convention') signature = signed(signature, key, told(row, key))
    else if (kind === 'seldom') more = true
    else if (kind === undefined) unknown(row, key)
  }
  return { signature, more }
}

/** Methods that know no better or worse direction. */
const directionless: readonly MethodName[] = ['milestone', 'rollup', 'range']

/**
 * Reads one question. Every fault is named by its path below `path` (`[3].target.value`); null only where nothing could be read at all, so
 * answers are good only while there is no fault.
 * @param methodless - whether `method` may be left out, because every method will be asked
 * @param declared - carried from one question of a file to the next
 */
export function readQuestion(
  value: Json,
  path: string,
  faults: Fault[],
  methodless = false,
  declared: Declared = new Map(),
): Asked | null {
  const row = openedTop(value, path, faults)
  if (!row) return null
  const { signature, more } = looked(row)
  if (more) for (const key of forPeople) if (has(row, key)) text(row, key)

  const method = wordFrom(row, 'method', told(row, 'method'), methodWords)
  if (method === null && told(row, 'method') === null && !methodless)
    fault(row, 'method', '計算方法を必ず書いてください（例：ratio、progress）。')
  const direction = wordFrom(row, 'direction', told(row, 'direction'), directionWords)
  const aggregation = more
    ? (wordFrom(row, 'aggregation', told(row, 'aggregation'), aggregationWords) as Aggregation | null)
    : null
  const baseline = point(row, 'baseline', 'plain', aggregation)
  const target = point(row, 'target', 'target', aggregation)
  const final = more ? point(row, 'finalTarget', 'plain', aggregation) : nothing
  const actual = point(row, 'actual', 'actual', aggregation)
  const expected = more ? point(row, 'expected', 'plain', aggregation) : nothing
  const revised = more ? named(row, ['currentBaseline', 'restatedBaseline']).key : null
  const elsewhere = (key: string) => (has(row, key) ? point(row, key, 'plain', aggregation).figure : null)
  const parts = more ? readParts(row) : none
  // Whether more is better must be said wherever the method asks for it.
  const needless = parts.length > 0 || (method !== null && directionless.includes(method) && target.figure === null)
  if (direction === null && told(row, 'direction') === null && !needless)
    fault(row, 'direction', '指標の向き（up か down）を必ず書いてください。数値からは推測しません。')

  return {
    id: readId(row),
    question: {
      method: method ?? 'ratio',
      convention: convention(row, method ?? 'ratio', signature, declared),
      direction,
      baseline: baseline.figure,
      baselineYear: baseline.year,
      target: target.figure,
      targetYear: target.year,
      range: target.range,
      finalTarget: final.figure,
      finalYear: final.year,
      actual: actual.figure,
      year: year(row, more ? yearNames : onlyYear) ?? actual.year ?? expected.year,
      expected: expected.figure,
      currentBaseline: revised === null ? null : elsewhere(revised),
      originalBaseline: more ? elsewhere('originalBaseline') : null,
      originalTarget: more ? elsewhere('originalTarget') : null,
      parts,
      policy: more ? readPolicy(row) : none,
      combine: (more && readCombine(row)) || 'mean',
      elapsed: more ? integerFrom(row, 'elapsed', told(row, 'elapsed'), 0, 999, '経過年数') : null,
      span: more ? readSpan(row) : null,
      status: actual.status,
      missing: actual.missing,
      due: actual.due,
      lastKnown: actual.lastKnown,
    },
  }
}

/** A name that the answer carries back as it came. */
function readId(row: Row): Json | undefined {
  if (!has(row, 'id')) return undefined
  const id = told(row, 'id')
  if (id === null || typeof id === 'string' || isWritten(id)) return id
  fault(row, 'id', '文字か数で書いてください。')
  return undefined
}

const readCombine = (row: Row) =>
  wordFrom(row, 'combine', told(row, 'combine'), combineWords) as Question['combine'] | null

function readSpan(row: Row): number | null {
  const { key, value } = named(row, ['span', 'planYears'])
  return integerFrom(row, key, value, 1, 999, '計画の年数')
}

const mostParts = 1000

function listAt(row: Row, key: string, value: Json): readonly Json[] {
  if (value === null) return []
  if (!Array.isArray(value)) fault(row, key, '一覧（[ ] で囲んだもの）で書いてください。')
  else if (value.length <= mostParts) return value
  else fault(row, key, `${mostParts}件までにしてください。`)
  return []
}

const partKeys = new Set(['weight', 'value', 'done', 'rate', 'title', 'name', 'id', 'note'])
const yearNames = ['year', 'fy'] as const
const onlyYear = ['year'] as const
const unit: Figure = { ...one, text: '1' }
const none: [] = []
const nil: Figure = { n: 0n, d: 1n, text: '0' }

/** `[0.5, true, {"weight": "2", "value": "0.95"}, null]`: a share or rate each, done or not, or unknown. */
function readParts(row: Row): Part[] {
  const { key, value } = named(row, partNames)
  if (value === null) return none
  return listAt(row, key, value).map((item, index) => {
    const entry = `${key}[${index}]`
    if (!isObject(item)) return { weight: unit, value: share(row, entry, item) }
    const inner: Row = { json: item, faults: row.faults, above: row, key: entry }
    refuseOthers(inner, partKeys)
    const weight = has(inner, 'weight') ? figure(inner, 'weight') : unit
    if (told(inner, 'weight') === null && has(inner, 'weight')) fault(inner, 'weight', '重みを数で書いてください。')
    if (weight !== null && weight.n < 0n) fault(inner, 'weight', '重みは、0以上の数で書いてください。')
    const worth = named(inner, ['value', 'done', 'rate'])
    return { weight: weight ?? unit, value: share(inner, worth.key, worth.value) }
  })
}

const share = (row: Row, key: string, value: Json): Figure | null =>
  typeof value === 'boolean' ? (value ? unit : nil) : figureFrom(row, key, value)

function readPolicy(row: Row): Figure[] {
  const value = told(row, 'policy')
  if (value === null) return none
  if (Array.isArray(value))
    return listAt(row, 'policy', value).flatMap((item, index) => {
      // A sum without one of its terms would be too small.
      if (item === null) fault(row, `policy[${index}]`, '点数を数で書いてください。')
      return figureFrom(row, `policy[${index}]`, item) ?? []
    })
  const single = figure(row, 'policy')
  return single === null ? [] : [single]
}
