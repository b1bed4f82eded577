/** Numbers with a check digit. */

/** Σ of digit × weight, the digits counted from the right and from 1. */
function weighted(digits: string, weight: (n: number) => number): number {
  let sum = 0
  for (let n = 1; n <= digits.length; n++) sum += Number(digits[digits.length - n]) * weight(n)
  return sum
}

/**
 * Twelve ASCII digits with the check digit of an 個人番号 (平成26年総務省令第85号5条). Only to detect and refuse: no part of
 * Attaka may keep, show or log such a number.
 */
export function isMyNumber(text: string): boolean {
  if (!/^[0-9]{12}$/.test(text)) return false
  const rest = weighted(text.slice(0, 11), (n) => (n <= 6 ? n + 1 : n - 5)) % 11
  return Number(text[11]) === (rest <= 1 ? 0 : 11 - rest)
}

/** Thirteen ASCII digits with the check digit of a 法人番号 in front (平成26年財務省令第70号2条). */
export function isCorporateNumber(text: string): boolean {
  if (!/^[0-9]{13}$/.test(text)) return false
  return Number(text[0]) === 9 - (weighted(text.slice(1), (n) => (n % 2 === 1 ? 1 : 2)) % 9)
}

/** Six ASCII digits, the last the check digit of a 全国地方公共団体コード (総務省). Whether the place exists is not asked. */
export function isMunicipalityCode(text: string): boolean {
  if (!/^[0-9]{6}$/.test(text)) return false
  const sum = weighted(text.slice(0, 5), (n) => n + 1)
  return Number(text[5]) === (11 - (sum % 11)) % 10
}

const hyphen = '[\\p{Dash_Punctuation}\\u2212\\u30fc]'
const hyphenated = new RegExp(`[0-9]+(?:\\s{0,2}${hyphen}\\s{0,2}[0-9]+)*`, 'gu')
const spaced = new RegExp(`(?<![0-9])[0-9]+(?:\\s{1,3}[0-9]+)+(?!\\s{0,2}${hyphen}\\s{0,2}[0-9])`, 'gu')
const marked = /(?<![0-9])[0-9]{4}([._・/])[0-9]{4}\1[0-9]{4}(?![0-9])/g

/** A text as it may be kept while it isn't right yet: nothing at all where an 個人番号 seems to stand in it. */
export const keepable = (text: string): string => (findMyNumber(text) === undefined ? text : '')

/**
 * The first 個人番号 in free text, as its twelve digits, or undefined. Read are full-width digits, and digits in groups
 * of any size between hyphens or spaces, or of four between other marks. Not taken for one: longer numbers (法人番号,
 * cards) and international telephone numbers. One in eleven other twelve-digit numbers has a fitting check digit too,
 * and is found: the words shown must therefore say 「と思われる」.
 */
export function findMyNumber(text: string): string | undefined {
  const plain = text.replace(/\p{Cf}/gu, '').normalize('NFKC')
  for (const run of plain.matchAll(hyphenated)) {
    const digits = run[0].replace(/[^0-9]/g, '')
    if (isMyNumber(digits) && plain[run.index - 1] !== '+') return digits
  }
  for (const run of plain.matchAll(spaced)) {
    if (plain[run.index - 1] === '+') continue
    const groups = run[0].split(/\s+/)
    const digits = groups.join('')
    if (digits.length === 12 && isMyNumber(digits)) return digits
    // More numbers stand beside it: look for the printed spelling 4-4-4, but not within a card's or a 法人番号.
    if (digits.length <= 12 || isCorporateNumber(digits) || groups.every((g) => g.length === 4)) continue
    for (let n = 0; n + 3 <= groups.length; n++) {
      const three = groups.slice(n, n + 3)
      if (three.every((g) => g.length === 4) && isMyNumber(three.join(''))) return three.join('')
    }
  }
  for (const run of plain.matchAll(marked)) {
    const digits = run[0].replace(/[^0-9]/g, '')
    if (isMyNumber(digits)) return digits
  }
  return undefined
}
