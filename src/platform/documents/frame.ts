import { families } from './fonts.ts'

/**
 * What stands before every template: what is printed as `inputs`, Japanese, the two fonts and nothing else, quotes as they were typed, and the second
 * font where the first would draw a variant wrongly.
 */
export const prelude = `
#let inputs = json(bytes(sys.inputs.inputs))
#let glyphs = json(bytes(sys.inputs.glyphs))
#set text(lang: "ja", region: "jp", font: (${families.map((one) => `"${one}"`).join(', ')}), fallback: false, size: 10pt)
#set smartquote(enabled: false)
#show: body => if glyphs.second == none { body } else {
  show regex(glyphs.second): set text(font: "${families[1]}")
  body
}
`

/** What stands after it: no character goes missing in silence. */
export const coda = `
#if glyphs.missing.len() + glyphs.basic.len() > 0 {
  v(1.5em)
  line(length: 100%, stroke: 0.4pt)
  set text(size: 8pt)
  if glyphs.missing.len() > 0 [
    〓は、この文書の書体にない文字です：#glyphs.missing.join("、")

  ]
  if glyphs.basic.len() > 0 [
    次の文字は、字形の違い（異体字）を表せないため、基本の字形で印刷しています：#glyphs.basic.map(one => one.shown + "（" + one.codes + "）").join("、")
  ]
}
`

/** A regular expression that matches exactly these texts, or null for none. */
export const anyOf = (texts: readonly string[]): string | null =>
  texts.length === 0
    ? null
    : texts.map((text) => [...text].map((one) => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`).join('')).join('|')
