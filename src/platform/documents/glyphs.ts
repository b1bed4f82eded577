import { coverages } from './fonts.ts'

/** The printer's mark for a character that the fonts lack (下駄記号). */
const geta = '〓'

/** How the text of one document can be printed. */
export type Glyphs = {
  /** Characters that no font has, as 「U+1F600」; in the text they became 〓. */
  missing: string[]
  /** Variation sequences that no font has, though the base character is there: printed in its basic shape. */
  basic: { shown: string; codes: string }[]
  /** Characters and sequences that the first font would draw wrongly: they are set in the second font. */
  second: string[]
}

const nameOf = (text: string) =>
  [...text].map((one) => `U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`).join(' ')

const isSelector = (code: number) => (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef)
/** Emoji and text presentation: another colour of the same sign, nothing that a reader of print could miss. */
const isPresentation = (code: number) => code === 0xfe0e || code === 0xfe0f
/** Invisible by nature: joiners, direction marks, soft hyphens. Direction overrides would let a text show other than it is. */
const invisible = /^(\p{Cf}|\u034f|\u115f|\u1160|\u3164|\uffa0)$/u

/** Base character and, where one follows, its variation selector. */
function* signs(text: string): Generator<{ base: string; selector: string }> {
  const points = [...text]
  for (let index = 0; index < points.length; index += 1) {
    const base = points[index] as string
    const after = points[index + 1]
    const selected = after !== undefined && isSelector(after.codePointAt(0) ?? 0)
    if (selected) index += 1
    yield { base, selector: selected ? after : '' }
  }
}

/**
 * Makes a text printable and keeps account of what was done to it in `glyphs`. Line ends and tabs pass; か and a combining mark become が;
 * what no font has becomes 〓.
 */
export function printable(text: string, glyphs: Glyphs): string {
  const [first, second] = coverages()
  let out = ''
  // A half surrogate becomes U+FFFD, which no text should hold: it is marked like any missing character.
  for (const { base, selector } of signs(joinMarks(text.toWellFormed()))) {
    const code = base.codePointAt(0) ?? 0
    const variant = selector.codePointAt(0) ?? 0
    if (base === '\n' || base === '\t') out += base
    else if (base === '\r' || invisible.test(base)) continue
    else if (code === 0xfffd || (!first.has(code) && !second.has(code))) {
      keep(glyphs.missing, nameOf(base + (isPresentation(variant) ? '' : selector)))
      out += geta
    } else if (selector === '' || isPresentation(variant) || first.hasVariation(code, variant)) {
      out += isPresentation(variant) ? base : base + selector
    } else if (second.hasVariation(code, variant)) {
      keep(glyphs.second, base + selector)
      out += base + selector
    } else {
      if (!glyphs.basic.some((one) => one.codes === nameOf(base + selector)))
        glyphs.basic.push({ shown: base, codes: nameOf(base + selector) })
      out += base
    }
  }
  return out
}

/** Only kana and its sound marks: a full normalisation would also replace compatibility ideographs, which names may need. */
const joinMarks = (text: string) => text.replace(/[\u3041-\u30ff][\u3099\u309a]/g, (pair) => pair.normalize('NFC'))

function keep(list: string[], one: string) {
  if (!list.includes(one)) list.push(one)
}

/** The same data with every text in it printable. Keys are the template's, so they stay. */
export function printableData(data: unknown, glyphs: Glyphs): unknown {
  if (typeof data === 'string') return printable(data, glyphs)
  if (Array.isArray(data)) return data.map((one) => printableData(one, glyphs))
  if (typeof data !== 'object' || data === null) return data
  return Object.fromEntries(Object.entries(data).map(([key, one]) => [key, printableData(one, glyphs)]))
}

/**
 * What of this text can't be printed: characters that neither font has (「U+1F600」) and variation sequences that neither knows
 * (「U+845B U+E01EF」). Empty = all of it can.
 */
export function missingGlyphs(text: string): string[] {
  const glyphs: Glyphs = { missing: [], basic: [], second: [] }
  printable(text, glyphs)
  return [...glyphs.missing, ...glyphs.basic.map((one) => one.codes)]
}
