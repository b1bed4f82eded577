import { inflateSync } from 'node:zlib'

/**
 * The text of each page of a PDF that `renderDocument` made, in the order in which it was drawn, for tests: what a reader's program would
 * copy out. Knows only what Typst writes (objects one by one, Identity-H fonts with ToUnicode, deflated streams).
 */
export function readBack(pdf: Uint8Array): string[] {
  const file = Buffer.from(pdf)
  const plain = file.toString('latin1')
  const objects = new Map<string, { head: string; stream: string | null }>()
  for (const found of plain.matchAll(/(?:^|\n)(\d+) 0 obj\n/g)) {
    const at = (found.index ?? 0) + found[0].length
    const end = plain.indexOf('endobj', at)
    const stream = plain.indexOf('\nstream\n', at)
    const inside = stream >= 0 && stream < end
    const head = plain.slice(at, inside ? stream : end)
    objects.set(found[1] as string, { head, stream: inside ? inflate(file, stream + 8, head) : null })
  }

  const fonts = new Map<string, Map<string, string>>()
  for (const [id, { head }] of objects) {
    const map = /\/ToUnicode (\d+) 0 R/.exec(head)?.[1]
    if (map) fonts.set(id, readMap(objects.get(map)?.stream ?? ''))
  }
  return [...objects.values()]
    .filter(({ head }) => /\/Type \/Page\s/.test(head))
    .map(({ head }) => {
      const named = new Map(
        [...head.matchAll(/\/(f\d+) (\d+) 0 R/g)].map(([, name, id]) => [name, fonts.get(id as string)]),
      )
      const contents = /\/Contents (\d+) 0 R/.exec(head)?.[1] ?? ''
      return readPage(objects.get(contents)?.stream ?? '', named)
    })
}

function inflate(file: Buffer, at: number, head: string): string {
  const length = Number(/\/Length (\d+)/.exec(head)?.[1])
  const bytes = file.subarray(at, at + length)
  return (head.includes('/FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1')
}

/** Glyph code (four hexadecimal digits) → text. */
function readMap(stream: string): Map<string, string> {
  const pairs = stream.matchAll(/<([0-9A-F]{4})> <([0-9A-F]+)>\n/g)
  return new Map(
    [...pairs].map(([, code, text]) => [
      code as string,
      Buffer.from(text as string, 'hex')
        .swap16()
        .toString('utf16le'),
    ]),
  )
}

const escapes: Record<string, number> = { n: 10, r: 13, t: 9, b: 8, f: 12 }

/** The bytes of the literal string that opens at `at`, and where it ends. Pairs of parentheses inside stand unescaped. */
function literalAt(stream: string, at: number): { bytes: number[]; end: number } {
  const bytes: number[] = []
  let depth = 0
  for (let index = at; index < stream.length; index += 1) {
    const char = stream[index] as string
    if (char === '\\') {
      const octal = /^[0-7]{1,3}/.exec(stream.slice(index + 1, index + 4))?.[0]
      const escaped = stream[index + 1] as string
      bytes.push(octal === undefined ? (escapes[escaped] ?? escaped.charCodeAt(0)) : Number.parseInt(octal, 8))
      index += octal?.length ?? 1
      continue
    }
    if (char === '(') depth += 1
    if (char === ')') depth -= 1
    if (depth === 0) return { bytes, end: index + 1 }
    if (index > at) bytes.push(char.charCodeAt(0))
  }
  throw new Error('a string without end')
}

function readPage(stream: string, fonts: Map<string | undefined, Map<string, string> | undefined>): string {
  const next = /\/(f\d+) [\d.]+ Tf|<([0-9A-F]{4,})>|\(/g
  let font: Map<string, string> | undefined
  let out = ''
  for (let found = next.exec(stream); found; found = next.exec(stream)) {
    const [, name, hex] = found
    if (name !== undefined) {
      font = fonts.get(name)
      continue
    }
    let codes = hex ?? ''
    if (hex === undefined) {
      const { bytes, end } = literalAt(stream, found.index)
      codes = Buffer.from(bytes).toString('hex').toUpperCase()
      next.lastIndex = end
    }
    for (const code of codes.match(/.{4}/g) ?? []) out += font?.get(code) ?? ''
  }
  return out
}
