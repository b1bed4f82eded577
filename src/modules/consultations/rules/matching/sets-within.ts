import type { Instance } from './instance.ts'
import type { Choice, Kind } from './set-model.ts'

/** More sets than these would only keep the solver busy. */
const mostSets = 40_000
const mostSteps = 20_000_000

/** The kinds of cases: cases of a kind are alike but for their names. */
export const kindsIn = ({ cases, like }: Instance): Kind[] => [
  ...Map.groupBy(cases.keys(), (one) => like[one]!).values(),
]

/** What a set of a case loses: `base` and the costs of its experts. */
export type Terms = { base: number; costs: Float64Array }

/** All sets that reach the level and lose no more than `most`; null where there are too many. */
export function choicesWithin(
  instance: Instance,
  kinds: readonly Kind[],
  atLeast: number,
  most: number,
  termsOf: (one: number) => Terms,
): Choice[] | null {
  const sets: Choice[] = []
  const budget = { steps: mostSteps, sets: mostSets }
  for (const [kind, [one = 0]] of kinds.entries()) {
    const { base, costs } = termsOf(one)
    const here = setsWithin(instance, one, atLeast, costs, most - base, budget)
    if (!here) return null
    for (const { experts, units, cost } of here) sets.push({ kind, experts, above: units - atLeast, loss: base + cost })
  }
  return sets
}

/** Experts for one case, pins among them. */
type Chosen = { experts: readonly number[]; units: number; cost: number }

/** All sets of one case that reach the level and cost no more than `most`. Null: more than the budget allows. */
function setsWithin(
  { cases, perCase }: Instance,
  one: number,
  atLeast: number,
  costs: Float64Array,
  most: number,
  budget: { steps: number; sets: number },
): Chosen[] | null {
  const { need, pinned, free, units } = cases[one]!
  /** The least cost from here on. */
  const cheapest = new Float64Array(free.length + 1).fill(Number.POSITIVE_INFINITY)
  for (let at = free.length - 1; at >= 0; at--) cheapest[at] = Math.min(cheapest[at + 1]!, costs[free[at]!]!)
  const richest = [0]
  for (const expert of free) richest.push(richest.at(-1)! + units[expert]!)
  const found: Chosen[] = []
  const chosen: number[] = []
  const goesWith = () =>
    perCase.every(({ group, min, max }) => {
      const count = [...pinned, ...chosen].filter((expert) => group.has(expert)).length
      return count >= min && count <= max
    })

  const search = (from: number, still: number, unitsSoFar: number, cost: number): boolean => {
    if (--budget.steps < 0) return false
    if (still === 0) {
      if (unitsSoFar < atLeast || cost > most || !goesWith()) return true
      found.push({ experts: [...pinned, ...chosen].sort((a, b) => a - b), units: unitsSoFar, cost })
      return --budget.sets >= 0
    }
    for (let at = from; at + still <= free.length; at++) {
      // The best come first: what fails here fails later as well.
      if (unitsSoFar + richest[at + still]! - richest[at]! < atLeast || cost + still * cheapest[at]! > most) return true
      const expert = free[at]!
      chosen.push(expert)
      const goesOn = search(at + 1, still - 1, unitsSoFar + units[expert]!, cost + costs[expert]!)
      chosen.pop()
      if (!goesOn) return false
    }
    return true
  }
  const sum = (of: ArrayLike<number>) => pinned.reduce((all, expert) => all + of[expert]!, 0)
  return search(0, need - pinned.length, sum(units), sum(costs)) ? found : null
}
