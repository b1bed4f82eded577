/**
 * Which characters a TrueType font can draw, read from its `cmap` table: format 12 (code points) and format 14 (variation sequences).
 * Source: OpenType specification 1.9.1, "cmap". Throws where a font has no such table.
 */
export type Coverage = {
  /** The font has a glyph for this code point. */
  has(codePoint: number): boolean
  /** The font knows this variation sequence, as a glyph of its own or as its default glyph. */
  hasVariation(codePoint: number, selector: number): boolean
}

/** `font` is the whole file. */
export function readCoverage(font: Buffer): Coverage {
  const cmap = tableAt(font, 'cmap')
  const groups: [number, number][] = []
  const variations = new Map<number, (codePoint: number) => boolean>()
  for (let index = 0; index < font.readUInt16BE(cmap + 2); index += 1) {
    const at = cmap + font.readUInt32BE(cmap + 4 + 8 * index + 4)
    const format = font.readUInt16BE(at)
    if (format === 12) groups.push(...readGroups(font, at))
    if (format === 14) for (const [selector, knows] of readVariations(font, at)) variations.set(selector, knows)
  }
  if (groups.length === 0) throw new Error('font without a cmap of format 12')
  groups.sort((a, b) => a[0] - b[0])
  return {
    has: (codePoint) => within(groups, codePoint),
    hasVariation: (codePoint, selector) => variations.get(selector)?.(codePoint) ?? false,
  }
}

function tableAt(font: Buffer, tag: string): number {
  for (let index = 0; index < font.readUInt16BE(4); index += 1) {
    const record = 12 + 16 * index
    if (font.toString('latin1', record, record + 4) === tag) return font.readUInt32BE(record + 8)
  }
  throw new Error(`font without table ${tag}`)
}

/** Sequential groups; one that maps to glyph 0 maps to nothing. */
function readGroups(font: Buffer, at: number): [number, number][] {
  return Array.from({ length: font.readUInt32BE(at + 12) }, (_, index) => {
    const group = at + 16 + 12 * index
    const first = font.readUInt32BE(group)
    return [font.readUInt32BE(group + 8) === 0 ? first + 1 : first, font.readUInt32BE(group + 4)]
  })
}

function readVariations(font: Buffer, at: number): [number, (codePoint: number) => boolean][] {
  return Array.from({ length: font.readUInt32BE(at + 6) }, (_, index) => {
    const record = at + 10 + 11 * index
    const ranges: [number, number][] = []
    const defaults = font.readUInt32BE(record + 3)
    const others = font.readUInt32BE(record + 7)
    if (defaults !== 0)
      for (let range = 0; range < font.readUInt32BE(at + defaults); range += 1) {
        const first = font.readUIntBE(at + defaults + 4 + 4 * range, 3)
        ranges.push([first, first + font.readUInt8(at + defaults + 7 + 4 * range)])
      }
    if (others !== 0)
      for (let mapping = 0; mapping < font.readUInt32BE(at + others); mapping += 1) {
        const one = font.readUIntBE(at + others + 4 + 5 * mapping, 3)
        ranges.push([one, one])
      }
    ranges.sort((a, b) => a[0] - b[0])
    return [font.readUIntBE(record, 3), (codePoint: number) => within(ranges, codePoint)]
  })
}

/** Binary search in sorted ranges that don't overlap. */
function within(ranges: readonly [number, number][], wanted: number): boolean {
  let low = 0
  let high = ranges.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const [first, last] = ranges[middle] as [number, number]
    if (wanted < first) high = middle - 1
    else if (wanted > last) low = middle + 1
    else return true
  }
  return false
}
