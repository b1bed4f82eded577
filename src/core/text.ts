import { ja } from './words.ja.ts'

/**
 * Text as people type it. Two forms of everything: the raw one, kept code unit for code unit (no NFC: it would change
 * U+FA19 and other compatibility ideographs in names), and a search form that is never shown.
 */

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' })

/** Characters of which each stands for itself, whatever comes beside it. Most texts have no others. */
const plain = /^[\n -~ぁ-ゖァ-ヺー、。「」・一-鿿０-９Ａ-Ｚａ-ｚ\u3000]*$/

/** What a reader counts as characters: 葛 with a variation selector is one. Linear in the length. */
export function graphemes(text: string): number {
  if (plain.test(text)) return text.length
  let count = 0
  for (const _ of segmenter.segment(text)) count++
  return count
}

/**
 * Whether a text has more than `max` graphemes, without counting five megabytes to say so. A grapheme of more than
 * some fifty code units is decoration, not writing: such texts count as too long.
 */
export function exceeds(text: string, max: number): boolean {
  if (text.length <= max) return false
  if (text.length > max * 50 + 1000) return true
  let count = 0
  for (const _ of segmenter.segment(text)) if (++count > max) return true
  return false
}

/** Nothing to read: empty, spaces of any width, invisible format characters. */
export const isBlank = (text: string): boolean => !/[^\s\p{Cf}]/u.test(text)

const hiraganaToKatakana = (text: string) =>
  text.replace(/[\u3041-\u3096\u309d\u309e]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0x60))

/**
 * The form in which texts are compared and searched: NFKC, lower case, katakana for hiragana, one hyphen, one wave,
 * one space; without variation selectors and invisible format characters. Applying it twice changes nothing. It is stored
 * beside texts: whoever changes it makes those columns null by a migration (`fillSearchForms` in web/module.ts).
 */
export function searchForm(text: string): string {
  const folded = text
    .replace(/[\p{Cf}\p{Variation_Selector}]/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
  return (
    hiraganaToKatakana(folded)
      // わ with a voicing mark has no single character, ワ has one: ヷ.
      .normalize('NFKC')
      .replace(/[\p{Dash_Punctuation}\u2212\u2500]/gu, (c) => (c === '〜' || c === '〰' ? '~' : '-'))
      // 1ー2ー3 is an address, サーバー is not: the long vowel is a hyphen only between digits.
      .replace(/(?<=[0-9])ー(?=[0-9])/g, '-')
      .replace(/\s+/g, ' ')
      .trim()
  )
}

/**
 * The distinct pairs of neighbouring characters of the search form, word by word, for an index of Japanese text. Where
 * one text holds another, its bigrams hold the other's; a single character gives none.
 */
export function bigrams(text: string): string[] {
  const found = new Set<string>()
  for (const word of searchForm(text).split(' ')) {
    let before = ''
    for (const character of word) {
      if (before) found.add(before + character)
      before = character
    }
  }
  return [...found]
}

/** Whether a text holds each of these words, however they were typed; nothing typed is held by nothing. */
export function holdsWords(text: string, words: string): boolean {
  const folded = searchForm(text)
  const asked = searchForm(words)
  return asked !== '' && asked.split(' ').every((word) => folded.includes(word))
}

/** A pattern for `like` that finds what is typed, as it is: its % and _ mean themselves. */
export const likePattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** 外字: characters of the private use areas, which each machine shows differently or not at all. */
export const hasPrivateUse = (text: string): boolean => /\p{Co}/u.test(text)

/** `reason` says what to do, as the end of a sentence: it reads well alone and after 「お名前の」. */
export type Cleaned = { ok: true; text: string } | { ok: false; reason: string }

function clean(text: string, lineBreaks: boolean): Cleaned {
  if (!text.isWellFormed() || text.includes('\ufffd')) {
    return { ok: false, reason: ja.text.broken }
  }
  if (!lineBreaks && /[\n\r\u2028\u2029]/.test(text)) {
    return { ok: false, reason: ja.text.severalLines }
  }
  if (/[^\P{Cc}\n\r\t]/u.test(text)) {
    return { ok: false, reason: ja.text.invisible }
  }
  return { ok: true, text }
}

/**
 * One line, unchanged (variation selectors, compatibility ideographs, direction marks and outer spaces stay). Refused:
 * line breaks, control characters but the tab, NUL, lone surrogates, and U+FFFD, which tells that bytes were lost.
 */
export const cleanLine = (text: string): Cleaned => clean(text, false)

/** Several lines, unchanged but for CR LF and CR, which browsers send and which become LF. Refuses as `cleanLine`. */
export const cleanText = (text: string): Cleaned => clean(text.replace(/\r\n?/g, '\n'), true)

/** Kana of any kind as full-width katakana, voiced marks joined (ｶﾞ, か゛ as が, が); everything else unchanged. */
export const toFullKatakana = (text: string): string =>
  hiraganaToKatakana(
    text
      .replace(/[\uff61-\uff9f]+/g, (run) => run.normalize('NFKC'))
      .replace(/[\u3040-\u30ff][\u3099\u309a]/g, (pair) => pair.normalize('NFC')),
  )
