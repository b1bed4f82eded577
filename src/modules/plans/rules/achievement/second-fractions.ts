/**
 * Fractions of the second engine, with which tests compare the first: BigInt in lowest terms, rounding by comparing distances. The first
 * engine shares none of it.
 */

export type F = [bigint, bigint]
export const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b))
export const f = (n: bigint, d = 1n): F => {
  const g = gcd(n, d) * (d < 0n ? -1n : 1n)
  return [n / g, d / g]
}
export const sub = (a: F, b: F) => f(a[0] * b[1] - b[0] * a[1], a[1] * b[1])
export const add = (a: F, b: F) => f(a[0] * b[1] + b[0] * a[1], a[1] * b[1])
export const mul = (a: F, b: F) => f(a[0] * b[0], a[1] * b[1])
export const div = (a: F, b: F) => f(a[0] * b[1], a[1] * b[0])
export const lt = (a: F, b: F) => a[0] * b[1] < b[0] * a[1]
export const eq = (a: F, b: F) => a[0] === b[0] && a[1] === b[1]
export const [ZERO, ONE] = [f(0n), f(1n)]
export const abs = (a: F): F => (a[0] < 0n ? [-a[0], a[1]] : a)

export const floor = ([n, d]: F) => (n < 0n ? -((-n + d - 1n) / d) : n / d)

/** The integer that a fraction rounds to: the candidates are its neighbours, and the nearer one wins. */
export function toInteger(x: F, mode: string): bigint {
  const [low, high] = [floor(x), -floor([-x[0], x[1]])]
  if (low === high) return low
  const inner = x[0] < 0n ? high : low
  const outer = x[0] < 0n ? low : high
  if (mode === 'floor') return low
  if (mode === 'ceiling') return high
  if (mode === 'down') return inner
  if (mode === 'up') return outer
  const [toLow, toHigh] = [sub(x, f(low)), sub(f(high), x)]
  if (lt(toLow, toHigh)) return low
  if (lt(toHigh, toLow)) return high
  return mode === 'half-up' ? outer : mode === 'half-down' ? inner : low % 2n === 0n ? low : high
}

export function written(count: bigint, digits: number): string {
  const text = (count < 0n ? -count : count).toString().padStart(digits + 1, '0')
  const at = text.length - digits
  return (count < 0n ? '-' : '') + (digits === 0 ? text : `${text.slice(0, at)}.${text.slice(at)}`)
}
