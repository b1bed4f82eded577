import { type Outcome, solveOnce } from '#core/optimisation.ts'
import type { Change, Problem, Refutation } from './problem.ts'
import { mildest, type Row, relaxModel } from './relax-model.ts'
import { type Means, remaining } from './totals.ts'

/**
 * The smallest change that makes the problem feasible: fewest units over all bounds together (a unit is one case more or less for an expert, one
 * expert more or less for a case or a rule, one pin dropped); among these the mildest, in the order of `kinds`. What is impossible stays so: a
 * conflict is never lifted, nor a score invented. There always is one, since needs, least loads and pins may fall to nothing.
 * Null if time ran out; `smallest` is false if a smaller one may exist.
 */
export async function smallestChange(
  problem: Problem,
  means: Means,
): Promise<{ changes: Change[]; smallest: boolean; certificate: Refutation } | null> {
  const { model, slacks, cells, names } = relaxModel(problem)
  if (model.columns.cost.length === 0) throw new Error('what has no bound that could give way is feasible')
  const solve = (what: typeof model, start?: ArrayLike<number>) =>
    solveOnce(means.optimiser, what, { seconds: Math.max(0, remaining(means)), gap: 0.9, ...(start && { start }) })
  const first = await solve(model)
  if (!first.found) return null
  const units = slacks.reduce((sum, { column, weight }) => sum + weight * Math.round(first.values[column]!), 0)
  if (units === 0) throw new Error('the solver contradicts itself: what it called infeasible needs no change')
  const milder = await solve(mildest(model, slacks, units), first.values)
  const { values } = milder.found ? milder : first
  const changes = slacks.flatMap(({ column, entries, by }): Change[] => {
    const steps = Math.round(values[column]!)
    return steps === 0 ? [] : entries.map(({ change, from }) => ({ change, from, to: from + steps * by }))
  })
  const { integer: _, ...fractions } = model.columns
  const prices = pricesOf(names, await solve({ ...model, columns: fractions }))
  const pairs = cells.filter((_, column) => values[column]! > 0.5)
  return { changes, smallest: first.status === 'optimal', certificate: { units, pairs, prices } }
}

/** The duals of the model in fractions: they prove that fewer units can't do, if the model is whole by itself, which it mostly is. */
const pricesOf = (names: readonly Row[], { status, duals }: Outcome): Refutation['prices'] =>
  status === 'optimal'
    ? names.flatMap(({ path, case: one }, row) => {
        const price = Number(duals[row]!.toPrecision(12))
        return Math.abs(price) < 1e-9 ? [] : [[path, one, price] as const]
      })
    : []
