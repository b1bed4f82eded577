import Big from 'big.js'
import type { Extra, Json } from '../plan-file.ts'
import { meant } from './meant.ts'
import { printedDiffers } from './printed.ts'

/** One thing wrong with a file: where (`plans[1].initiatives[4].phases[0].span.endFY`) and what to do, in Japanese. */
export type Fault = { path: string; sentence: string }

/**
 * One object of the file, read key by key. What is asked for is checked and remembered; what nobody asked for comes back from
 * `extra`, so that no key is dropped in silence. A wrong value leaves a fault and an empty value, and reading goes on.
 */
export type Node = ReturnType<typeof openNode>

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const below = (path: string, key: string) => {
  const step = /^[\w-]+$/.test(key) ? key : JSON.stringify(key)
  return path === '' ? step : `${path}.${step}`
}

export function openNode(value: unknown, path: string, faults: Fault[]) {
  const object = isObject(value) ? value : {}
  const taken = new Set<string>()

  const at = (key: string) => below(path, key)
  const fault = (key: string | null, sentence: string) => {
    faults.push({ path: (key === null ? path : at(key)) || '（ファイル全体）', sentence })
    return null
  }
  if (!isObject(value)) fault(null, 'ここには、名前の付いた項目のまとまり（{ } で囲んだもの）を書いてください。')

  const take = (key: string): unknown => {
    taken.add(key)
    return Object.hasOwn(object, key) ? object[key] : undefined
  }
  /** Undefined and null both mean "not told". */
  const told = (key: string) => take(key) ?? null

  const text = (key: string): string | null => {
    const found = told(key)
    if (found === null) return null
    if (typeof found !== 'string') return fault(key, '文字で書いてください。')
    return found.trim() === '' ? fault(key, '空です。書かれていないときは null にしてください。') : found
  }
  const needText = (key: string): string => {
    const found = text(key)
    if (found === null && told(key) === null) fault(key, 'この項目は必ず書いてください。')
    return found ?? ''
  }
  const integer = (key: string, min: number, max: number, what: string): number | null => {
    const found = told(key)
    if (found === null) return null
    if (typeof found === 'number' && Number.isInteger(found) && found >= min && found <= max) return found
    return fault(key, `${what}を、${min}から${max}までの整数で書いてください。`)
  }
  const need = <T>(key: string, found: T | null, instead: T): T => {
    if (found === null && told(key) === null) fault(key, 'この項目は必ず書いてください。')
    return found ?? instead
  }
  const fy = (key: string) => integer(key, 1950, 2150, '年度（始まる年の西暦）')
  const number = (key: string) => integer(key, 0, 1_000_000, '番号')
  const list = (key: string): unknown[] => {
    const found = told(key)
    if (found === null) return []
    if (Array.isArray(found)) return found
    fault(key, '一覧（[ ] で囲んだもの）で書いてください。')
    return []
  }
  const pattern = (key: string, form: RegExp, sentence: string) => {
    const found = text(key)
    return found === null || form.test(found) ? found : fault(key, sentence)
  }
  const decimal = (key: string): string | null => {
    const found = told(key)
    if (found === null) return null
    if (typeof found === 'number' && Number.isFinite(found)) {
      // Beyond 15 digits a JSON number has already lost some on its way here.
      if (Math.abs(found) >= 1e15) return fault(key, '数値が大きすぎます（15桁まで）。桁を確かめてください。')
      return new Big(found).toFixed()
    }
    if (typeof found === 'string' && /^-?\d{1,15}(\.\d{1,10})?$/.test(found)) return found
    return fault(key, '数値で書いてください（桁区切りや単位は付けません）。分からないときは null にしてください。')
  }

  return {
    path,
    at,
    fault,
    text,
    needText,
    decimal,
    fy,
    needFy: (key: string) => need(key, fy(key), 0),
    number,
    needNumber: (key: string) => need(key, number(key), -1),
    flag(key: string): boolean | null {
      const found = told(key)
      return found === null || typeof found === 'boolean' ? found : fault(key, 'true か false で書いてください。')
    },
    date: (key: string) => {
      const found = pattern(key, /^\d{4}-\d{2}-\d{2}$/, '日付は「2021-06-23」の形で書いてください。')
      if (found === null) return null
      const day = new Date(`${found}T00:00:00Z`)
      const exists = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(found)
      return exists ? found : fault(key, '暦にない日付です。')
    },
    month: (key: string) =>
      pattern(key, /^\d{4}-(0[1-9]|1[0-2])$/, '年月は「2021-06」の形で書いてください（月は01から12まで）。'),
    oneOf<T extends string>(key: string, words: readonly T[]): T | null {
      const found = text(key)
      if (found === null || (words as readonly string[]).includes(found)) return found as T | null
      return fault(key, `「${words.join('」「')}」のどれかで書いてください。`)
    },
    texts(key: string): string[] {
      return list(key).flatMap((one, index) => {
        if (typeof one === 'string' && one.trim() !== '') return [one]
        fault(`${key}`, `${index + 1}番目を文字で書いてください。`)
        return []
      })
    },
    numbers(key: string): number[] {
      return list(key).flatMap((one, index) => {
        if (typeof one === 'number' && Number.isInteger(one) && one >= 0) return [one]
        fault(key, `${index + 1}番目を番号（整数）で書いてください。`)
        return []
      })
    },
    node(key: string) {
      const found = told(key)
      return found === null ? null : openNode(found, at(key), faults)
    },
    nodes(key: string) {
      return list(key).map((one, index) => openNode(one, `${at(key)}[${index}]`, faults))
    },
    /** Ids of sources, separated by commas. */
    sources(): string[] {
      const found = text('source')
      return found === null ? [] : found.split(',').map((id) => id.trim())
    },
    /** A number and how it is printed must agree. */
    agrees(key: string, value: string | null, printed: string | null) {
      const difference = printedDiffers(value, printed)
      if (difference) fault(key, difference)
    },
    /** Keys not asked for yet. */
    rest: () => Object.keys(object).filter((key) => !taken.has(key)),
    has: (key: string) => Object.hasOwn(object, key),
    raw: (key: string) => told(key) as Json,
    /** What nobody asked for. A key that looks like a slip of one that was asked for is a fault. */
    extra(): Extra {
      const unknown = Object.entries(object).filter(([key]) => !taken.has(key))
      const missing = [...taken].filter((key) => !Object.hasOwn(object, key))
      for (const [key] of unknown) {
        const word = meant(key, missing)
        if (word) fault(key, `「${key}」という項目はありません。「${word}」の書き誤りなら、直してください。`)
      }
      return Object.fromEntries(unknown) as Extra
    },
  }
}

/** Names every entry whose key appeared before. */
export function findDoubles<T>(
  items: readonly T[],
  key: (item: T) => string,
  say: (item: T, index: number, key: string) => void,
) {
  const seen = new Set<string>()
  items.forEach((item, index) => {
    const one = key(item)
    if (seen.has(one)) say(item, index, one)
    seen.add(one)
  })
}
