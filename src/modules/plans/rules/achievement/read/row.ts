import type { Json } from '#core/json-text.ts'
import { isWritten } from '#core/json-text.ts'
import type { Fault } from '../../import/reader.ts'
import type { Figure } from '../exact.ts'
import { mostDigits, readFigure } from '../exact.ts'

/** One object of the file, where it stands, and the list that every fault goes to. */
export type Row = {
  readonly json: { readonly [key: string]: Json }
  readonly faults: Fault[]
  /** The object that holds it, and under which key (`bounds[2]` for the entry of a list). Paths are made where a fault asks for one. */
  readonly above: Row | null
  readonly key: string
}

export const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isWritten(value)

const whole = '（ファイル全体）'

const pathOf = ({ above, key }: Row): string => (above ? pathTo(above, key) : key)

/** The path of a key, or of one entry of the list that it holds (`bounds[2]`). */
export function pathTo(row: Row, key: string): string {
  const step = /^[\w-]*(\[\d+\])?$/.test(key) ? key : JSON.stringify(key)
  const path = pathOf(row)
  return path === '' ? step : `${path}.${step}`
}

/** Names a fault and stands for a value that isn't there. */
export function fault(row: Row, key: string | null, sentence: string): null {
  row.faults.push({ path: (key === null ? pathOf(row) : pathTo(row, key)) || whole, sentence })
  return null
}

/** What a key holds: null where it isn't told. No key that is asked for is one that every object inherits. */
export const told = ({ json }: Row, key: string): Json => json[key] ?? null

export const has = ({ json }: Row, key: string) => json[key] !== undefined

/** What a key or one of its other names holds; two of them in one object are a fault. */
export function named(row: Row, names: readonly [string, ...string[]]): { key: string; value: Json } {
  let found: string | null = null
  for (const name of names) {
    if (!has(row, name)) continue
    if (found === null) found = name
    else fault(row, name, `「${found}」と同じ意味の項目です。どちらかを消してください。`)
  }
  return { key: found ?? names[0], value: told(row, found ?? names[0]) }
}

/** The object of a file, or of one entry of its list (`[3]`). */
export const openedTop = (value: Json, key: string, faults: Fault[]): Row | null => openedAs(value, null, key, faults)

/** The object under a key. */
export const opened = (value: Json | undefined, above: Row, key: string): Row | null =>
  openedAs(value, above, key, above.faults)

function openedAs(value: Json | undefined, above: Row | null, key: string, faults: Fault[]): Row | null {
  if (isObject(value)) return { json: value, faults, above, key }
  faults.push({
    path: (above ? pathTo(above, key) : key) || whole,
    sentence: 'ここには、名前の付いた項目のまとまり（{ } で囲んだもの）を書いてください。',
  })
  return null
}

const excerpt = (text: string) => (text.length > 24 ? `${text.slice(0, 24)}…` : text)

/** A decimal, written as a JSON number or as a text. Undefined and null both mean "not told". */
export function figureFrom(row: Row, key: string, value: Json): Figure | null {
  if (value === null) return null
  const text = isWritten(value) ? value.digits : value
  if (typeof text !== 'string') return fault(row, key, '数で書いてください。分からないときは null にしてください。')
  const read = readFigure(text)
  if (read === 'large')
    return fault(row, key, `数が大きすぎるか、細かすぎます（小数点の前と後ろに、それぞれ${mostDigits}桁まで）。`)
  if (read === 'malformed')
    return fault(
      row,
      key,
      `「${excerpt(text)}」は数として読めません。「-1234.5」のように半角で、桁区切りや単位を付けずに書いてください。`,
    )
  return read
}

export const figure = (row: Row, key: string): Figure | null => figureFrom(row, key, told(row, key))

const digitsOnly = /^\d{1,9}$/
/** Years and numbers of digits are the same few texts over and over. */
const counts = new Map<string, number>()
const mostCounts = 1000

/** A whole number between two bounds. */
export function integerFrom(row: Row, key: string, value: Json, min: number, max: number, what: string): number | null {
  if (value === null) return null
  const text = isWritten(value) ? value.digits : value
  if (typeof text === 'string') {
    const count = counts.get(text) ?? countOf(text)
    if (count !== null && count >= min && count <= max) return count
  }
  return fault(row, key, `${what}を、${min}から${max}までの整数で書いてください。`)
}

function countOf(text: string): number | null {
  if (!digitsOnly.test(text)) return null
  const count = Number(text)
  if (counts.size < mostCounts) counts.set(text, count)
  return count
}

export const year = (row: Row, names: readonly [string, ...string[]]): number | null => {
  const { key, value } = named(row, names)
  return integerFrom(row, key, value, 1, 9999, '年度（西暦）')
}

/** One of several words; `words` maps every accepted spelling to its meaning. */
export function wordFrom<T extends string>(
  row: Row,
  key: string,
  value: Json,
  words: ReadonlyMap<string, T>,
): T | null {
  if (value === null) return null
  const meant = typeof value === 'string' ? (words.get(value) ?? words.get(bare(value))) : undefined
  if (meant !== undefined) return meant
  return fault(row, key, `「${[...new Set(words.values())].join('」「')}」のどれかで書いてください。`)
}

export const bare = (word: string) => word.toLowerCase().replace(/[\s_-]/g, '')

/** Every word under its own name and under its other names. */
export const wordsOf = <T extends string>(
  words: readonly T[],
  others: Record<string, T> = {},
): ReadonlyMap<string, T> =>
  new Map([
    ...words.flatMap((word) => [[word, word] as const, [bare(word), word] as const]),
    ...Object.entries(others).map(([other, word]) => [bare(other), word] as const),
  ])

/** A text that only says something to people. */
export function text(row: Row, key: string): string | null {
  const value = told(row, key)
  if (value === null || typeof value === 'string') return value
  return fault(row, key, '文字で書いてください。')
}

/** Names every key that nobody knows: a misspelt one would otherwise be left out in silence. */
export function refuseOthers(row: Row, known: ReadonlySet<string>) {
  for (const key in row.json) if (!known.has(key)) unknown(row, key)
}

export const unknown = (row: Row, key: string) =>
  fault(row, key, '知らない項目です。名前の書き間違いがないか、確かめてください。')
