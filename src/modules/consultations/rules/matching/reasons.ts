import { bestChoice } from './choice.ts'
import { loadsOf } from './evaluate.ts'
import type { Instance } from './instance.ts'
import { costsOf, type Priced } from './prices.ts'
import type { Pair, Reason } from './problem.ts'
import type { Found } from './totals.ts'

/** Of those who would suit better, as many are named. */
const mostNamed = 5

/**
 * Why each pair. Of an optimal assignment every expert who would suit a case better than one it got is held back: a plain exchange of the two
 * breaks some bound, or it would have been made. That bound is named.
 */
export function reasonsFor(instance: Instance, found: Found, priced: Priced | null): Reason[] {
  const loads = loadsOf(instance, found.assignment)
  return found.assignment.flatMap((experts, one) =>
    experts.map((expert) => reasonFor(instance, found, loads, [one, expert], priced)),
  )
}

function reasonFor(
  instance: Instance,
  { assignment, total, worst }: Found,
  loads: readonly number[],
  pair: Pair,
  priced: Priced | null,
): Reason {
  const [one, expert] = pair
  const { problem, cases } = instance
  const { units, pinned, free, need } = cases[one]!
  const own = units[expert]!
  const got = assignment[one]!
  const better = free.filter((other) => units[other]! > own && !got.includes(other))
  const rank = 1 + [...free, ...pinned].filter((other) => units[other]! > own).length
  const reason = pinned.includes(expert) ? 'pinned' : rank <= need && better.length === 0 ? 'best' : 'next'
  const instead =
    reason === 'next'
      ? better
          .slice(0, mostNamed)
          .map((other) => ({ expert: other, breaks: exchangeBreaks(instance, got, loads, expert, other) ?? '' }))
      : []
  const atLeast = priced ? lossWithout(instance, priced, total, worst, pair) : 0
  return { pair, score: problem.scores[one]![expert]!, rank, reason, instead, atLeast: instance.grid.score(atLeast) }
}

/** The first bound that breaks when a case takes `other` for `expert`; null if none does. */
export function exchangeBreaks(
  { problem, perCase, overall }: Instance,
  got: readonly number[],
  loads: readonly number[],
  expert: number,
  other: number,
): string | null {
  if (loads[other]! >= problem.experts[other]!.max) return `experts[${other}].max`
  if (loads[expert]! <= problem.experts[expert]!.min) return `experts[${expert}].min`
  const change = (group: ReadonlySet<number>) => Number(group.has(other)) - Number(group.has(expert))
  for (const [rules, counted] of [
    [perCase, (group: ReadonlySet<number>) => got.filter((one) => group.has(one)).length],
    [overall, (group: ReadonlySet<number>) => [...group].reduce((sum, one) => sum + loads[one]!, 0)],
  ] as const) {
    for (const { at, group, min, max } of rules) {
      const count = counted(group) + change(group)
      if (change(group) !== 0 && count < min) return `balance[${at}].min`
      if (change(group) !== 0 && count > max) return `balance[${at}].max`
    }
  }
  return null
}

/** What is lost at least of the total, at the same worst, without the pair; in units. By prices alone, nothing is solved again. */
export function lossWithout(
  instance: Instance,
  { prices, bound }: Priced,
  total: number,
  worst: number,
  [one, expert]: Pair,
): number {
  return loss(instance, { prices, bound }, total, worst, one, { without: expert })
}

/** What is lost at least with the pair. */
export function lossWith(
  instance: Instance,
  priced: Priced,
  total: number,
  worst: number,
  [one, expert]: Pair,
): number {
  return loss(instance, priced, total, worst, one, { must: expert })
}

function loss(
  instance: Instance,
  { prices, bound }: Priced,
  total: number,
  worst: number,
  one: number,
  limits: { must?: number; without?: number },
): number {
  const costs = costsOf(instance, prices)
  const { units } = instance.cases[one]!
  const choice = bestChoice(instance, one, (expert) => units[expert]! - costs[expert]!, { atLeast: worst, ...limits })
  // The case alone can't do it at this level: the worst would fall, which no total tells.
  if (!choice) return 0
  return Math.max(0, Math.ceil(total - (bound.bound - bound.shares[one]!.worth + choice.value) - 1e-6))
}
