import type { Optimiser } from '#core/optimisation.ts'
import { drawBelow, lotsOf } from './draws.ts'
import { type Leximin, leximin, tolerance } from './leximin.ts'
import { mendList } from './mending.ts'
import { type Pace, unhurried } from './pace.ts'
import { group, type Instance, type Pool } from './pool.ts'
import { type Proposal, relax } from './relaxing.ts'
import { roundMixture } from './rounding.ts'
import { seatPeople } from './seats.ts'

/** What anybody needs to check that no distribution is fairer; docs/sortition.md, section 5, says how, by hand too. */
export type Certificate = {
  tolerance: number
  size: number
  /** Interchangeable people; indices below point here. */
  kinds: { values: Record<string, string>; people: string[] }[]
  /** Panels as numbers of each kind, and how likely each is. */
  distribution: { probability: number; counts: Record<string, number> }[]
  /** For every panel Σ weight × members of the kind ≤ bound. */
  levels: { value: number; kinds: number[]; weights: Record<string, number>; bound: number }[]
}

export type Drawn = {
  /** `feasible`: a fair draw from good chances, of which it is not proven that they are the best. */
  status: 'optimal' | 'feasible'
  probabilities: Record<string, number>
  minimum: number
  panels: string[][]
  drawn: number
  lottery: {
    panels: number
    /** The lowest share of the list that anybody has, and how far any share is from its probability at most. */
    minimum: number
    farthest: number
  }
  measures: { highest: number; gini: number; geometricMean: number }
  certificate: Certificate
  /**
   * Where the chances aren't proven to be the best: what everybody has, and what nobody can have more than in any distribution that takes
   * nothing away from those of lower levels (docs/sortition.md, section 4).
   */
  bounds?: Record<string, [lower: number, upper: number]>
}

export type NotDrawn = {
  status: 'infeasible'
  probabilities: Record<string, never>
  minimum: null
  panels: []
  drawn: null
  relax: Proposal[]
  beyondLimits: boolean
}

/** How many panels the lottery has: three digits. */
export const panelsInLottery = 1_000

/**
 * Draws a panel: LEXIMIN chances, a list of 1,000 equally likely panels that realises them, one of it by the seed. Where quotas allow no panel,
 * the smallest changes that would. The same pool, in whatever order, and the same seed give the same result, unless time runs out.
 */
export async function drawPanel(
  optimiser: Optimiser,
  pool: Pool,
  seed: string,
  pace: Pace = unhurried,
): Promise<Drawn | NotDrawn> {
  const instance = group(pool)
  const result = await leximin(optimiser, instance, pace)
  if (!result) {
    const { proposals, beyond } = await relax(optimiser, pool)
    return {
      status: 'infeasible',
      probabilities: {},
      minimum: null,
      panels: [],
      drawn: null,
      relax: proposals,
      beyondLimits: beyond,
    }
  }
  pace.tell('listing panels')
  const ids = pool.people.map(({ id }) => id)
  const list = roundMixture(instance, result.mixture, panelsInLottery)
  const due = (kind: number) => panelsInLottery * result.chances[kind]! * instance.kinds[kind]!.members.length
  await mendList(optimiser, instance, due, list, pace)
  const panels = seatPeople(instance, list, await lotsOf(seed, ids))
  const chances = new Map(
    instance.kinds.flatMap(({ members }, kind) => members.map((id) => [id, result.chances[kind]!])),
  )
  const often = new Map<string, number>()
  for (const id of panels.flat()) often.set(id, (often.get(id) ?? 0) + 1)
  const shares = new Map(ids.map((id) => [id, (often.get(id) ?? 0) / panelsInLottery]))
  return {
    status: result.proven ? 'optimal' : 'feasible',
    probabilities: Object.fromEntries(ids.map((id) => [id, chances.get(id) ?? 0])),
    minimum: Math.min(...chances.values()),
    panels,
    drawn: await drawBelow(seed, panelsInLottery),
    lottery: {
      panels: panelsInLottery,
      minimum: Math.min(...shares.values()),
      farthest: Math.max(...ids.map((id) => Math.abs((shares.get(id) ?? 0) - (chances.get(id) ?? 0)))),
    },
    measures: measured([...chances.values()]),
    certificate: certified(pool, instance, result),
    ...(!result.proven && { bounds: boundsOf(instance, result) }),
  }
}

function boundsOf({ kinds }: Instance, { levels, chances }: Leximin): Record<string, [number, number]> {
  const most = new Map(levels.flatMap((level) => level.kinds.map((kind, at) => [kind, level.most[at]!] as const)))
  return Object.fromEntries(
    kinds.flatMap(({ members }, kind) => {
      const chance = chances[kind]!
      return members.map((id) => [id, [chance, Math.max(chance, Math.min(1, most.get(kind) ?? 1))]] as const)
    }),
  )
}

/** How equal chances are: Gini coefficient (0: all equal) and geometric mean. */
function measured(chances: readonly number[]) {
  const sorted = chances.toSorted((a, b) => a - b)
  const total = sorted.reduce((sum, one) => sum + one, 0)
  const ranked = sorted.reduce((sum, one, at) => sum + (2 * at + 1 - sorted.length) * one, 0)
  const logs = sorted.reduce((sum, one) => sum + Math.log(one), 0)
  return {
    highest: sorted.at(-1) ?? 0,
    gini: ranked / (sorted.length * total),
    geometricMean: Math.exp(logs / sorted.length),
  }
}

function certified(pool: Pool, instance: Instance, { mixture, levels }: Leximin): Certificate {
  const people = new Map(pool.people.map((one) => [one.id, one]))
  const positive = (numbers: Int32Array | Float64Array) =>
    Object.fromEntries([...numbers.entries()].filter(([, one]) => one > 0))
  return {
    tolerance,
    size: pool.size,
    kinds: instance.kinds.map(({ members }) => ({
      values: Object.fromEntries(pool.categories.map((name, at) => [name, people.get(members[0]!)?.values[at] ?? ''])),
      people: [...members],
    })),
    distribution: mixture.map(({ panel, probability }) => ({ probability, counts: positive(panel) })),
    levels: levels.map(({ value, kinds, weights, bound }) => ({
      value,
      kinds: [...kinds],
      weights: positive(weights),
      bound,
    })),
  }
}
