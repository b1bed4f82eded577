/** What people type, before anything is made of it: one line, half-width, with the sentence for what cannot be read. */
import { findMyNumber } from '#core/identifiers.ts'
import { type Cleaned, cleanLine, exceeds, graphemes, hasPrivateUse, isBlank } from '#core/text.ts'
import type { Outcome, Posted } from './outcome.ts'

/** Full-width ASCII and spaces become half-width; nothing else changes (NFKC would rewrite domain names). */
export const halfWidth = (text: string) =>
  text.replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, ' ')

/** Every dash and the long vowel as a hyphen. */
export const hyphens = (text: string) => text.replace(/[\p{Dash_Punctuation}\u2212\u30fc\uff70]/gu, '-')

/** One short half-width line, or what is wrong. Line breaks are refused, not trimmed: behind one hides a second mail header. */
export function line(label: string, { values }: Posted, max: number): { text: string } | { error: string } {
  if (values.length > 1) return { error: `${label}を1つだけ入力してください` }
  const typed = values[0] ?? ''
  if (typed.length > max) return { error: `${label}は${max}文字以内で入力してください` }
  const cleaned = cleanLine(typed)
  if (!cleaned.ok) return { error: `${label}の${cleaned.reason}` }
  return { text: halfWidth(cleaned.text).trim() }
}

/** One value, whole and readable; longer texts are refused before anything looks at every character. */
export function readText(label: string, posted: Posted, max: number, clean: (text: string) => Cleaned): Outcome {
  if (posted.values.length > 1) return { error: `${label}を1つだけ入力してください` }
  const typed = posted.values[0] ?? ''
  if (typed.length > max * 50 + 1000) return { error: `${label}は${max}文字以内で入力してください` }
  const cleaned = clean(typed)
  if (!cleaned.ok) return { error: `${label}の${cleaned.reason}` }
  if (isBlank(cleaned.text)) return {}
  if (exceeds(cleaned.text, max)) {
    return { error: `${label}は${max}文字以内で入力してください。いまは${graphemes(cleaned.text)}文字です` }
  }
  if (hasPrivateUse(cleaned.text)) {
    return {
      error: `${label}の外字（ほかの機器では表示できない文字）を別の字にしてください。正しい字は窓口か電話でお知らせください`,
    }
  }
  return { answer: cleaned.text }
}

/**
 * Free text without an 個人番号: outside its purposes by law nobody may ask for, collect or keep one (番号法15条, 20条), and
 * people do write it where it was not asked.
 */
export function readFreeText(
  { label, minLength = 0 }: { label: string; minLength?: number | undefined },
  posted: Posted,
  max: number,
  clean: (text: string) => Cleaned,
): Outcome {
  const read = readText(label, posted, max, clean)
  if (typeof read.answer !== 'string') return read
  if (findMyNumber(read.answer)) {
    return {
      error: `${label}からマイナンバーと思われる12けたの数字を消してください。ここではマイナンバーを受け取れません`,
    }
  }
  return graphemes(read.answer) < minLength ? { error: `${label}は${minLength}文字以上で入力してください` } : read
}
