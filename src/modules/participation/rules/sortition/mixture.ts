import type { Optimiser } from '#core/optimisation.ts'
import { solveLinear } from './linear.ts'
import type { Composition, Instance } from './pool.ts'

export async function openMixture(optimiser: Optimiser, instance: Instance) {
  const { kinds } = instance
  const all = kinds.map((_, at) => at)
  const people = kinds.map(({ members }) => members.length)
  // Columns: how much each kind falls short of its aim; then one per panel, its probability. Rows: probabilities add up to 1; chance + shortfall ≥ aim.
  const model = await optimiser.open({
    sense: 'minimise',
    columns: { cost: all.map(() => 1), lower: all.map(() => 0), upper: all.map(() => Infinity) },
    rows: {
      lower: [1, ...all.map(() => 0)],
      upper: [1, ...all.map(() => Infinity)],
      entries: { starts: [0, ...all, all.length], indices: all, values: all.map(() => 1) },
    },
  })
  const panels: Composition[] = []
  const known = new Set<string>()
  let inModel = 0

  return {
    panels,
    /** Whether it is new. */
    take(panel: Composition): boolean {
      const key = panel.join()
      if (known.has(key)) return false
      known.add(key)
      panels.push(panel)
      return true
    },
    aim: (chances: ArrayLike<number>) =>
      model.change({ rowBounds: { at: all.map((kind) => kind + 1), lower: chances, upper: all.map(() => Infinity) } }),
    /** Throws OutOfTime after so many seconds. */
    async solve(seconds = Infinity) {
      const fresh = panels.slice(inModel)
      inModel = panels.length
      const starts = [0]
      const indices: number[] = []
      const values: number[] = []
      for (const panel of fresh) {
        indices.push(0)
        values.push(1)
        for (const kind of all) {
          if (panel[kind] === 0) continue
          indices.push(kind + 1)
          values.push(panel[kind]! / people[kind]!)
        }
        starts.push(indices.length)
      }
      await model.change({
        addColumns: {
          cost: fresh.map(() => 0),
          lower: fresh.map(() => 0),
          upper: fresh.map(() => Infinity),
          entries: { starts, indices, values },
        },
      })
      const { objective, values: solution, duals } = await solveLinear(model, seconds)
      return {
        shortfall: objective,
        probabilities: solution.slice(all.length),
        prices: Float64Array.from(all, (kind) => Math.max(0, duals[kind + 1]!)),
        threshold: -duals[0]!,
      }
    },
    close: () => model.close(),
  }
}
