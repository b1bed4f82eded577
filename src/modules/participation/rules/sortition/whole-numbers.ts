/** Where no smaller whole numbers are in proportion, the largest weight becomes this: anybody adds such up exactly. */
const scale = 1e8

/** The largest weight that is looked for, and how far from a whole number rounding may have brought one. */
const [mostSmall, near] = [1_000, 1e-6]

/**
 * Weights (0 and more, not all 0) in the same proportions as whole numbers, of which `unit` is the largest. Small ones where there are such:
 * facets of the hull of panels have small coefficients, and cuts that differ from them and from each other by rounding
 * only make a model that no solver can tell from an infeasible one.
 */
export function inWholeNumbers(weights: Float64Array): { whole: Float64Array; unit: number } {
  const top = Math.max(...weights)
  const shares = weights.map((one) => one / top)
  for (let unit = 1; unit <= mostSmall; unit++)
    if (shares.every((one) => Math.abs(one * unit - Math.round(one * unit)) < near))
      return { whole: shares.map((one) => Math.round(one * unit)), unit }
  return { whole: shares.map((one) => Math.round(one * scale)), unit: scale }
}
