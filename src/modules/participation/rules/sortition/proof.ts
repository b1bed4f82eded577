import type { openPricing } from './pricing.ts'
import type { Ceiling } from './relaxation.ts'

/**
 * One level of the proof. For every panel Σ weight × members ≤ bound (whole numbers, weights per member of a kind). So no distribution that
 * gives those of earlier levels their values gives everybody else more than `upper`; and whoever of this level has a large weight, no more than
 * the value either.
 */
export type Level = {
  value: number
  kinds: readonly number[]
  weights: Float64Array
  bound: number
  upper: number
  /** For each of its kinds: no distribution that gives everybody up to this level what they have here gives the kind more. */
  most: readonly number[]
}

/** The largest weight of a level. Sums over a panel of 9,000 stay exact in floating point. */
const scale = 1e12

/** A bound from a linear model is taken if it is as near as this; else the exact one is asked for. */
const near = 5e-7

/** Turns the duals of the relaxation into a proof that needs no relaxation: weights in whole numbers, and a bound on every panel. */
export async function prove(
  pricing: Awaited<ReturnType<typeof openPricing>>,
  people: readonly number[],
  ceilings: readonly Ceiling[],
  chances: Float64Array,
  late: () => boolean,
): Promise<Level[]> {
  const settled = new Map<number, number>()
  const levels: Level[] = []
  for (const { value, shares, fixed } of ceilings) {
    const perMember = shares.map((share, kind) => share / people[kind]!)
    const top = Math.max(...perMember)
    const weights = perMember.map((one) => Math.round((one / top) * scale))
    let [open, paid] = [0, 0]
    weights.forEach((weight, kind) => {
      const all = weight * people[kind]!
      if (settled.has(kind)) paid += all * settled.get(kind)!
      else open += all
    })
    const upperOf = (bound: number) => (bound - paid) / open
    let bound = await pricing.bound(weights)
    if (upperOf(bound) > value + near && !late())
      bound = Math.min(bound, (await pricing.price(weights))?.bound ?? bound)
    const attained = Math.min(value, ...fixed.map((kind) => chances[kind]!))
    const upper = upperOf(bound)
    const most = fixed.map((kind) => attained + ((upper - attained) * open) / (weights[kind]! * people[kind]!))
    for (const kind of fixed) settled.set(kind, attained)
    levels.push({ value: attained, kinds: fixed, weights, bound, upper, most })
  }
  return levels
}
