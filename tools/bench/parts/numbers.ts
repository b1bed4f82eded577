/** Numbers in [0, 1) from a seed (a linear congruential generator of Numerical Recipes), so that everybody measures the same. */
export function numbers(seed: number) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
