import { findMyNumber } from '#core/identifiers.ts'

type Charset = 'utf-8' | 'shift_jis'

/**
 * Reads text that passes by. `see` tells whether it can still be text; `end` how it is written, or null; `myNumber`,
 * after the end, whether something in it looks like an 個人番号.
 */
export function textWatch() {
  const decoders = new Map([
    ['utf-8', new TextDecoder('utf-8', { fatal: true })],
    ['shift_jis', new TextDecoder('shift_jis', { fatal: true })],
  ] as const)

  const numbers = new Map<Charset, ReturnType<typeof numberWatch>>([
    ['utf-8', numberWatch()],
    ['shift_jis', numberWatch()],
  ])

  const decode = (chunk: Uint8Array | null) => {
    for (const [charset, decoder] of decoders) {
      try {
        const text = chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
        if (notText.test(text)) decoders.delete(charset)
        else numbers.get(charset)?.see(text, chunk === null)
      } catch {
        decoders.delete(charset)
      }
    }
    return decoders.size > 0
  }

  return {
    see: (chunk: Uint8Array): boolean => decode(chunk),
    end(): Charset | null {
      decode(null)
      return decoders.keys().next().value ?? null
    },
    myNumber: (charset: Charset): boolean => numbers.get(charset)?.found() ?? false,
  }
}

/** What a number that is written in groups can be made of, at the end of a piece of text. */
const unfinished = /[0-9\uff10-\uff19\s\p{Dash_Punctuation}\p{Cf}\u2212ー._・/]*$/u

/**
 * Looks for an 個人番号 in text that comes in pieces: what may go on in the next piece is looked at with it. Cells and
 * lines are apart: columns of short numbers are no number.
 */
function numberWatch() {
  let rest = ''
  let seen = false
  return {
    see(text: string, last: boolean) {
      if (seen) return
      const all = rest + text
      // No spelling of twelve digits is longer than this.
      const tail = last ? '' : (unfinished.exec(all.slice(-200))?.[0] ?? '')
      const end = all.length - tail.length
      rest = all.slice(end)
      seen = findMyNumber(all.slice(0, end).replace(/[\t\r\n]+/g, '、')) !== undefined
    },
    found: () => seen,
  }
}

/** Controls other than tab, line ends, form feed and the end mark of old DOS texts: never in a text, often elsewhere. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that are looked for
const notText = /[\0-\x08\x0e-\x19\x1b-\x1f\x7f-\x9f]/

/** What a browser or an operating system might run or render if it guessed: markup, scripts, documents that act. */
const active = [
  /^<(?:!doctype|!--|!\[cdata|\?|%|[a-z][a-z0-9:-]*[\s/>])/, // HTML, SVG, XML, PHP, templates
  /^#!/,
  /^%!/, // PostScript
  /^\{\\rtf/,
  /^@echo\b/,
  /^mime-version:/, // a web page in one file
]

/** Whether a head that could be text begins like something active, after a byte order mark and white space. */
export function looksActive(head: Uint8Array): boolean {
  const text = Buffer.from(head)
    .toString('latin1')
    .replace(/^(?:\xef\xbb\xbf)?[\s\0]*/, '')
    .toLowerCase()
  return active.some((shape) => shape.test(text)) || /<(?:script|svg|html|iframe)[\s>]/.test(text.slice(0, 1024))
}
