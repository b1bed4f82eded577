import type { OpenModel } from '#core/optimisation.ts'
import { bestChoice } from './choice.ts'
import type { Desk, Instance } from './instance.ts'
import type { Assignment } from './model.ts'
import { allowed, boundBy, costsOf, type Priced, type Prices } from './prices.ts'
import { type Means, remaining } from './totals.ts'

/** More rounds than this were never worth their time. */
const mostRounds = 80
/** How far the prices of a round lean on the best known ones (Wentges 1997): the solver's own swing too much. */
const leaning = 0.6

/** Smaller than this, in units, is a rounding of the solver. */
export const dust = 1e-6

/** So far, in units, may a bound be off: doubles of large sums are not exact either. */
export const slackOf = (bound: number): number => dust + Math.abs(bound) * 1e-12

/** The greatest whole total that a bound leaves. */
export const wholeBelow = (bound: number): number => Math.floor(bound + slackOf(bound))

/** Experts of one case that together would do for it. */
export type CaseSet = readonly [one: number, experts: readonly number[]]

export const setsOf = (assignment: Assignment): CaseSet[] => assignment.map((experts, one) => [one, experts])

/** With all the sets that were looked at; those of cases that are alike stand with the first of them. */
export type Sharpened = Priced & { sets: readonly CaseSet[] }

/** What is to be bounded at which level, as in `boundBy`; a bound below `goal` is good enough. */
export type Aim = { atLeast: number; gain: 'units' | 'nothing'; goal: number }

/**
 * Better prices than fractions of single pairs give: each case chooses among whole sets that reach the level, and only the experts' bounds and
 * the overall rules are met in fractions (Dantzig and Wolfe 1960). Sets are added as the prices of the round make them attractive.
 * Ends when the goal is met, when no set is left, or when it has taken too long, with the best bound that was found.
 * `start`: sets to begin with. For a bound of the total they should hold a feasible assignment, at least in fractions, or nothing is learned.
 */
export async function sharpened(
  instance: Instance,
  { atLeast, gain, goal }: Aim,
  first: Priced,
  start: readonly CaseSet[],
  means: Means,
): Promise<Sharpened> {
  const { problem, cases, like, overall } = instance
  const known = new Map<string, CaseSet>()
  const rowsBefore = cases.length
  let best = first
  const master = await openMaster(instance, gain, means)
  try {
    if (start.length > 0) await add(start)
    await addBy(first.prices)
    // Without cases there is nothing to choose.
    const rounds = known.size === 0 ? 0 : mostRounds
    for (let round = 0; round < rounds && best.bound.bound >= goal && remaining(means) > 0; round++) {
      means.tell?.(`bounding by ${known.size} sets of experts`)
      const outcome = await master.solve({ seconds: remaining(means) })
      if (outcome.status !== 'optimal') break
      const priced = (from: number, count: number) =>
        new Map(
          Array.from({ length: count }, (_, at) => [at, outcome.duals[from + at] ?? 0] as const).filter(
            ([, price]) => Math.abs(price) > 1e-7,
          ),
        )
      const own = allowed(instance, {
        experts: priced(rowsBefore, problem.experts.length),
        rules: priced(rowsBefore + problem.experts.length, overall.length),
      })
      const came = (await addBy(between(best.prices, own))) + (await addBy(own))
      if (came === 0) break
    }
  } finally {
    await master.close()
  }
  return { ...best, sets: [...known.values()] }

  /** What each case would choose at these prices; returns how many of the sets are new. */
  async function addBy(prices: Prices): Promise<number> {
    const costs = costsOf(instance, prices)
    const sets: CaseSet[] = []
    for (const [one, { units }] of cases.entries()) {
      if (like[one] !== one) continue
      const value = (expert: number) => (gain === 'units' ? units[expert]! : 0) - costs[expert]!
      const choice = bestChoice(instance, one, value, { atLeast })
      if (choice?.exact) sets.push([one, choice.experts])
    }
    const bound = boundBy(instance, prices, atLeast, gain)
    if (bound && bound.bound < best.bound.bound) best = { prices, bound }
    return add(sets)
  }

  async function add(sets: readonly CaseSet[]): Promise<number> {
    const fresh: CaseSet[] = []
    for (const [any, experts] of sets) {
      const one = like[any]!
      const key = `${one}:${experts.join()}`
      if (known.has(key)) continue
      known.set(key, [one, experts])
      fresh.push([one, experts])
    }
    if (fresh.length === 0) return 0
    const starts = [0]
    const indices: number[] = []
    const values: number[] = []
    for (const [one, experts] of fresh) {
      const entries = new Map([[one, 1]])
      for (const expert of experts) entries.set(rowsBefore + expert, 1)
      for (const [at, { group }] of overall.entries()) {
        const count = experts.filter((expert) => group.has(expert)).length
        if (count > 0) entries.set(rowsBefore + problem.experts.length + at, count)
      }
      for (const [row, value] of entries) {
        indices.push(row)
        values.push(value)
      }
      starts.push(indices.length)
    }
    await master.change({
      addColumns: {
        cost: fresh.map(([one, experts]) => (gain === 'units' ? unitsOfSet(cases[one]!, experts) : 0)),
        lower: fresh.map(() => 0),
        upper: fresh.map(() => Number.POSITIVE_INFINITY),
        entries: { starts, indices, values },
      },
    })
    return fresh.length
  }
}

const unitsOfSet = ({ units }: Desk, experts: readonly number[]) =>
  experts.reduce((sum, expert) => sum + units[expert]!, 0)

/** Rows: one set per case (all cases that are alike in the row of the first), the experts' bounds, the overall rules; for a refutation these may give way, each unit at a cost of 1. */
function openMaster(
  { problem, cases, like, overall }: Instance,
  gain: Aim['gain'],
  { optimiser }: Means,
): Promise<OpenModel> {
  const counts = cases.map(() => 0)
  for (const first of like) counts[first]!++
  const bounds = [...counts.map((count) => ({ min: count, max: count })), ...problem.experts, ...overall]
  const soft = gain === 'units' ? [] : bounds.keys().drop(cases.length).toArray()
  const starts = [0]
  for (const row of bounds.keys()) starts.push(starts[row]! + (gain === 'nothing' && row >= cases.length ? 2 : 0))
  return optimiser.open({
    sense: 'maximise',
    columns: {
      cost: soft.flatMap(() => [-1, -1]),
      lower: soft.flatMap(() => [0, 0]),
      upper: soft.flatMap(() => [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]),
    },
    rows: {
      lower: bounds.map(({ min }) => min),
      upper: bounds.map(({ max }) => max),
      entries: { starts, indices: soft.flatMap((_, at) => [2 * at, 2 * at + 1]), values: soft.flatMap(() => [1, -1]) },
    },
  })
}

function between(best: Prices, own: Prices): Prices {
  const mix = (a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>) =>
    new Map(
      [...new Set([...a.keys(), ...b.keys()])].map((at) => [
        at,
        leaning * (a.get(at) ?? 0) + (1 - leaning) * (b.get(at) ?? 0),
      ]),
    )
  return { experts: mix(best.experts, own.experts), rules: mix(best.rules, own.rules) }
}
