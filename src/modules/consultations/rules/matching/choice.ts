import type { Instance } from './instance.ts'

export type Choice = {
  /** The greatest value; where `exact` is false only something that no choice exceeds. */
  value: number
  experts: readonly number[]
  exact: boolean
}

/** Longer searches price units, which takes a moment but shows much sooner what can't be better. */
const fewSteps = 3_000
/** Deeper searches give up and return a bound. */
const mostSteps = 300_000
/** Less than this, in units, is not looked for. */
const speck = 1e-9

/**
 * The most valuable set of experts for one case alone: as many as it needs, with its pins and its rules of balance, and of `atLeast` units
 * together. Experts' loads don't matter here. `must` is in it, `without` is not. Null if there is no such set.
 */
export function bestChoice(
  { cases, perCase }: Instance,
  one: number,
  value: (expert: number) => number,
  { atLeast = 0, must, without }: { atLeast?: number; must?: number; without?: number } = {},
): Choice | null {
  const { need, pinned, free, units } = cases[one]!
  const base = must === undefined || pinned.includes(must) ? pinned : [...pinned, must]
  const left = need - base.length
  if (left < 0 || (must !== undefined && Number.isNaN(units[must]))) return null
  if (without !== undefined && base.includes(without)) return null

  const baseWorth = base.reduce((sum, expert) => sum + value(expert), 0)
  const baseUnits = base.reduce((sum, expert) => sum + units[expert]!, 0)
  const others = free.filter((expert) => expert !== must && expert !== without)
  if (others.length < left) return null
  const plain = others.map((expert) => ({ expert, value: value(expert), units: units[expert]! }))
  const counts = perCase.map(({ group }) => base.filter((expert) => group.has(expert)).length)

  const searched = (perUnit: number, mostSteps: number): Choice | null => {
    const candidates = plain.map((candidate) => ({ ...candidate, worth: candidate.value + perUnit * candidate.units }))
    candidates.sort((a, b) => b.worth - a.worth || a.expert - b.expert)
    const worth = candidates.map((candidate) => candidate.worth)
    /** Most units of one candidate from here on. */
    const richest = new Float64Array(candidates.length + 1)
    for (let at = candidates.length - 1; at >= 0; at--) richest[at] = Math.max(richest[at + 1]!, candidates[at]!.units)
    const chosen: number[] = []
    let best: Choice | null = null
    let steps = 0

    const search = (from: number, still: number, worthSoFar: number, unitsSoFar: number): void => {
      if (++steps > mostSteps) return
      if (perCase.some(({ min, max }, rule) => counts[rule]! > max || counts[rule]! + still < min)) return
      if (still === 0) {
        if (unitsSoFar >= atLeast && (best === null || worthSoFar > best.value))
          best = { value: worthSoFar, experts: [...base, ...chosen].sort((a, b) => a - b), exact: true }
        return
      }
      // What units were priced for is taken off again, and what is above the level with it.
      let bound = worthSoFar + perUnit * (unitsSoFar - atLeast)
      for (let at = from; at < from + still; at++) bound += worth[at] ?? Number.NaN
      for (let at = from; at + still <= candidates.length; at++) {
        // Sorted by worth: what comes later is worth less, so the first bound that fails ends it.
        if (best !== null && bound <= (best as Choice).value + (perUnit > 0 ? speck : 0)) return
        if (unitsSoFar + still * richest[at]! < atLeast) return
        const { expert, value, units } = candidates[at]!
        chosen.push(expert)
        for (const [rule, { group }] of perCase.entries()) if (group.has(expert)) counts[rule]!++
        search(at + 1, still - 1, worthSoFar + value, unitsSoFar + units)
        for (const [rule, { group }] of perCase.entries()) if (group.has(expert)) counts[rule]!--
        chosen.pop()
        bound += (worth[at + still] ?? 0) - worth[at]!
      }
    }
    search(0, left, baseWorth, baseUnits)
    if (steps <= mostSteps) return best
    const most = baseWorth + perUnit * (baseUnits - atLeast)
    return { value: worth.slice(0, left).reduce((sum, one) => sum + one, most), experts: [], exact: false }
  }

  const quick = searched(0, fewSteps)
  if (quick === null || quick.exact) return quick
  return searched(priceOfUnits(plain, left, atLeast - baseUnits), mostSteps)
}

type Candidate = { value: number; units: number }

/**
 * The price of a unit at which the most valuable of so many candidates, each with its units' price on top, just reach what is missing (or 0, if they do so
 * for nothing). With any price of 0 or more, the value of a set that reaches it is at most that with the price on top, less the price of what is missing;
 * this one makes that bound least.
 */
function priceOfUnits(candidates: readonly Candidate[], count: number, missing: number): number {
  const reached = (price: number) =>
    candidates
      .map(({ value, units }) => ({ worth: value + price * units, units }))
      .sort((a, b) => b.worth - a.worth || b.units - a.units)
      .slice(0, count)
      .reduce((sum, { units }) => sum + units, 0)
  if (count === 0 || reached(0) >= missing) return 0
  const values = candidates.map(({ value }) => value)
  let [low, high] = [0, Math.max(...values) - Math.min(...values) + 1]
  if (reached(high) < missing) return 0
  for (let round = 0; round < 40; round++) {
    const middle = (low + high) / 2
    if (reached(middle) >= missing) high = middle
    else low = middle
  }
  return high
}
