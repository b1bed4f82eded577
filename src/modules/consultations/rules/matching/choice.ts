import type { Instance } from './instance.ts'

export type Choice = {
  /** The greatest value; where `exact` is false only something that no choice exceeds. */
  value: number
  experts: readonly number[]
  exact: boolean
}

/** Deeper searches give up and return a bound. */
const mostSteps = 300_000

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

  const candidates = free.flatMap((expert) =>
    expert === must || expert === without ? [] : [{ expert, worth: value(expert) }],
  )
  candidates.sort((a, b) => b.worth - a.worth || a.expert - b.expert)
  if (candidates.length < left) return null
  const worth = candidates.map((candidate) => candidate.worth)
  /** Most units of one candidate from here on. */
  const richest = new Float64Array(candidates.length + 1)
  for (let at = candidates.length - 1; at >= 0; at--)
    richest[at] = Math.max(richest[at + 1]!, units[candidates[at]!.expert]!)

  const counts = perCase.map(({ group }) => base.filter((expert) => group.has(expert)).length)
  const baseWorth = base.reduce((sum, expert) => sum + value(expert), 0)
  const baseUnits = base.reduce((sum, expert) => sum + units[expert]!, 0)
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
    let bound = worthSoFar
    for (let at = from; at < from + still; at++) bound += worth[at] ?? Number.NaN
    for (let at = from; at + still <= candidates.length; at++) {
      // Sorted by worth: what comes later is worth less, so the first bound that fails ends it.
      if (best !== null && bound <= (best as Choice).value) return
      if (unitsSoFar + still * richest[at]! < atLeast) return
      const { expert } = candidates[at]!
      chosen.push(expert)
      for (const [rule, { group }] of perCase.entries()) if (group.has(expert)) counts[rule]!++
      search(at + 1, still - 1, worthSoFar + worth[at]!, unitsSoFar + units[expert]!)
      for (const [rule, { group }] of perCase.entries()) if (group.has(expert)) counts[rule]!--
      chosen.pop()
      bound += (worth[at + still] ?? 0) - worth[at]!
    }
  }
  search(0, left, baseWorth, baseUnits)
  if (steps <= mostSteps) return best
  const bound = worth.slice(0, left).reduce((sum, one) => sum + one, baseWorth)
  return { value: bound, experts: [], exact: false }
}
