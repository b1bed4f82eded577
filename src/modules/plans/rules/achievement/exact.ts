/**
 * A rational number: `n` ÷ `d`, `d` > 0, not necessarily in lowest terms. Figures are decimals and rates are quotients of them, so nothing
 * is ever lost until the one declared rounding.
 */
export type Exact = { readonly n: bigint; readonly d: bigint }

/** A figure with its digits as they were written: "50.0" stays "50.0" in an explanation. */
export type Figure = Exact & { readonly text: string }

/** Digits before and after the point that a figure may have when it is written out. */
export const mostDigits = 60

const written = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?)(\d+))?$/
const usual = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/
const powers = Array.from({ length: 2 * mostDigits + 1 }, (_, at) => 10n ** BigInt(at))
const ten = (exponent: number) => powers[exponent] ?? 10n ** BigInt(exponent)

export const zero: Exact = { n: 0n, d: 1n }
export const one: Exact = { n: 1n, d: 1n }

/**
 * Reads a decimal as JSON writes numbers: "-2530", "50.0", "1.5e3". `malformed` where it isn't one ("1,5", "NaN", "４７"), `large` where it
 * would need more than 60 digits before or after the point ("1e999999"): its size is judged before anything is computed.
 */
export function readFigure(text: string): Figure | 'malformed' | 'large' {
  if (text.length < 16 && usual.test(text)) {
    const point = text.indexOf('.')
    // Up to 15 digits, so the number of a double is that of the text.
    const n = BigInt(Number(point < 0 ? text : text.slice(0, point) + text.slice(point + 1)))
    return { n, d: point < 0 ? 1n : ten(text.length - point - 1), text: n === 0n ? text.replace('-', '') : text }
  }
  if (text.length > 400) return 'large'
  const found = written.exec(text)
  if (!found) return 'malformed'
  const [, minus, whole = '', part = '', sign, exponent] = found
  if (exponent === undefined && whole.length <= mostDigits && part.length <= mostDigits)
    return { n: BigInt(`${minus}${whole}${part}`), d: ten(part.length), text }
  const digits = `${whole}${part}`.replace(/^0+/, '')
  if (digits === '') return { n: 0n, d: 1n, text: '0' }
  if ((exponent ?? '').replace(/^0+/, '').length > 4) return 'large'
  const shift = Number(exponent ?? 0) * (sign === '-' ? -1 : 1) - part.length
  if (digits.length + shift > mostDigits || -shift > mostDigits) return 'large'
  const n = BigInt(`${minus}${digits}`) * (shift > 0 ? ten(shift) : 1n)
  const d = shift < 0 ? ten(-shift) : 1n
  return { n, d, text: decimalOf(n, -Math.min(shift, 0)) }
}

/** A figure that is known to be one. Throws RangeError where it isn't: a mistake of the caller, not of a file. */
export function figureOf(text: string): Figure {
  const read = readFigure(text)
  if (typeof read === 'string') throw new RangeError(`no decimal: ${text.slice(0, 40)}`)
  return read
}

export const whole = (count: number): Exact => ({ n: BigInt(count), d: 1n })

/** Decimals have powers of ten as denominators, so one divides the other and sums of many stay small. */
export function plus(a: Exact, b: Exact): Exact {
  if (a.d === b.d) return { n: a.n + b.n, d: a.d }
  if (a.d % b.d === 0n) return { n: a.n + b.n * (a.d / b.d), d: a.d }
  if (b.d % a.d === 0n) return { n: a.n * (b.d / a.d) + b.n, d: b.d }
  return { n: a.n * b.d + b.n * a.d, d: a.d * b.d }
}

export const negative = (a: Exact): Exact => ({ n: -a.n, d: a.d })
export const minus = (a: Exact, b: Exact): Exact =>
  a.d === b.d ? { n: a.n - b.n, d: a.d } : plus(a, { n: -b.n, d: b.d })
export const times = (a: Exact, b: Exact): Exact => ({ n: a.n * b.n, d: a.d * b.d })
export const absolute = (a: Exact): Exact => (a.n < 0n ? negative(a) : a)

/** Throws RangeError for a divisor of 0: whoever divides decides that case before. */
export function over(a: Exact, b: Exact): Exact {
  if (b.n === 0n) throw new RangeError('division by zero')
  const [n, d] = a.d === b.d ? [a.n, b.n] : [a.n * b.d, a.d * b.n]
  return d < 0n ? { n: -n, d: -d } : { n, d }
}

/** −1, 0 or 1. */
export function compare(a: Exact, b: Exact): -1 | 0 | 1 {
  const [left, right] = a.d === b.d ? [a.n, b.n] : [a.n * b.d, b.n * a.d]
  return left < right ? -1 : left > right ? 1 : 0
}

/** "3287/2300", in lowest terms; "1" stays "1". */
export function fractionOf({ n, d }: Exact): string {
  const by = common(n < 0n ? -n : n, d)
  return d === by ? `${n / by}` : `${n / by}/${d / by}`
}

function common(a: bigint, b: bigint): bigint {
  const safe = BigInt(Number.MAX_SAFE_INTEGER)
  let [x, y] = [a, b]
  while (y > safe) [x, y] = [y, x % y]
  if (y === 0n) return x
  let [s, t] = [Number(y), Number(x % y)]
  while (t !== 0) [s, t] = [t, s % t]
  return BigInt(s)
}

/** 12345n with 2 decimals → "123.45". */
export function decimalOf(n: bigint, decimals: number): string {
  if (decimals === 0) return n.toString()
  const digits = (n < 0n ? -n : n).toString().padStart(decimals + 1, '0')
  return `${n < 0n ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
