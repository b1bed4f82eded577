import { type Grid, gridOf } from './grid.ts'
import type { Balance, Pair, Problem } from './problem.ts'

/** A problem made ready: scores in units, pins and conflicts worked in. */
export type Instance = {
  problem: Problem
  grid: Grid
  cases: readonly Desk[]
  /** Of each case, the first one that is like it in all but its name. */
  like: readonly number[]
  /** Experts of each group. */
  members: ReadonlyMap<string, ReadonlySet<number>>
  /** Rules of balance that hold for each case, and over all; with their places in the list. */
  perCase: readonly Rule[]
  overall: readonly Rule[]
}

export type Rule = { at: number; group: ReadonlySet<number>; min: number; max: number }

/** What one case may get. */
export type Desk = {
  need: number
  /** Experts pinned to it. */
  pinned: readonly number[]
  /** All others that are possible, the best first, equals by their place. */
  free: readonly number[]
  /** Units by expert's place; NaN where impossible. */
  units: Float64Array
}

/** A pin that can't be is left out of `pinned` and given here: then nothing is feasible. */
export type Impossible = { pin: number; source: string }

/** Reads nothing but the problem; the same problem gives the same instance. */
export function prepare(problem: Problem): { instance: Instance; impossible: readonly Impossible[] } {
  const { scores, cases, conflicts, pins, balance, experts } = problem
  const grid = gridOf(every(scores))
  const units = scores.map((line) =>
    Float64Array.from(line, (score) => (score === null ? Number.NaN : grid.units(score))),
  )
  for (const [one, expert] of conflicts) units[one]![expert] = Number.NaN

  const pinned = cases.map(() => new Set<number>())
  const impossible: Impossible[] = []
  for (const [at, [one, expert]] of pins.entries()) {
    if (Number.isNaN(units[one]![expert])) impossible.push({ pin: at, source: sourceOf(problem, [one, expert]) })
    else pinned[one]!.add(expert)
  }
  const desks = cases.map(({ need }, one) => {
    const here = units[one]!
    const free: number[] = []
    for (let expert = 0; expert < here.length; expert++)
      if (!Number.isNaN(here[expert]) && !pinned[one]!.has(expert)) free.push(expert)
    free.sort((a, b) => here[b]! - here[a]! || a - b)
    return { need, pinned: [...pinned[one]!].sort((a, b) => a - b), free, units: here }
  })

  const members = new Map<string, Set<number>>()
  for (const [expert, { groups }] of experts.entries()) {
    for (const group of groups) members.set(group, (members.get(group) ?? new Set()).add(expert))
  }
  const rules = (per: Balance['per']) =>
    balance.flatMap((rule, at): Rule[] =>
      rule.per === per
        ? [
            {
              at,
              group: members.get(rule.group) ?? new Set(),
              min: rule.min ?? 0,
              max: rule.max ?? Number.POSITIVE_INFINITY,
            },
          ]
        : [],
    )
  return {
    instance: {
      problem,
      grid,
      cases: desks,
      like: likeOf(desks),
      members,
      perCase: rules('case'),
      overall: rules('all'),
    },
    impossible,
  }
}

/** Compares only cases with the same sum, taken with the places: rows are long. */
function likeOf(desks: readonly Desk[]): number[] {
  const bySum = new Map<number, number[]>()
  return desks.map((desk, one) => {
    let sum = 0
    for (const [expert, units] of desk.units.entries()) if (!Number.isNaN(units)) sum += (units + 1) * (expert + 1)
    const others = bySum.get(sum) ?? []
    const before = others.find((other) => areLike(desks[other]!, desk))
    if (before !== undefined) return before
    bySum.set(sum, [...others, one])
    return one
  })
}

const areLike = (one: Desk, other: Desk): boolean =>
  one.need === other.need &&
  one.pinned.join() === other.pinned.join() &&
  one.units.every((units, expert) => Object.is(units, other.units[expert]))

/** What forbids the pair: a conflict's path, or the path of the score that is null. */
export function sourceOf({ conflicts }: Problem, [one, expert]: Pair): string {
  const at = conflicts.findIndex(([a, b]) => a === one && b === expert)
  return at >= 0 ? `conflicts[${at}]` : `scores[${one}][${expert}]`
}

function* every(scores: Problem['scores']): Generator<number> {
  for (const line of scores) for (const score of line) if (score !== null) yield score
}
