import { type Optimiser, type Outcome, type SolveOptions, solveOnce } from '#core/optimisation.ts'
import { brokenBy, totalOf, unitsOf, worstOf } from './evaluate.ts'
import type { Instance } from './instance.ts'
import { type Assignment, type Barred, buildModel, type Matrix } from './model.ts'

/** What computing costs is said by whoever asks: rules have no clock. */
export type Means = {
  optimiser: Optimiser
  /** Seconds since the beginning. */
  elapsed(): number
  /** Seconds in all. */
  seconds: number
  /** Hears how far it has come. */
  tell?(said: string): void
}

/** A feasible assignment, checked in whole units. */
export type Found = { assignment: Assignment; units: readonly number[]; worst: number; total: number }

export type Answer =
  | { is: 'none' }
  /** `bound`: no total is greater. `best`: it equals the bound. */
  | ({ is: 'some'; best: boolean; bound: number } & Found)
  /** Time ran out, or all branches that were allowed, or the solver failed. */
  | { is: 'unknown'; bound: number }

/** Rounds against a solution that misses its level by the solver's tolerance; more than a few were never seen. */
const mostRounds = 50

export const remaining = ({ elapsed, seconds }: Means): number => seconds - elapsed()

export function found(instance: Instance, assignment: Assignment): Found {
  const units = unitsOf(instance, assignment)
  return { assignment, units, worst: worstOf(units), total: totalOf(units) }
}

/** With `any` the first one that is found will do. `start` is where to begin from. `only`: no other pairs than these, by case. `nodes`: branch at most so often. */
export type Ways = {
  any?: boolean
  start?: Assignment | undefined
  only?: readonly ReadonlySet<number>[]
  nodes?: number
}

/** The greatest total among the assignments that give every case `atLeast` units, by branch and cut. */
export async function bestTotal(
  instance: Instance,
  atLeast: number,
  means: Means,
  { any = false, start, only, nodes }: Ways = {},
): Promise<Answer> {
  const barred: Barred[] = []
  const unknown: Answer = { is: 'unknown', bound: Number.POSITIVE_INFINITY }
  for (let round = 0; round < mostRounds; round++) {
    const matrix = buildModel(instance, atLeast, { barred, ...(only && { only }) })
    if (!matrix) return { is: 'none' }
    const seconds = remaining(means)
    if (seconds <= 0) return unknown
    const options: SolveOptions = {
      seconds,
      // Totals are whole: what is nearer than a unit is equal.
      gap: any ? Number.MAX_VALUE : 0.9 * matrix.factor,
      ...(start && { start: valuesOf(matrix, start) }),
      ...(nodes !== undefined && { nodes }),
    }
    means.tell?.(`branch and cut over ${matrix.columns.length} pairs`)
    const outcome = await solved(means.optimiser, matrix, options)
    if (outcome.status === 'infeasible') return { is: 'none' }
    const bound = boundOf(instance, matrix, outcome)
    if (!outcome.found) return { is: 'unknown', bound }
    const one = found(instance, assignmentOf(instance, matrix, outcome.values))
    if (brokenBy(instance, one.assignment).length > 0) return { is: 'unknown', bound }
    const low = one.units.flatMap((units, at) => (units < atLeast ? [at] : []))
    const best = outcome.status === 'optimal' && !any
    if (low.length === 0) return { is: 'some', ...one, best, bound: best ? one.total : Math.max(bound, one.total) }
    for (const at of low) {
      const { pinned } = instance.cases[at]!
      barred.push({ case: at, experts: one.assignment[at]!.filter((expert) => !pinned.includes(expert)) })
    }
  }
  return unknown
}

const nothing: Outcome = {
  status: 'optimal',
  found: true,
  objective: 0,
  bound: 0,
  values: new Float64Array(),
  duals: new Float64Array(),
  reducedCosts: new Float64Array(),
}

/** A model without columns has but one solution. */
const solved = (optimiser: Optimiser, { model, columns }: Matrix, options: SolveOptions) =>
  columns.length === 0 ? Promise.resolve(nothing) : solveOnce(optimiser, model, options)

const pinnedUnits = ({ cases }: Instance) =>
  cases.reduce((sum, { pinned, units }) => pinned.reduce((all, expert) => all + units[expert]!, sum), 0)

const boundOf = (instance: Instance, { factor }: Matrix, { bound }: Outcome) =>
  Number.isFinite(bound) ? Math.floor(bound / factor + 0.01) + pinnedUnits(instance) : Number.POSITIVE_INFINITY

function assignmentOf({ cases }: Instance, { columns }: Matrix, values: Float64Array): Assignment {
  const assignment = cases.map(({ pinned }) => [...pinned])
  for (const [at, column] of columns.entries()) if (values[at]! > 0.5) assignment[column.case]!.push(column.expert)
  for (const experts of assignment) experts.sort((a, b) => a - b)
  return assignment
}

function valuesOf({ columns }: Matrix, assignment: Assignment): Float64Array {
  const chosen = assignment.map((experts) => new Set(experts))
  return Float64Array.from(columns, (column) => (chosen[column.case]!.has(column.expert) ? 1 : 0))
}

export type Relaxed = {
  /** The level it was asked at. */
  atLeast: number
  /** False: not even fractions can do it. */
  feasible: boolean
  /** Prices of experts and overall rules, in units: what one more of the bound would bring. Of the places that have a row. */
  experts: readonly (readonly [number, number])[]
  rules: readonly (readonly [number, number])[]
  /** Where the answer has no fractions: then it is the best in whole pairs too. */
  whole: Found | null
}

/** The same question in fractions: quick, and where it says no there is no. Null when time ran out. */
export async function relaxed(instance: Instance, atLeast: number, means: Means): Promise<Relaxed | null> {
  const infeasible: Relaxed = { atLeast, feasible: false, experts: [], rules: [], whole: null }
  const matrix = buildModel(instance, atLeast, { whole: false })
  if (!matrix) return infeasible
  const seconds = remaining(means)
  if (seconds <= 0) return null
  const outcome = await solved(means.optimiser, matrix, { seconds })
  if (outcome.status === 'infeasible') return infeasible
  if (outcome.status !== 'optimal') return null
  const priced = (rows: readonly (number | null)[]) =>
    rows.flatMap((row, at) => {
      const price = row === null ? 0 : (outcome.duals[row] ?? 0) / matrix.factor
      return Math.abs(price) > 1e-6 ? [[at, price] as const] : []
    })
  const whole = wholeOf(instance, matrix, outcome.values, atLeast)
  return { atLeast, feasible: true, experts: priced(matrix.expertRows), rules: priced(matrix.ruleRows), whole }
}

/** The solution as an assignment, if it is one. */
function wholeOf(instance: Instance, matrix: Matrix, values: Float64Array, atLeast: number): Found | null {
  if (values.some((value) => Math.abs(value - Math.round(value)) > 1e-7)) return null
  const one = found(instance, assignmentOf(instance, matrix, values))
  return one.worst >= atLeast && brokenBy(instance, one.assignment).length === 0 ? one : null
}
