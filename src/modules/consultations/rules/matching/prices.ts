import { bestChoice } from './choice.ts'
import type { Instance } from './instance.ts'
import { type Found, type Means, type Relaxed, relaxed } from './totals.ts'

/**
 * Prices of a place with each expert, and of one place under each overall rule, in units. With any prices at all, no assignment of the level
 * has a greater total than: what each case would choose if it paid them, plus what the places that must or may be filled are worth
 * (Lagrange). Good prices make that bound the total itself, which then is proven by multiplication.
 */
export type Prices = { experts: ReadonlyMap<number, number>; rules: ReadonlyMap<number, number> }

export const pricesOf = ({ experts, rules }: Relaxed): Prices => ({ experts: new Map(experts), rules: new Map(rules) })

/** A chosen set and what it is worth to the case after paying. */
type Share = { worth: number; exact: boolean }

export type Bound = {
  /** Greater than this, in units, is no total (or no sum of gains). */
  bound: number
  shares: readonly Share[]
}

export type Priced = { prices: Prices; bound: Bound }

/** What an expert costs every case: the own price and those of the overall rules. */
export function costsOf({ problem, overall }: Instance, { experts, rules }: Prices): Float64Array {
  const costs = Float64Array.from(problem.experts, (_, expert) => experts.get(expert) ?? 0)
  for (const [at, { group }] of overall.entries()) {
    const price = rules.get(at) ?? 0
    if (price !== 0) for (const expert of group) costs[expert]! += price
  }
  return costs
}

/**
 * The bound by these prices at this level; null where a case can't reach the level at all. `gain` is what a pair is worth before paying:
 * its units for the total; nothing to show that a level is out of reach, which it is where the bound is below 0.
 */
export function boundBy(
  instance: Instance,
  prices: Prices,
  atLeast: number,
  gain: 'units' | 'nothing' = 'units',
): Bound | null {
  const { problem, cases, like, overall } = instance
  const costs = costsOf(instance, prices)
  let bound = 0
  for (const [expert, price] of prices.experts) {
    const { min, max } = problem.experts[expert]!
    bound += price * (price > 0 ? max : min)
  }
  for (const [at, price] of prices.rules) {
    const { min, max } = overall[at]!
    bound += price * (price > 0 ? max : min)
  }
  const shares: Share[] = []
  for (const [one, { units }] of cases.entries()) {
    const same = shares[like[one]!]
    if (same) {
      shares.push(same)
      bound += same.worth
      continue
    }
    const value = (expert: number) => (gain === 'units' ? units[expert]! : 0) - costs[expert]!
    const choice = bestChoice(instance, one, value, { atLeast })
    if (!choice) return null
    shares.push({ worth: choice.value, exact: choice.exact })
    bound += choice.value
  }
  return { bound, shares }
}

/** Prices at which the total is proven, as far as fractions find them; with the bound that they prove. `known`: the fractions, if they were asked before. */
export async function pricesFor(
  instance: Instance,
  { worst }: Found,
  known: Relaxed | null,
  means: Means,
): Promise<Priced | null> {
  const answer = known?.atLeast === worst ? known : await relaxed(instance, worst, means)
  if (!answer?.feasible) return null
  const prices = allowed(instance, pricesOf(answer))
  const bound = boundBy(instance, prices, worst)
  return bound && { prices, bound }
}

/** Tolerances leave traces of prices on the wrong side of a bound that is not there. */
export function allowed({ overall }: Instance, { experts, rules }: Prices): Prices {
  return { experts, rules: new Map([...rules].filter(([at, price]) => price < 0 || Number.isFinite(overall[at]!.max))) }
}
