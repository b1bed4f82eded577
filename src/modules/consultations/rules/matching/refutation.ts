import { solveOnce } from '#core/optimisation.ts'
import type { Instance } from './instance.ts'
import { buildModel } from './model.ts'
import { allowed, boundBy, type Priced } from './prices.ts'
import { type Means, remaining } from './totals.ts'

/**
 * Prices that show a level to be out of reach (Farkas): how much the bounds of experts and rules would have to give way, in fractions, at least;
 * the duals of that model. Null if some case fails by itself, or time runs out.
 */
export async function refutation(instance: Instance, atLeast: number, means: Means): Promise<Priced | null> {
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
