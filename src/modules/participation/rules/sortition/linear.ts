import type { OpenModel, Outcome } from '#core/optimisation.ts'

/** Solves a linear model whose last solution still holds; where the quick way gets lost in rounding, the slow one is taken. */
export async function solveLinear(model: OpenModel): Promise<Outcome> {
  const quick = await model.solve({ tolerance: 1e-10, simplex: 'primal' })
  return quick.status === 'failed' ? model.solve({ tolerance: 1e-10 }) : quick
}
