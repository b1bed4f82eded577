import { amongAlike } from './alike.ts'
import type { Instance } from './instance.ts'
import { narrowed } from './narrowed.ts'
import { allowed, boundBy, costsOf, pricesOf } from './prices.ts'
import { dust, type Sharpened, setsOf, sharpened, slackOf, wholeBelow } from './sharpen.ts'
import { type Answer, bestTotal, type Means, type Relaxed, relaxed, remaining, type Ways } from './totals.ts'

/** An answer, and what the fractions said at the same level, if they were asked. */
export type Level = Answer & { fractions: Relaxed | null }

/**
 * The greatest total at a level, by what is quickest: fractions that are whole; else branch and cut, if it does without branching; else whole sets per case,
 * whose bound is mostly the total itself, and branch and cut over the few pairs that can matter then; else branch and cut over all. `near`: the level is likely
 * to be just out of reach, which sets show sooner than branch and cut.
 */
export async function bestAt(
  instance: Instance,
  atLeast: number,
  means: Means,
  { near = false, ...ways }: Ways & { near?: boolean } = {},
): Promise<Level> {
  const fractions = await relaxed(instance, atLeast, means)
  if (fractions && !fractions.feasible) return { is: 'none', fractions }
  if (fractions?.whole) return { is: 'some', ...fractions.whole, best: true, bound: fractions.whole.total, fractions }
  const alike = fractions && (await amongAlike(instance, fractions, means, ways))
  if (alike) return { ...alike, fractions }
  if (near && fractions) {
    const early = await bySets(instance, fractions, means, { ...ways, briefly: true })
    if (early.is === 'none' || (early.is === 'some' && (ways.any || early.best))) return { ...early, fractions }
  }
  // Cuts mostly do at once or not at all; some problems they would keep until the end of time.
  const brief = { ...means, seconds: means.elapsed() + remaining(means) / 8 }
  const root = await bestTotal(instance, atLeast, brief, { ...ways, nodes: 1 })
  if (root.is === 'none' || (root.is === 'some' && (ways.any || root.best))) return { ...root, fractions }
  const start = root.is === 'some' ? root.assignment : ways.start
  const answer = fractions
    ? await bySets(instance, fractions, means, { ...ways, start })
    : await bestTotal(instance, atLeast, means, { ...ways, start })
  if (root.is !== 'some' || (answer.is === 'some' && answer.total >= root.total)) return { ...answer, fractions }
  // Where time runs out over the sets, what was found before them is still found.
  const sharper = answer.is !== 'none' && answer.bound >= root.total
  return { ...root, bound: sharper ? Math.min(root.bound, answer.bound) : root.bound, fractions }
}

/** By whole sets per case; `briefly`: not by pairs where sets are too many. */
async function bySets(
  instance: Instance,
  fractions: Relaxed,
  means: Means,
  { any = false, start, briefly = false }: Ways & { briefly?: boolean },
): Promise<Answer> {
  const { atLeast } = fractions
  const free = { experts: new Map(), rules: new Map() }
  const nothing = boundBy(instance, free, atLeast, 'nothing')
  if (!nothing) return { is: 'none' }
  const far = { atLeast, gain: 'nothing', goal: -dust } as const
  const first = start ? setsOf(start) : []
  // Where no assignment is known, the sets may not even go together in fractions.
  const reached = start ? null : await sharpened(instance, far, { prices: free, bound: nothing }, first, means)
  if (reached && reached.bound.bound < -dust) return { is: 'none' }

  const prices = allowed(instance, pricesOf(fractions))
  const bound = boundBy(instance, prices, atLeast)
  if (!bound) return { is: 'none' }
  const aim = { atLeast, gain: 'units', goal: Number.NEGATIVE_INFINITY } as const
  const sharp = await sharpened(instance, aim, { prices, bound }, reached?.sets ?? first, means)
  const few = await narrowed(instance, sharp, atLeast, means, { any })
  if (few && (any || few.best)) return few
  const highest = wholeBelow(sharp.bound.bound)
  if (briefly) return few ?? { is: 'unknown', bound: highest }
  // Too many sets can matter. A better total has only pairs that lose less than what is between.
  const ways = few
    ? { start: few.assignment, only: within(instance, sharp, sharp.bound.bound - few.total - 1) }
    : { any, start }
  const last = await bestTotal(instance, atLeast, means, ways)
  if (last.is === 'some' && (!few || last.total > few.total)) return { ...last, bound: Math.min(last.bound, highest) }
  if (!few) return last.is === 'none' ? last : { ...last, bound: Math.min(last.bound, highest) }
  const best = last.is === 'none' || (last.is === 'some' && last.best)
  return { ...few, best, bound: best ? few.total : highest }
}

/** Pairs with which the bound is no more than `room` lower: the share of the case with the pair, were nothing asked of its sets, is that near to its best. */
function within(instance: Instance, { prices, bound }: Sharpened, room: number): Set<number>[] {
  const costs = costsOf(instance, prices)
  const slack = slackOf(bound.bound)
  return instance.cases.map(({ need, pinned, free, units }, one) => {
    const worth = (expert: number) => units[expert]! - costs[expert]!
    const fixed = pinned.reduce((sum, expert) => sum + worth(expert), 0)
    const others = free
      .map(worth)
      .sort((a, b) => b - a)
      .slice(0, Math.max(0, need - pinned.length - 1))
    const most = others.reduce((sum, value) => sum + value, fixed)
    return new Set(free.filter((expert) => most + worth(expert) >= bound.shares[one]!.worth - room - slack))
  })
}
