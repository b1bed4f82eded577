/** Reads text that passes by. `see` tells whether it can still be text; `end` how it is written, or null. */
export function textWatch() {
  const decoders = new Map([
    ['utf-8', new TextDecoder('utf-8', { fatal: true })],
    ['shift_jis', new TextDecoder('shift_jis', { fatal: true })],
  ] as const)

  const decode = (chunk: Uint8Array | null) => {
    for (const [charset, decoder] of decoders) {
      try {
        const text = chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
        if (notText.test(text)) decoders.delete(charset)
      } catch {
        decoders.delete(charset)
      }
    }
    return decoders.size > 0
  }

  return {
    see: (chunk: Uint8Array): boolean => decode(chunk),
    end(): 'utf-8' | 'shift_jis' | null {
      decode(null)
      return decoders.keys().next().value ?? null
    },
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
