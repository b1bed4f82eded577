import type { OpenModel, Outcome, SolveOptions } from '#core/optimisation.ts'

/** The quick way from the last solution, which still holds; then anew; then less exactly. */
const ways: readonly SolveOptions[] = [
  { tolerance: 1e-10, simplex: 'primal' },
  { tolerance: 1e-9, simplex: 'primal' },
  { tolerance: 1e-9 },
  { tolerance: 1e-7, simplex: 'primal' },
  { tolerance: 1e-7 },
]

/**
 * Solves a linear model of which it is known that it has an optimum. Where one way gets lost in rounding another is taken: whatever comes out is
 * measured later (proof.ts), so a less exact solution costs sharpness, not truth.
 */
export async function solveLinear(model: OpenModel): Promise<Outcome> {
  let said: unknown
  for (const way of ways) {
    try {
      const outcome = await model.solve(way)
      if (outcome.status === 'optimal') return outcome
      said = outcome.status
    } catch (error) {
      said = error
    }
  }
  throw new Error('a linear model that must have an optimum was not solved', { cause: said })
}
