import type { OpenModel, Outcome, SolveOptions } from '#core/optimisation.ts'

/** The quick way from the last solution, which still holds; then anew; then less exactly. */
const ways: readonly SolveOptions[] = [
  { tolerance: 1e-10, simplex: 'primal' },
  { tolerance: 1e-9, simplex: 'primal' },
  { tolerance: 1e-9 },
  { tolerance: 1e-7, simplex: 'primal' },
  { tolerance: 1e-7 },
]

export class OutOfTime extends Error {}

/** Lost in rounding, whatever way was taken. */
export class Unsolved extends Error {}

/**
 * Solves a linear model of which it is known that it has an optimum. Where one way gets lost in rounding another is taken: whatever comes out is
 * measured later (proof.ts), so a less exact solution costs sharpness, not truth. Throws OutOfTime after so many seconds, Unsolved where no way helps.
 */
export async function solveLinear(model: OpenModel, seconds = Infinity): Promise<Outcome> {
  let said: unknown
  for (const way of ways) {
    try {
      const outcome = await model.solve(seconds === Infinity ? way : { ...way, seconds: Math.max(0.01, seconds) })
      if (outcome.status === 'optimal') return outcome
      said = outcome.status
      if (outcome.status === 'out-of-time') break
    } catch (error) {
      said = error
    }
  }
  if (said === 'out-of-time') throw new OutOfTime()
  throw new Unsolved('a linear model that must have an optimum was not solved', { cause: said })
}
