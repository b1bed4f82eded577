import type { Instance } from './instance.ts'
import { costsOf } from './prices.ts'
import { bySet, type Choice, type Kind } from './set-model.ts'
import { setsWithin } from './sets-within.ts'
import { type Sharpened, slackOf, wholeBelow } from './sharpen.ts'
import { type Answer, type Means, remaining, type Ways } from './totals.ts'

/** More sets than these would only keep the solver busy. */
const mostSets = 40_000
const mostSteps = 20_000_000
/** Fewer sets per row than these seldom go together. */
const fewSets = 2
/** By then a gap is a thousand million times as wide as in the beginning. */
const mostRounds = 30
/** Branches where a narrower choice may not hold the answer: more sets are worth more than more branches. */
const mostNodes = 500

type Some = Extract<Answer, { is: 'some' }>

/**
 * The greatest total at a level, among the sets that lose least against a bound. What the cases' sets lose adds up, so an assignment whose total
 * is within `gap` of the bound has only sets that lose no more than `gap`: the best among these is the best of all if it is within `gap` itself.
 * Else the gap grows, at the most to that of the best that is known. Null: undecided, there are too many sets.
 */
export async function narrowed(
  instance: Instance,
  { prices, bound: { bound, shares } }: Sharpened,
  atLeast: number,
  means: Means,
  { any = false }: Ways,
): Promise<Some | null> {
  const kinds: Kind[] = [...Map.groupBy(instance.cases.keys(), (one) => instance.like[one]!).values()]
  const rows = kinds.length + instance.problem.experts.length
  const slack = slackOf(bound)
  const highest = wholeBelow(bound)
  const costs = costsOf(instance, prices)
  let best: Some | null = null
  let gap = bound - highest + 1
  for (let round = 0, last = false; !last && round < mostRounds && remaining(means) > 0; round++) {
    const sets = choicesLosing(instance, kinds, { atLeast, costs, shares, most: gap + slack })
    if (!sets) return best
    last = best !== null && gap >= bound - best.total - 1
    if (last || sets.length >= fewSets * rows) {
      const question = { kinds, atLeast, prices, room: gap + slack, highest }
      const demand = best ? best.total + 1 : undefined
      const ways = { first: any, demand, ...(!last && { nodes: mostNodes }) }
      const answer = await bySet(instance, question, sets, means, ways)
      if (answer.is === 'some') {
        if (any || (answer.best && answer.total >= bound - gap - slack)) return answer
        best = { ...answer, best: false, bound: highest }
      } else if (best && last) return answer.is === 'none' ? { ...best, best: true, bound: best.total } : best
    }
    gap = best ? Math.min(4 * gap, bound - best.total - 1) : 2 * gap
  }
  return best
}

type Losing = { atLeast: number; costs: Float64Array; shares: Sharpened['bound']['shares']; most: number }

/** All sets that lose no more than `most`; null where there are too many. */
function choicesLosing(
  instance: Instance,
  kinds: readonly Kind[],
  { atLeast, costs, shares, most }: Losing,
): Choice[] | null {
  const sets: Choice[] = []
  const budget = { steps: mostSteps, sets: mostSets }
  for (const [kind, [one = 0]] of kinds.entries()) {
    const { worth } = shares[one]!
    const { units } = instance.cases[one]!
    const paid = costs.map((cost, expert) => cost - units[expert]!)
    const here = setsWithin(instance, one, atLeast, paid, most - worth, budget)
    if (!here) return null
    for (const { experts, units, cost } of here)
      sets.push({ kind, experts, above: units - atLeast, loss: worth + cost })
  }
  return sets
}
