import { ja } from './words.ja.ts'

type Fault = { path: string; sentence: string }

/** Deeper documents are refused by their own rule; nobody looks any further there. */
const deepest = 40
/** More would help nobody. */
const mostFaults = 1000

/** A number of JSON with its digits as they were written: 0.1 stays "0.1", 1e999999 is never computed. */
export type Written = { readonly digits: string }

export type Json = null | boolean | string | Written | Json[] | { [key: string]: Json }

export const isWritten = (value: Json | undefined): value is Written => value instanceof WrittenNumber

/**
 * Reads JSON as it is written, for what a parser doesn't tell: where it breaks off, keys that stand twice in one object, of which a parser
 * keeps the last in silence, and numbers digit by digit. Paths are those of the other faults. `value` is undefined where the text is broken
 * or `tooDeep`. Linear; never throws.
 * @param entry - takes the entries of a list one by one, so that a long one need not be held as a whole; `value` is then an empty list
 */
export function readJsonText(
  text: string,
  entry?: (value: Json, index: number) => void,
): {
  value: Json | undefined
  brokenAt: { line: number; column: number } | null
  tooDeep: boolean
  faults: Fault[]
} {
  const faults: Fault[] = []
  /** Keys and indexes that lead to the present value. */
  const way: (string | number)[] = []
  const followers = new Map<string, string>()
  let at = 0

  const broken = (): never => {
    throw new Broken()
  }
  const space = () => {
    for (;;) {
      const code = text.charCodeAt(at)
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return
      at++
    }
  }
  const expect = (character: string) => {
    if (text[at] !== character) broken()
    at++
  }
  const string = (): string => {
    if (text[at] !== '"') broken()
    // Most texts hold nothing that has to be unescaped.
    let end = at + 1
    for (let code = text.charCodeAt(end); code > 31 && code !== 34 && code !== 92; ) code = text.charCodeAt(++end)
    if (text.charCodeAt(end) === 34) {
      const inside = text.slice(at + 1, end)
      at = end + 1
      return inside
    }
    quoted.lastIndex = at
    const [found] = quoted.exec(text) ?? broken()
    at += found.length
    return JSON.parse(found) as string
  }
  const scalar = (): Json => {
    if (text[at] === '"') return string()
    plain.lastIndex = at
    if (!plain.test(text)) broken()
    const found = text.slice(at, plain.lastIndex)
    at = plain.lastIndex
    return found === 'true' ? true : found === 'false' ? false : found === 'null' ? null : new WrittenNumber(found)
  }
  /** One value after another, until `end`. */
  const several = (end: string, one: (index: number) => void) => {
    at++
    space()
    for (let index = 0; text[at] !== end; index++) {
      if (index > 0) {
        expect(',')
        space()
      }
      one(index)
      space()
    }
    at++
  }
  /** The objects of a list are alike: what followed a key before is looked for first, which spares most of the reading. */
  const keyAfter = (before: string): string => {
    const guess = followers.get(before)
    if (guess !== undefined && text.startsWith(guess, at + 1) && text.charCodeAt(at + 1 + guess.length) === 34) {
      if (text.charCodeAt(at) !== 34) broken()
      at += guess.length + 2
      return guess
    }
    const key = string()
    // A key that must be escaped never stands in the text as it is.
    if (followers.size < mostFollowers && !escaped.test(key)) followers.set(before, key)
    return key
  }
  const member = (object: { [key: string]: Json }, before: string): string => {
    const key = keyAfter(before)
    way.push(key)
    if (object[key] !== undefined && Object.hasOwn(object, key) && faults.length < mostFaults)
      faults.push({ path: pathOf(way), sentence: ja.json.twice })
    space()
    expect(':')
    space()
    const read = value()
    // An assignment would set the prototype instead.
    if (key === '__proto__')
      Object.defineProperty(object, key, { value: read, enumerable: true, configurable: true, writable: true })
    else object[key] = read
    way.pop()
    return key
  }
  const value = (): Json => {
    if (way.length > deepest) throw new TooDeep()
    if (text[at] === '{') {
      const object: { [key: string]: Json } = {}
      const above = way.at(-1)
      let before = typeof above === 'string' ? `{${above}` : '{'
      several('}', () => {
        before = member(object, before)
      })
      return object
    }
    if (text[at] !== '[') return scalar()
    const list: Json[] = []
    several(']', (index) => {
      way.push(index)
      const read = value()
      way.pop()
      if (entry && way.length === 0) entry(read, index)
      else list.push(read)
    })
    return list
  }

  try {
    space()
    const read = value()
    space()
    return at < text.length
      ? { value: undefined, brokenAt: placeOf(text, at), tooDeep: false, faults }
      : { value: read, brokenAt: null, tooDeep: false, faults }
  } catch (error) {
    const tooDeep = error instanceof TooDeep
    return { value: undefined, brokenAt: tooDeep ? null : placeOf(text, at), tooDeep, faults }
  }
}

/** What `readJsonText` finds wrong with a text whose value somebody else reads. */
export function scanJsonText(text: string): Pick<ReturnType<typeof readJsonText>, 'brokenAt' | 'faults'> {
  const { brokenAt, faults } = readJsonText(text)
  return { brokenAt, faults }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON allows none of them inside a text
const escaped = /["\\\u0000-\u001f]/
const mostFollowers = 10_000
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const quoted = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const plain = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

class WrittenNumber {
  readonly digits: string
  constructor(digits: string) {
    this.digits = digits
  }
}
class Broken extends Error {}
class TooDeep extends Error {}

const pathOf = (way: readonly (string | number)[]) =>
  way.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('')

/** Counted from 1, as editors do. */
function placeOf(text: string, at: number) {
  const before = text.slice(0, at)
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') }
}
