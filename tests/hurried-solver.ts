import type { LinearModel, Optimiser, Outcome, SolveOptions } from '#core/optimisation.ts'
import type { Chance } from './chance.ts'

/**
 * A solver that often has no time. What it says then is true all the same, but as little as may be: no solution, or just any, and bounds
 * that are no nearer than they must. `chance` decides.
 */
export const hurried = (optimiser: Optimiser, { below, often }: Chance): Optimiser => ({
  async open(model) {
    const open = await optimiser.open(model)
    const { integer } = model.columns
    const solve = async (options?: SolveOptions): Promise<Outcome> => {
      const outcome = await open.solve(options)
      const luck = below(1)
      if (luck < 0.3 || (outcome.status !== 'optimal' && outcome.status !== 'infeasible')) return outcome
      const far = often(0.5) ? 0 : below(3)
      const side = model.sense === 'maximise' ? 1 : -1
      const bound = outcome.found && far > 0 ? outcome.objective + side * far : side * Number.POSITIVE_INFINITY
      const any = integer && outcome.found && luck < 0.8 ? await anySolution(optimiser, model, below) : null
      if (any) return { ...outcome, status: 'out-of-time', ...any, bound }
      return {
        ...outcome,
        status: 'out-of-time',
        found: false,
        objective: Number.NaN,
        values: new Float64Array(),
        bound,
      }
    }
    return { ...open, solve }
  },
})

/** A solution that is best for something else. */
async function anySolution(optimiser: Optimiser, model: LinearModel, below: Chance['below']) {
  const { cost } = model.columns
  const open = await optimiser.open({ ...model, columns: { ...model.columns, cost: Array.from(cost, () => below(1)) } })
  const { found, values } = await open.solve().finally(() => open.close())
  const objective = values.reduce((sum, value, at) => sum + value * (cost[at] ?? 0), 0)
  return found ? { found, values, objective } : null
}
