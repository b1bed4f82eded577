import { brokenBy, loadsOf, unitsOf } from './evaluate.ts'
import type { Instance } from './instance.ts'
import type { Assignment } from './model.ts'

type Move = { out: number; in: number; from: number | null; least: number }

/** A move that gains but breaks a rule of balance is passed over; more than these are never looked at. */
const mostTried = 20

/**
 * Raises the worst-served case by exchanging one of its experts for one with room, or with another case that can afford it, until no such
 * exchange helps. A good beginning where bounds are far: proves nothing. What comes back is feasible if what is given is. Ends, since with
 * each move the sorted list of what cases get grows lexicographically.
 */
export function lifted(instance: Instance, start: Assignment, goesOn: () => boolean): Assignment {
  const { cases, problem } = instance
  const assignment = start.map((experts) => [...experts])
  const units = unitsOf(instance, assignment)
  const loads = loadsOf(instance, assignment)
  while (goesOn()) {
    const worst = units.indexOf(Math.min(...units))
    if (worst < 0 || !movesFor(worst).some(takes)) return assignment

    function takes({ out, in: into, from }: Move): boolean {
      const before = [assignment[worst]!, from === null ? [] : assignment[from]!]
      const change = (one: number, gone: number, come: number) => {
        assignment[one] = [...assignment[one]!.filter((expert) => expert !== gone), come].sort((a, b) => a - b)
      }
      change(worst, out, into)
      if (from !== null) change(from, into, out)
      if (brokenBy(instance, assignment).length > 0) {
        assignment[worst] = before[0]!
        if (from !== null) assignment[from] = before[1]!
        return false
      }
      if (from === null) {
        loads[out]!--
        loads[into]!++
      }
      for (const one of [worst, from]) if (one !== null) units[one] = sum(one)
      return true
    }
  }
  return assignment

  function sum(one: number): number {
    return assignment[one]!.reduce((all, expert) => all + cases[one]!.units[expert]!, 0)
  }

  /** Exchanges after which both cases have more than the worst has now, the best first. */
  function movesFor(worst: number): Move[] {
    const own = cases[worst]!
    const mine = new Set(assignment[worst])
    const outs = assignment[worst]!.filter((expert) => !own.pinned.includes(expert))
    const moves: Move[] = []
    const weigh = (move: Omit<Move, 'least'>, other: number) => {
      const least = Math.min(units[worst]! - own.units[move.out]! + own.units[move.in]!, other)
      if (least > units[worst]!) moves.push({ ...move, least })
    }
    for (const into of own.free) {
      if (mine.has(into) || loads[into]! >= problem.experts[into]!.max) continue
      for (const out of outs)
        if (loads[out]! > problem.experts[out]!.min) weigh({ out, in: into, from: null }, Number.POSITIVE_INFINITY)
    }
    for (const [from, theirs] of cases.entries()) {
      if (from === worst) continue
      for (const into of assignment[from]!) {
        if (mine.has(into) || Number.isNaN(own.units[into]) || theirs.pinned.includes(into)) continue
        for (const out of outs) {
          if (Number.isNaN(theirs.units[out]) || assignment[from]!.includes(out)) continue
          weigh({ out, in: into, from }, units[from]! - theirs.units[into]! + theirs.units[out]!)
        }
      }
    }
    return moves.sort((a, b) => b.least - a.least).slice(0, mostTried)
  }
}
