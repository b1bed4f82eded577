import type { Optimiser } from '#core/optimisation.ts'
import { solveLinear } from './linear.ts'
import { isPanel, panelModel, worth } from './panels.ts'
import type { Composition, Instance } from './pool.ts'

/** The dearest panel, and what no panel is worth more than. Both are of the integer weights that were asked for. */
export type Price = { panel: Composition; best: number; bound: number }

/** Finds the panel of the largest total weight, exactly, or at least a bound. */
export async function openPricing(optimiser: Optimiser, instance: Instance) {
  const { kinds } = instance
  const all = kinds.map((_, at) => at)
  const shape = panelModel(instance, false)
  const [whole, loose] = [await optimiser.open(panelModel(instance, true)), await optimiser.open(shape)]
  const solve = async (model: typeof whole, weights: ArrayLike<number>) => {
    // Large costs would drown in the solver's absolute tolerances.
    const unit = Math.max(1, ...Array.from(weights, Math.abs))
    await model.change({ costs: { at: all, cost: Array.from(weights, (one) => one / unit) } })
    return { unit, ...(await (model === loose ? solveLinear(model) : model.solve())) }
  }

  return {
    /** null: there is no panel at all. */
    async price(weights: ArrayLike<number>): Promise<Price | null> {
      const { status, values, bound, unit } = await solve(whole, weights)
      if (status === 'infeasible') return null
      const panel = Int32Array.from(values, Math.round)
      if (status !== 'optimal' || !isPanel(instance, panel)) throw new Error(`pricing panels ended as ${status}`)
      const best = worth(weights, panel)
      // The solver's bound is in floating point; what exceeds the best by less than its accuracy is no other panel.
      return { panel, best, bound: Math.max(best, Math.floor(bound * unit - unit * 1e-6)) }
    },
    /**
     * What no panel is worth more than, by a linear model: quick, safe whatever its accuracy (Neumaier and Shcherbina 2004: any duals give
     * a bound, reckoned here from the rows themselves), and often sharp.
     */
    async bound(weights: ArrayLike<number>): Promise<number> {
      const { duals, unit } = await solve(loose, weights)
      const { starts, indices } = shape.rows.entries
      const left = Float64Array.from(weights)
      let sum = 0
      for (let row = 0; row < shape.rows.lower.length; row++) {
        const dual = duals[row]! * unit
        if (dual === 0) continue
        sum += dual * (dual > 0 ? shape.rows.upper[row]! : shape.rows.lower[row]!)
        for (let at = starts[row]!; at < starts[row + 1]!; at++) left[indices[at]!]! -= dual
      }
      left.forEach((worthLeft, kind) => {
        sum += Math.max(0, worthLeft) * kinds[kind]!.most
      })
      return Math.floor(sum * (1 + 1e-13) + 1e-6)
    },
    close: async () => {
      await Promise.all([whole.close(), loose.close()])
    },
  }
}
