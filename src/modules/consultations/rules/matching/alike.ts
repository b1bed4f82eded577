import type { Instance } from './instance.ts'
import { allowed, boundBy, costsOf, pricesOf } from './prices.ts'
import { bySet, type Choice, type Kind } from './set-model.ts'
import { choicesWithin, kindsIn } from './sets-within.ts'
import { slackOf, wholeBelow } from './sharpen.ts'
import type { Answer, Means, Relaxed, Ways } from './totals.ts'

/** Fewer cases of a kind than four on average, and there is little to gain. */
const mostKinds = 1 / 4
/** How many sets per row are tried first, those that lose least: nearly always some of them do, and much sooner than among all. */
const portions = [5, 20]
/** Branches among a portion; beyond them more sets are worth more than more branches. */
const mostNodes = 2_000

/** The kinds of cases, if they are few. */
export function kindsOf(instance: Instance): Kind[] | null {
  const kinds = kindsIn(instance)
  return kinds.length > 0 && kinds.length <= instance.cases.length * mostKinds ? kinds : null
}

/**
 * The greatest total at a level where many cases are alike: only how many of them get which set of experts matters, not which of them. So there is a whole
 * number for each set, and none of the countless exchanges of equal cases that branching on pairs runs into.
 * Of the sets, those are left out that no assignment of the level can have: each loses something against the bound (by the prices of the fractions), gives its
 * case something above the level, and all of it together must find room between the level of all cases and the bound.
 * Null: cases are not alike, or there are too many sets.
 */
export async function amongAlike(
  instance: Instance,
  fractions: Relaxed,
  means: Means,
  { any = false }: Ways,
): Promise<Answer | null> {
  const kinds = kindsOf(instance)
  if (!kinds) return null
  const { atLeast } = fractions
  const prices = allowed(instance, pricesOf(fractions))
  const priced = boundBy(instance, prices, atLeast)
  if (!priced) return { is: 'none' }
  const { bound, shares } = priced
  const room = bound - atLeast * instance.cases.length + slackOf(bound)
  if (room < 0) return { is: 'none' }

  const costs = costsOf(instance, prices)
  // Share less worth, and units above the level: the units of the set itself fall out.
  const termsOf = (one: number) => ({ base: shares[one]!.worth - atLeast, costs })
  let sets: Choice[] | null = null
  // Where there are too many, those that lose least may do, but prove nothing if they don't.
  let portion = 1
  for (; !sets && portion > 1 / 256; portion /= 2) {
    sets = choicesWithin(instance, kinds, atLeast, room * portion, termsOf)
  }
  if (!sets) return null
  sets.sort((a, b) => a.loss - b.loss)

  const question = { kinds, atLeast, prices, room, highest: wholeBelow(bound) }
  const rows = instance.problem.experts.length + kinds.length
  for (const count of portions.map((portion) => portion * rows)) {
    if (count >= sets.length) break
    const lucky = await bySet(instance, question, sets.slice(0, count), means, {
      demand: question.highest,
      first: true,
      nodes: mostNodes,
    })
    if (lucky.is === 'some') return lucky
  }
  return portion === 1 / 2 ? bySet(instance, question, sets, means, { first: any }) : null
}
