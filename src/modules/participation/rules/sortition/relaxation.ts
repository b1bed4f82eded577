import type { Optimiser } from '#core/optimisation.ts'
import { solveLinear, Unsolved } from './linear.ts'
import { panelModel, rowsOf } from './panels.ts'
import type { Instance } from './pool.ts'

/** One level of LEXIMIN over a set that holds every distribution: nothing can do better. `shares` are its duals, one per kind; Σ over the open kinds is 1. */
export type Ceiling = { value: number; shares: Float64Array; fixed: readonly number[] }

/**
 * LEXIMIN without whole numbers: over all points that obey the rows of a panel, and the cuts so far. It holds every mix of panels, so each
 * of its levels is an upper bound. One small linear model per level.
 */
export async function openRelaxation(optimiser: Optimiser, instance: Instance) {
  const { kinds } = instance
  const all = kinds.map((_, at) => at)
  const people = kinds.map(({ members }) => members.length)
  const { columns, rows } = panelModel(instance, false)
  // Column 0 is the least chance z; then one column per kind. Row of kind k: chance of k − z ≥ 0, and once k is settled: chance of k ≥ its level.
  const first = rows.lower.length
  const panelRows = rows.entries
  const chanceRows = rowsOf(
    all.map((kind) => ({ lower: 0, upper: Infinity, at: [0, kind + 1], values: [-1, 1 / people[kind]!] })),
  )
  const shifted = panelRows.indices.length
  const model = await optimiser.open({
    sense: 'maximise',
    columns: {
      cost: [1, ...all.map(() => 0)],
      lower: [-Infinity, ...Array.from(columns.lower)],
      upper: [Infinity, ...Array.from(columns.upper)],
    },
    rows: {
      lower: [...Array.from(rows.lower), ...Array.from(chanceRows.lower)],
      upper: [...Array.from(rows.upper), ...Array.from(chanceRows.upper)],
      entries: {
        starts: [
          ...Array.from(panelRows.starts).slice(0, -1),
          ...Array.from(chanceRows.entries.starts, (at) => at + shifted),
        ],
        indices: [...Array.from(panelRows.indices, (at) => at + 1), ...Array.from(chanceRows.entries.indices)],
        values: [...Array.from(panelRows.values), ...Array.from(chanceRows.entries.values)],
      },
    },
  })
  const rowOf = (kind: number) => first + kind

  const settle = (fixed: readonly number[], value: number) =>
    model.change({
      entries: { rows: fixed.map(rowOf), columns: fixed.map(() => 0), values: fixed.map(() => 0) },
      rowBounds: { at: fixed.map(rowOf), lower: fixed.map(() => value), upper: fixed.map(() => Infinity) },
    })
  const reopen = () =>
    model.change({
      entries: { rows: all.map(rowOf), columns: all.map(() => 0), values: all.map(() => -1) },
      rowBounds: { at: all.map(rowOf), lower: all.map(() => 0), upper: all.map(() => Infinity) },
    })

  return {
    /** All levels, lowest first; or the first ones, once it is late or the model is lost in rounding. */
    async levels(late: () => boolean): Promise<{ ceilings: Ceiling[]; whole: boolean }> {
      await reopen()
      const open = new Set(all)
      const found: Ceiling[] = []
      while (open.size > 0 && !(late() && found.length > 0)) {
        const solved = await solveLinear(model).catch((error: unknown) => {
          if (error instanceof Unsolved && found.length > 0) return null
          throw error
        })
        if (!solved) break
        const { objective, duals } = solved
        const shares = Float64Array.from(all, (kind) => Math.max(0, -duals[rowOf(kind)]!))
        const largest = Math.max(...[...open].map((kind) => shares[kind]!))
        const fixed = [...open].filter((kind) => shares[kind]! > 1e-7 || shares[kind] === largest)
        found.push({ value: objective, shares, fixed })
        for (const kind of fixed) open.delete(kind)
        await settle(fixed, objective)
      }
      return { ceilings: found, whole: open.size === 0 }
    },
    /** From now on Σ weight × count ≤ bound, which holds for all panels. */
    cut: (weights: ArrayLike<number>, bound: number) => {
      const at = all.filter((kind) => weights[kind] !== 0)
      return model.change({
        addRows: rowsOf([
          { lower: -Infinity, upper: bound, at: at.map((kind) => kind + 1), values: at.map((kind) => weights[kind]!) },
        ]),
      })
    },
    close: () => model.close(),
  }
}
