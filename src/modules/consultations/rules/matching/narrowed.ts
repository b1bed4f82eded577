import type { Instance } from './instance.ts'
import { costsOf } from './prices.ts'
import { bySet } from './set-model.ts'
import { choicesWithin, kindsIn } from './sets-within.ts'
import { type Sharpened, slackOf, wholeBelow } from './sharpen.ts'
import { type Answer, type Means, remaining, type Ways } from './totals.ts'

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
  const kinds = kindsIn(instance)
  const rows = kinds.length + instance.problem.experts.length
  const slack = slackOf(bound)
  const highest = wholeBelow(bound)
  const costs = costsOf(instance, prices)
  const termsOf = (one: number) => {
    const { units } = instance.cases[one]!
    return { base: shares[one]!.worth, costs: costs.map((cost, expert) => cost - units[expert]!) }
  }
  let best: Some | null = null
  let gap = bound - highest + 1
  for (let round = 0, last = false; !last && round < mostRounds && remaining(means) > 0; round++) {
    const sets = choicesWithin(instance, kinds, atLeast, gap + slack, termsOf)
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
