import { sumOf } from './grid.ts'
import type { Instance } from './instance.ts'
import type { Assignment } from './model.ts'

/** Units that each case gets. */
export const unitsOf = ({ cases }: Instance, assignment: Assignment): number[] =>
  cases.map(({ units }, one) => assignment[one]!.reduce((sum, expert) => sum + units[expert]!, 0))

/** 0 where there are no cases: nobody is served badly. */
export const worstOf = (units: readonly number[]): number =>
  units.reduce((least, one) => Math.min(least, one), units[0] ?? 0)

export const totalOf = (units: readonly number[]): number => units.reduce((sum, one) => sum + one, 0)

export type Figures = { worst: number; total: number }

/** Worst and total in scores: exactly those of the units, or where these are rounded, those of the scores as they were given. */
export function figuresOf(
  { problem: { scores }, grid }: Instance,
  assignment: Assignment,
  units: readonly number[],
): Figures {
  if (grid.exact) return { worst: grid.score(worstOf(units)), total: grid.score(totalOf(units)) }
  const given = assignment.map((experts, one) => experts.map((expert) => scores[one]![expert] ?? 0))
  return { worst: worstOf(given.map(sumOf)), total: sumOf(given.flat()) }
}

/** What the second has more than the first. Both must be of the same scores. */
export function difference(
  instance: Instance,
  first: { assignment: Assignment; units: readonly number[] },
  second: { assignment: Assignment; units: readonly number[] },
): Figures {
  const { grid } = instance
  if (grid.exact)
    return {
      worst: grid.score(worstOf(second.units) - worstOf(first.units)),
      total: grid.score(totalOf(second.units) - totalOf(first.units)),
    }
  const [before, after] = [first, second].map(({ assignment, units }) => figuresOf(instance, assignment, units)) as [
    Figures,
    Figures,
  ]
  return { worst: after.worst - before.worst, total: after.total - before.total }
}

/** Cases of each expert. */
export function loadsOf({ problem }: Instance, assignment: Assignment): number[] {
  const loads = problem.experts.map(() => 0)
  for (const experts of assignment) for (const expert of experts) loads[expert]!++
  return loads
}

/** What the assignment breaks, by path; with `only` the first such. Empty: it is feasible. */
export function brokenBy(instance: Instance, assignment: Assignment): string[] {
  const { problem, cases, perCase, overall } = instance
  const broken: string[] = []
  for (const [one, { need, pinned, units }] of cases.entries()) {
    const got = new Set(assignment[one])
    if (got.size !== need || got.size !== assignment[one]!.length) broken.push(`cases[${one}].need`)
    if ([...got].some((expert) => Number.isNaN(units[expert]))) broken.push(`scores[${one}]`)
    if (pinned.some((expert) => !got.has(expert))) broken.push(`pins of case ${one}`)
    for (const { at, group, min, max } of perCase) {
      const count = [...got].filter((expert) => group.has(expert)).length
      if (count < min) broken.push(`balance[${at}].min`)
      if (count > max) broken.push(`balance[${at}].max`)
    }
  }
  const loads = loadsOf(instance, assignment)
  for (const [expert, { min, max }] of problem.experts.entries()) {
    if (loads[expert]! < min) broken.push(`experts[${expert}].min`)
    if (loads[expert]! > max) broken.push(`experts[${expert}].max`)
  }
  for (const { at, group, min, max } of overall) {
    const count = [...group].reduce((sum, expert) => sum + loads[expert]!, 0)
    if (count < min) broken.push(`balance[${at}].min`)
    if (count > max) broken.push(`balance[${at}].max`)
  }
  return broken
}
