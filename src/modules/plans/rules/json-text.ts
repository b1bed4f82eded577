import type { Fault } from './import/reader.ts'

/** Deeper documents are refused by their own rule; nobody looks for doubled keys there. */
const deepest = 40
/** More would help nobody. */
const mostFaults = 1000

/**
 * Looks at JSON as it is written, for what a parser doesn't tell: where it breaks off, and keys that stand twice in one object, of
 * which a parser keeps the last in silence. Paths are those of the other faults. Linear; never throws.
 */
export function scanJsonText(text: string): { brokenAt: { line: number; column: number } | null; faults: Fault[] } {
  const faults: Fault[] = []
  let at = 0

  const broken = () => {
    throw new Broken()
  }
  const space = () => {
    while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++
  }
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at
    const [found] = pattern.exec(text) ?? broken()
    at += found.length
    return found
  }
  const expect = (character: string) => {
    if (text[at] !== character) broken()
    at++
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
  const value = (path: string, depth: number) => {
    if (depth > deepest) throw new TooDeep()
    if (text[at] === '{') {
      const keys = new Set<string>()
      several('}', () => {
        const key = JSON.parse(take(string)) as string
        const here = path === '' ? key : `${path}.${key}`
        if (keys.has(key) && faults.length < mostFaults)
          faults.push({ path: here, sentence: '同じ名前の項目が2つあります。どちらかを消してください。' })
        keys.add(key)
        space()
        expect(':')
        space()
        value(here, depth + 1)
      })
    } else if (text[at] === '[') several(']', (index) => value(`${path}[${index}]`, depth + 1))
    else take(scalar)
  }

  try {
    space()
    value('', 0)
    space()
    return at < text.length ? { brokenAt: placeOf(text, at), faults } : { brokenAt: null, faults }
  } catch (error) {
    return { brokenAt: error instanceof TooDeep ? null : placeOf(text, at), faults }
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON allows none of them inside a text
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const scalar = new RegExp(`${string.source}|-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|true|false|null`, 'y')

class Broken extends Error {}
class TooDeep extends Error {}

/** Counted from 1, as editors do. */
function placeOf(text: string, at: number) {
  const before = text.slice(0, at)
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') }
}
