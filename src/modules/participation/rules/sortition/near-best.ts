import type { LinearModel, OpenModel, Optimiser } from '#core/optimisation.ts'
import { solveLinear, Unsolved } from './linear.ts'
import { isPanel, worth } from './panels.ts'
import { type Composition, type Instance, peopleOf } from './pool.ts'
import { seeker } from './seeking.ts'

/** How often panels are looked for before the integer program is asked. */
const attempts = 3

/** How often the integer program may branch. */
const mostNodes = 2_000

/** What is worth more by less than this, the largest weight being 1, is not worth more. */
const nothing = 1e-9

/**
 * Finds panels of a model (panels.ts, perhaps with narrower bounds) that are worth nearly as much as the best, begun at the solution of the linear model, by
 * a search; where that fails, by the integer program.
 */
export async function openNearBest(optimiser: Optimiser, instance: Instance, shape: LinearModel) {
  const all = peopleOf(instance).map((_, kind) => kind)
  const { integer: _, ...parts } = shape.columns
  const [whole, loose] = [await optimiser.open(shape), await optimiser.open({ ...shape, columns: parts })]
  const seek = seeker(instance, shape)

  const solved = (model: OpenModel) =>
    solveLinear(model).catch((error: unknown) => {
      if (error instanceof Unsolved) return null
      throw error
    })

  return {
    /**
     * A panel that is worth more than `now`, if one is found that covers `share` of the way to what no panel exceeds, or a good part of that; else null.
     * Weights of either sign, not all 0. Without `seconds` the integer program is not asked.
     */
    async above(weights: Float64Array, now: number, share: number, seconds = 0): Promise<Composition | null> {
      const unit = Math.max(...weights.map(Math.abs))
      const worths = weights.map((one) => one / unit)
      await loose.change({ costs: { at: all, cost: worths } })
      const linear = await solved(loose)
      if (!linear) return null
      const [from, way] = [now / unit, linear.objective - now / unit]
      if (way < nothing) return null
      const start = rounded(linear.values, instance.size, shape.columns.upper)
      const enough = from + share * way
      for (let attempt = 0; attempt < attempts; attempt++) {
        const panel = seek(start, { worths, gains: linear.reducedCosts, enough }, attempt)
        if (panel && worth(worths, panel) > from + (share * way) / (1 + attempt)) return panel
      }
      if (seconds <= 0) return null
      await whole.change({ costs: { at: all, cost: worths } })
      const { found, values } = await whole.solve({
        gap: way / 10,
        nodes: mostNodes,
        ...(seconds < Infinity && { seconds }),
      })
      const panel = Int32Array.from(values, Math.round)
      return found && isPanel(instance, panel) && worth(worths, panel) > from + nothing ? panel : null
    },
    close: async () => {
      await Promise.all([whole.close(), loose.close()])
    },
  }
}

/** As many seats as there are, for those who have the most of one in a solution by parts. */
function rounded(values: Float64Array, size: number, most: ArrayLike<number>): Composition {
  const panel = Int32Array.from(values, (one) => Math.floor(one + 1e-6))
  let left = size - panel.reduce((sum, seats) => sum + seats, 0)
  const order = [...values.keys()].sort((a, b) => values[b]! - panel[b]! - (values[a]! - panel[a]!))
  for (const kind of order) {
    if (left <= 0) break
    if (panel[kind]! >= most[kind]!) continue
    panel[kind]!++
    left--
  }
  return panel
}
