import { certify } from './certificate.ts'
import { difference, figuresOf } from './evaluate.ts'
import type { Instance } from './instance.ts'
import { prepare } from './instance.ts'
import { type Ordered, worstFirst } from './order.ts'
import type { Matching, Pair, Price, Problem } from './problem.ts'
import { reasonsFor } from './reasons.ts'
import { smallestChange } from './relax.ts'
import { type Means, remaining } from './totals.ts'

/** Time ran out before anything was found. */
export class NoAnswer extends Error {}

/**
 * Experts for cases: the worst-served case as well as can be, then the total, under hard bounds, conflicts, pins and rules of balance. Optimal
 * with what proves it; feasible with its bounds when time runs out; or infeasible with the smallest change. See docs/matching.md.
 * Throws NoAnswer where time runs out before anything is found.
 */
export async function match(problem: Problem, means: Means): Promise<Matching> {
  const { instance, impossible } = prepare(problem)
  const ordered = impossible.length > 0 ? ({ is: 'none' } as const) : await worstFirst(instance, means)
  if (ordered.is === 'unknown') throw new NoAnswer(`nothing was found within ${means.seconds} seconds`)
  if (ordered.is === 'none') return infeasible(problem, means)

  const { worst, total, priced } = await certify(instance, ordered, means)
  const { grid } = instance
  const exactly = figuresOf(instance, ordered.assignment, ordered.units)
  const bounds = {
    worst: ordered.worst === ordered.bounds.worst ? exactly.worst : grid.score(ordered.bounds.worst),
    total: ordered.total === ordered.bounds.total ? exactly.total : grid.score(ordered.bounds.total),
  }
  return {
    status: ordered.proven ? 'optimal' : 'feasible',
    pairs: pairsOf(ordered.assignment),
    ...exactly,
    proven: ordered.proven,
    bounds,
    prices: await pricesOfRules(problem, ordered, instance, means),
    ...(!grid.exact && { resolution: grid.unit }),
    certificate: { worst, total },
    reasons: reasonsFor(instance, ordered, priced),
  }
}

async function infeasible(problem: Problem, means: Means): Promise<Matching> {
  const change = await smallestChange(problem, means)
  if (!change) throw new NoAnswer(`nothing is feasible, and no change was found within ${means.seconds} seconds`)
  return {
    status: 'infeasible',
    pairs: [],
    worst: null,
    total: null,
    proven: change.smallest,
    bounds: { worst: null, total: null },
    prices: [],
    relax: change.changes,
    certificate: change.certificate,
  }
}

const pairsOf = (assignment: readonly (readonly number[])[]): Pair[] =>
  assignment.flatMap((experts, one) => experts.map((expert): Pair => [one, expert]))

/** What each rule of balance costs: the best without it, less the best with it. */
async function pricesOfRules(
  problem: Problem,
  best: Extract<Ordered, { is: 'some' }>,
  instance: Instance,
  means: Means,
): Promise<Price[]> {
  const prices: Price[] = []
  for (const rule of problem.balance.keys()) {
    if (remaining(means) <= 0) break
    means.tell?.(`what rule ${rule + 1} of ${problem.balance.length} costs`)
    const { instance: other } = prepare({ ...problem, balance: problem.balance.toSpliced(rule, 1) })
    const without = await worstFirst(other, means, best.worst)
    if (without.is !== 'some') continue
    const sure = best.proven && without.proven
    const { total, worst } = difference(instance, best, without)
    prices.push({ rule, total, worst, ...(!sure && { proven: false as const }) })
  }
  return prices
}
