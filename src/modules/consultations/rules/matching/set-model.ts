import { type LinearModel, solveOnce } from '#core/optimisation.ts'
import { brokenBy } from './evaluate.ts'
import type { Instance } from './instance.ts'
import type { Assignment } from './model.ts'
import type { Prices } from './prices.ts'
import { type Answer, found, type Means, remaining } from './totals.ts'

/** Cases that are alike but for their names. */
export type Kind = readonly number[]

/** Experts for a case of a kind: its units above the level, and what it takes of the room there is in all. */
export type Choice = { kind: number; experts: readonly number[]; above: number; loss: number }

type Question = {
  kinds: readonly Kind[]
  atLeast: number
  /** No total is above `highest`, by these prices; between it and the level of all cases there is so much room. */
  prices: Prices
  room: number
  highest: number
}

/** The solver's tolerances are absolute. */
const largestCost = 1e4

/**
 * How many cases of each kind get which of these sets, so that the total is greatest. `demand`: no smaller total is wanted. With `first` the
 * first answer will do. `nodes`: branch at most so often.
 */
export async function bySet(
  instance: Instance,
  { kinds, atLeast, highest, ...question }: Question,
  sets: readonly Choice[],
  means: Means,
  { demand, first = false, nodes }: { demand?: number | undefined; first?: boolean; nodes?: number },
): Promise<Answer> {
  const { problem, cases, overall } = instance
  const level = atLeast * cases.length
  const largest = sets.reduce((most, { above }) => Math.max(most, above), 1)
  const factor = Math.min(1, largestCost / largest)
  const rows = openRows()
  const ofKind: number[][] = kinds.map(() => [])
  const ofExpert: number[][] = problem.experts.map(() => [])
  for (const [at, { kind, experts }] of sets.entries()) {
    ofKind[kind]!.push(at)
    for (const expert of experts) ofExpert[expert]!.push(at)
  }
  // A model without columns is none to the solver.
  if (ofKind.some((columns) => columns.length === 0)) return { is: 'none' }
  for (const [kind, columns] of ofKind.entries()) rows.add(kinds[kind]!.length, kinds[kind]!.length, columns)
  const loads = loadsWithin(instance, question)
  if (!loads) return { is: 'none' }
  for (const [expert, [min, max]] of loads.entries()) rows.add(min, max, ofExpert[expert]!)
  for (const { group, min, max } of overall) {
    const counts = sets.map(({ experts }) => experts.filter((expert) => group.has(expert)).length)
    rows.add(min, max, [...counts.keys()], counts)
  }
  // Half a unit of room, as everywhere.
  const cost = sets.map(({ above }) => above * factor)
  if (demand !== undefined) rows.add((demand - level - 0.5) * factor, Number.POSITIVE_INFINITY, [...cost.keys()], cost)

  const seconds = remaining(means)
  if (seconds <= 0) return { is: 'unknown', bound: highest }
  means.tell?.(`sharing ${sets.length} sets of experts among ${cases.length} cases`)
  const model: LinearModel = {
    sense: 'maximise',
    columns: {
      cost: first ? cost.map(() => 0) : cost,
      lower: cost.map(() => 0),
      upper: sets.map(({ kind }) => kinds[kind]!.length),
      integer: cost.map(() => 1),
    },
    rows: rows.close(),
  }
  const gap = 0.9 * factor
  const outcome = await solveOnce(means.optimiser, model, { seconds, gap, ...(nodes !== undefined && { nodes }) })
  if (outcome.status === 'infeasible') return { is: 'none' }
  if (!outcome.found) return { is: 'unknown', bound: highest }
  const answer = found(instance, assignmentOf(instance, kinds, sets, outcome.values))
  if (answer.worst < atLeast || brokenBy(instance, answer.assignment).length > 0)
    return { is: 'unknown', bound: highest }
  const best = answer.total >= highest || (outcome.status === 'optimal' && !first)
  return { is: 'some', ...answer, best, bound: best ? answer.total : highest }
}

/** What the loads of experts may still be: a load away from the bound that is paid for loses its price for each place. */
function loadsWithin(
  { problem: { experts }, cases }: Instance,
  { prices, room }: Pick<Question, 'prices' | 'room'>,
): [min: number, max: number][] | null {
  const loads = experts.map(({ min, max: paid }, expert): [number, number] => {
    const price = prices.experts.get(expert) ?? 0
    const away = price === 0 ? Number.POSITIVE_INFINITY : Math.floor(room / Math.abs(price))
    const max = Math.min(paid, cases.length)
    return [price > 0 ? Math.max(min, paid - away) : min, price < 0 ? Math.min(max, min + away) : max]
  })
  const needed = cases.reduce((sum, { need }) => sum + need, 0)
  const least = loads.reduce((sum, [min]) => sum + min, 0)
  const most = loads.reduce((sum, [, max]) => sum + max, 0)
  if (least > needed || most < needed) return null
  return loads.map(([min, max]) => [Math.max(min, max - (most - needed)), Math.min(max, min + needed - least)])
}

/** Cases of a kind take their sets in their order. */
function assignmentOf(
  { cases }: Instance,
  kinds: readonly Kind[],
  sets: readonly Choice[],
  values: Float64Array,
): Assignment {
  const assignment: (readonly number[])[] = cases.map(() => [])
  const next = kinds.map(() => 0)
  for (const [at, { kind, experts }] of sets.entries()) {
    for (let count = Math.round(values[at]!); count > 0; count--) {
      const one = kinds[kind]![next[kind]!++]
      if (one !== undefined) assignment[one] = experts
    }
  }
  return assignment
}

function openRows() {
  const [lower, upper, starts, indices, values] = [[] as number[], [] as number[], [0], [] as number[], [] as number[]]
  return {
    add(least: number, most: number, columns: readonly number[], entries?: readonly number[]) {
      lower.push(least)
      upper.push(most)
      for (const [at, column] of columns.entries()) {
        indices.push(column)
        values.push(entries?.[at] ?? 1)
      }
      starts.push(indices.length)
    },
    close: () => ({ lower, upper, entries: { starts, indices, values } }),
  }
}
