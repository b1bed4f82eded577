import { certify } from './certificate.ts'
import { difference, loadsOf } from './evaluate.ts'
import { type Instance, prepare, sourceOf } from './instance.ts'
import { NoAnswer } from './match.ts'
import { type Ordered, worstFirst } from './order.ts'
import type { Change, Pair, Problem } from './problem.ts'
import { exchangeBreaks, lossWith, lossWithout } from './reasons.ts'
import { smallestChange } from './relax.ts'
import type { Means } from './totals.ts'

/** Why this pair, or why not; and what it would cost to have it otherwise. Figures are scores. */
export type Why = {
  pair: Pair
  score: number | null
  /** Whether the best assignment has the pair. */
  chosen: boolean
  /** Hard rules that settle it, by path: a pin that demands it; or what forbids it. Then nothing else is asked. */
  settledBy: readonly string[]
  /** Bounds that a plain exchange for the pair would break, by whom it would take the place of. Only where it is not chosen. */
  exchanges?: readonly { for: number; breaks: string | null }[]
  /** What is lost of the total at least, at the same worst: from the prices, without solving again. */
  atLeast?: number
  /** What changes exactly, solved again with the pair (or without it, if it is chosen): what comes less what was. */
  exactly?: { worst: number; total: number; proven: boolean }
  /** Cases that get less then, and those that get more. */
  loses?: readonly Moved[]
  gains?: readonly Moved[]
  /** Where otherwise nothing is feasible: the smallest change with which it would be. */
  relax?: readonly Change[]
}

export type Moved = { case: number; from: number; to: number }

/**
 * Why the best assignment has the pair, or has it not. Null if the problem has no assignment at all.
 * Throws NoAnswer where time runs out.
 */
export async function why(problem: Problem, pair: Pair, means: Means): Promise<Why | null> {
  const { instance, impossible } = prepare(problem)
  const base = impossible.length > 0 ? ({ is: 'none' } as const) : await worstFirst(instance, means)
  if (base.is === 'unknown') throw new NoAnswer(`nothing was found within ${means.seconds} seconds`)
  if (base.is === 'none') return null

  const [one, expert] = pair
  const chosen = base.assignment[one]!.includes(expert)
  const settledBy = chosen ? pinsOf(problem, pair) : forbidding(problem, instance, pair)
  const said = { pair, score: problem.scores[one]![expert]!, chosen, settledBy }
  if (settledBy.length > 0) return said

  const { priced } = await certify(instance, base, means)
  const { grid } = instance
  const loss = priced ? (chosen ? lossWithout : lossWith)(instance, priced, base.total, base.worst, pair) : 0
  const loads = loadsOf(instance, base.assignment)
  const exchanges = chosen
    ? undefined
    : base.assignment[one]!.filter((other) => !instance.cases[one]!.pinned.includes(other)).map((other) => ({
        for: other,
        breaks: exchangeBreaks(instance, base.assignment[one]!, loads, other, expert),
      }))
  return {
    ...said,
    ...(exchanges && { exchanges }),
    atLeast: grid.score(loss),
    ...(await otherwise(problem, pair, chosen, { base, instance }, means)),
  }
}

type Some = Extract<Ordered, { is: 'some' }>

async function otherwise(
  problem: Problem,
  pair: Pair,
  chosen: boolean,
  { base, instance }: { base: Some; instance: Instance },
  means: Means,
): Promise<Pick<Why, 'exactly' | 'loses' | 'gains' | 'relax'>> {
  const changed = chosen
    ? { ...problem, conflicts: [...problem.conflicts, pair] }
    : { ...problem, pins: [...problem.pins, pair] }
  const other = await worstFirst(prepare(changed).instance, means)
  if (other.is === 'unknown') throw new NoAnswer(`the question was not answered within ${means.seconds} seconds`)
  if (other.is === 'none') {
    const change = await smallestChange(changed, means)
    return { ...(change && { relax: change.changes.filter((one) => one.change !== `pins[${problem.pins.length}]`) }) }
  }
  const { grid } = instance
  const moved = other.units.map((to, one) => ({ case: one, from: base.units[one]!, to }))
  const shown = (list: readonly Moved[]) =>
    list.map(({ case: one, from, to }) => ({ case: one, from: grid.score(from), to: grid.score(to) }))
  return {
    exactly: { ...difference(instance, base, other), proven: base.proven && other.proven },
    loses: shown(moved.filter(({ from, to }) => to < from)),
    gains: shown(moved.filter(({ from, to }) => to > from)),
  }
}

const pinsOf = ({ pins }: Problem, [one, expert]: Pair) =>
  pins.flatMap(([a, b], at) => (a === one && b === expert ? [`pins[${at}]`] : []))

/** Hard rules that forbid the pair by themselves, whatever else is chosen. */
function forbidding(problem: Problem, instance: Instance, pair: Pair): string[] {
  const [one, expert] = pair
  const { need, pinned, units } = instance.cases[one]!
  const { max } = problem.experts[expert]!
  const found: string[] = []
  if (Number.isNaN(units[expert])) found.push(sourceOf(problem, pair))
  if (pinned.length >= need) found.push(`cases[${one}].need`)
  if (instance.cases.filter((desk) => desk.pinned.includes(expert)).length >= max) found.push(`experts[${expert}].max`)
  for (const { at, group, max: most } of instance.perCase) {
    if (group.has(expert) && pinned.filter((other) => group.has(other)).length >= most) found.push(`balance[${at}].max`)
  }
  for (const { at, group, max: most } of instance.overall)
    if (group.has(expert) && most === 0) found.push(`balance[${at}].max`)
  return found
}
