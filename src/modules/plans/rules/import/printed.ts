import Big from 'big.js'

/** What the characters of a source say about a number. */
export type PrintedNumber =
  | { kind: 'number'; digits: string; times: number }
  | { kind: 'dash' }
  | { kind: 'words' }
  | { kind: 'garbled' }

const dashes = /^[-‐‑‒–—―−ー]+$/
const number = /([△▲\-−]\s*)?(\d{1,3}(?:,\d{3})+(?![\d,])|\d+)(\.\d+)?(?!\d|,\d)\s*([千万億]|百万)?/
const scales: Record<string, number> = { 千: 1e3, 万: 1e4, 百万: 1e6, 億: 1e8 }

/**
 * Reads the first number of a printed figure: 「23,000 件」, 「10.0%」, 「△1.5」, 「１８，７６５件（30年度）」. `digits` keeps the printed
 * decimals ("10.0") without separators; `times` is the scale that follows it (「2.3万件」: 10000). A dash alone is a dash.
 */
export function readPrinted(printed: string): PrintedNumber {
  const plain = printed.normalize('NFKC').trim()
  if (dashes.test(plain)) return { kind: 'dash' }
  if (!/\d/.test(plain)) return { kind: 'words' }
  const found = number.exec(plain)
  // A number that begins in the middle of digits ("1,33" would give 33) is not what was printed.
  if (!found || /\d/.test(plain.slice(0, found.index))) return { kind: 'garbled' }
  const [, minus, whole = '', part = '', scale] = found
  const digits = `${minus ? '-' : ''}${whole.replaceAll(',', '')}${part}`
  return { kind: 'number', digits, times: scale ? (scales[scale] ?? 1) : 1 }
}

/** Null where a value (decimal string) and its printed form agree, or can't be compared; else the sentence of the fault. */
export function printedDiffers(value: string | null, printed: string | null): string | null {
  if (printed === null) return null
  const read = readPrinted(printed)
  if (read.kind === 'words') return null
  if (read.kind === 'garbled') return `表示「${printed}」を数として読めません。桁区切りを確かめてください。`
  if (read.kind === 'dash')
    return value === null
      ? null
      : `表示は「${printed}」ですが、数値に ${value} が入っています。どちらかを直してください。`
  if (value === null) return `表示は「${printed}」ですが、数値が null です。どちらかを直してください。`
  const shown = new Big(read.digits)
  // 「17,300千円」 with the unit 千円 is 17300; 「2.3万件」 with the unit 件 is 23000.
  if (shown.eq(value) || shown.times(read.times).eq(value)) return null
  return `表示「${printed}」と数値 ${value} が合いません。どちらかを直してください。`
}
