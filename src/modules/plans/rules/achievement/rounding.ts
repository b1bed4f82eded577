import type { Exact } from './exact.ts'

/**
 * - `half-up`: 四捨五入, ties away from zero; `half-down`: ties towards zero; `half-even`: ties to the even digit
 * - `down`: 切捨て, towards zero; `up`: 切上げ, away from zero; `floor` and `ceiling`: towards −∞ and +∞
 */
export const roundings = ['half-up', 'half-down', 'half-even', 'down', 'up', 'floor', 'ceiling'] as const
export type Rounding = (typeof roundings)[number]

/** The largest number of digits that may be asked for. */
export const mostDecimals = 10

/** Decimals of a written value: more than any rounding asks for, so that its digits and whether more follow decide every mode. */
const decimals = 20
const scale = 10n ** BigInt(decimals)
const zeros = '0'.repeat(decimals)
const afterSix = zeros.slice(6)

/** An exact number cut after 20 decimals, and whether anything was cut off. `units` and `part` are digits without sign. */
export type Cut = { negative: boolean; units: string; part: string; more: boolean }

export function cut({ n, d }: Exact): Cut {
  const negative = n < 0n
  const scaled = (negative ? -n : n) * scale
  const quotient = scaled / d
  const digits = quotient.toString().padStart(decimals + 1, '0')
  return { negative, units: digits.slice(0, -decimals), part: digits.slice(-decimals), more: quotient * d !== scaled }
}

/** "0.948", "1.42913043478260869565": cut after 20 decimals, without trailing zeros after the first `least` decimals. */
export function plain({ negative, units, part }: Cut, least = 0): string {
  let end = part.length
  while (end > least && part.charCodeAt(end - 1) === 48) end--
  const kept = part.slice(0, end)
  const text = kept === '' ? units : `${units}.${kept}`
  return negative && text !== '0' ? `-${text}` : text
}

/** As people follow it: in full where it ends within six decimals, else cut after four and marked: "0.948", "1.4291…". */
export function inShort(value: Cut): string {
  const { negative, units, part, more } = value
  const sign = negative && (more || units !== '0' || part !== zeros) ? '−' : ''
  if (!more && part.endsWith(afterSix)) return `${sign}${plain({ ...value, negative: false })}`
  return `${sign}${units}.${part.slice(0, 4)}…`
}

/**
 * Rounds once, from the exact number. `shift` moves the point: 2 for percent.
 * @returns the rounded number × 10^digits
 */
export function rounded({ negative, units, part, more }: Cut, digits: number, mode: Rounding, shift = 0): bigint {
  const kept = BigInt(units + part.slice(0, digits + shift))
  const result = movesAway(part, digits + shift, more, mode, negative, kept) ? kept + 1n : kept
  return negative ? -result : result
}

/** Whether what is cut off at a place takes the kept digits one further from zero. */
function movesAway(part: string, at: number, more: boolean, mode: Rounding, negative: boolean, kept: bigint): boolean {
  const next = part.charCodeAt(at) - 48
  const rest = () => more || !part.endsWith(zeros.slice(at + 1))
  switch (mode) {
    case 'half-up':
      return next >= 5
    case 'half-down':
      return next > 5 || (next === 5 && rest())
    case 'half-even':
      return next > 5 || (next === 5 && (rest() || kept % 2n === 1n))
    case 'down':
      return false
    case 'up':
      return next > 0 || rest()
    case 'floor':
      return negative && (next > 0 || rest())
    case 'ceiling':
      return !negative && (next > 0 || rest())
  }
}
