import { solveOnce } from '#core/optimisation.ts'
import type { Instance } from './instance.ts'
import { buildModel } from './model.ts'
import type { Ordered } from './order.ts'
import { allowed, boundBy, type Priced, type Prices, pricesFor } from './prices.ts'
import type { Proof } from './problem.ts'
import { sharpened } from './sharpen.ts'
import { type Means, remaining } from './totals.ts'

/** Smaller than this, in units, is a rounding of the solver. */
const dust = 1e-6

/**
 * What proves the worst and the total, as far as something that others can check proves them; with the prices it goes by, for reasons.
 */
export async function certify(
  instance: Instance,
  ordered: Extract<Ordered, { is: 'some' }>,
  means: Means,
): Promise<{ worst: Proof; total: Proof; priced: Priced | null }> {
  const aim = { atLeast: ordered.worst, gain: 'units', goal: ordered.total + 1 - dust } as const
  const plain = await pricesFor(instance, ordered, ordered.fractions, means)
  const priced = plain && (await sharpened(instance, aim, plain, ordered.assignment, means))
  return { worst: await proofOfWorst(instance, ordered, means), total: proofOfTotal(instance, ordered, priced), priced }
}

function proofOfTotal(instance: Instance, { bounds }: Extract<Ordered, { is: 'some' }>, priced: Priced | null): Proof {
  const { grid } = instance
  if (!priced) return { kind: 'search', level: grid.score(bounds.total) }
  const proves = Math.floor(priced.bound.bound + dust)
  if (proves <= bounds.total)
    return { kind: 'prices', level: grid.score(bounds.total), ...written(instance, priced.prices) }
  return {
    kind: 'search',
    level: grid.score(bounds.total),
    proves: grid.score(proves),
    ...written(instance, priced.prices),
  }
}

async function proofOfWorst(
  instance: Instance,
  { bounds, tight }: Extract<Ordered, { is: 'some' }>,
  means: Means,
): Promise<Proof> {
  if (tight !== null) return { kind: 'case', case: tight }
  const beyond = bounds.worst + 1
  const level = instance.grid.score(beyond)
  const first = await refutation(instance, beyond, means)
  if (!first) return { kind: 'search', level }
  const aim = { atLeast: beyond, gain: 'nothing', goal: -dust } as const
  const { prices, bound } = await sharpened(instance, aim, first, null, means)
  return bound.bound < -dust ? { kind: 'prices', level, ...written(instance, prices) } : { kind: 'search', level }
}

/**
 * Prices that show a level to be out of reach (Farkas): how much the bounds of experts and rules would have to give way, in fractions, at least;
 * the duals of that model. Null if some case fails by itself, or time runs out.
 */
async function refutation(instance: Instance, atLeast: number, means: Means): Promise<Priced | null> {
  const matrix = buildModel(instance, atLeast, { whole: false, soft: true })
  if (!matrix) return null
  const { model, expertRows, ruleRows } = matrix
  const count = model.columns.cost.length
  const soft = [...expertRows, ...ruleRows].filter((row) => row !== null)
  if (count + soft.length === 0) return null
  const { starts, indices, values } = model.rows.entries
  const elastic = openEntries()
  const columnOf = new Map(soft.map((row, at) => [row, count + 2 * at]))
  for (let row = 0; row < model.rows.lower.length; row++) {
    for (let at = starts[row]!; at < starts[row + 1]!; at++) elastic.add(indices[at]!, values[at]!)
    const extra = columnOf.get(row)
    if (extra !== undefined) {
      elastic.add(extra, 1)
      elastic.add(extra + 1, -1)
    }
    elastic.end()
  }
  const more = 2 * soft.length
  const outcome = await solveOnce(
    means.optimiser,
    {
      sense: 'maximise',
      columns: {
        cost: [...new Float64Array(count), ...new Float64Array(more).fill(-1)],
        lower: new Float64Array(count + more),
        upper: [...new Float64Array(count).fill(1), ...new Float64Array(more).fill(Number.POSITIVE_INFINITY)],
      },
      rows: { lower: model.rows.lower, upper: model.rows.upper, entries: elastic.close() },
    },
    { seconds: Math.max(0, remaining(means)) },
  )
  if (outcome.status !== 'optimal') return null
  const priced = (rows: readonly (number | null)[]) =>
    new Map(
      rows.flatMap((row, at) =>
        row === null || Math.abs(outcome.duals[row]!) < 1e-9 ? [] : [[at, outcome.duals[row]!] as const],
      ),
    )
  const prices = allowed(instance, { experts: priced(expertRows), rules: priced(ruleRows) })
  const bound = boundBy(instance, prices, atLeast, 'nothing')
  return bound && { prices, bound }
}

function openEntries() {
  const [starts, indices, values] = [[0], [] as number[], [] as number[]]
  return {
    add(column: number, value: number) {
      indices.push(column)
      values.push(value)
    },
    end: () => starts.push(indices.length),
    close: () => ({ starts, indices, values }),
  }
}

/** Prices as they are printed: in scores, of experts by their places, of rules by theirs in the list of balance. */
function written({ grid, overall }: Instance, { experts, rules }: Prices) {
  const shown = (price: number) => Number((price * grid.unit).toPrecision(15))
  return {
    experts: [...experts].map(([expert, price]) => [expert, shown(price)] as const),
    balance: [...rules].map(([at, price]) => [overall[at]!.at, shown(price)] as const),
  }
}
