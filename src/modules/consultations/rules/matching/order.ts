import { kindsOf } from './alike.ts'
import { bestChoice } from './choice.ts'
import type { Instance } from './instance.ts'
import { bestAt, type Level } from './level.ts'
import { lifted } from './lift.ts'
import { allowed, boundBy, pricesOf } from './prices.ts'
import { wholeBelow } from './sharpen.ts'
import { type Found, found, type Means, type Relaxed, relaxed, remaining } from './totals.ts'

/** Worst-served case first, then the total; all in units. */
export type Ordered =
  | { is: 'none' }
  | { is: 'unknown' }
  | ({
      is: 'some'
      /** No assignment has a greater worst; none with this worst a greater total. */
      bounds: { worst: number; total: number }
      proven: boolean
      /** Where the worst meets what one case can get at best: that case. */
      tight: number | null
      /** What the fractions said at this level, if they were asked. */
      fractions: Relaxed | null
    } & Found)

/** The least of what each case could get if it were alone, and whose that is. Null: some case can get nothing that will do. */
export function ceiling(instance: Instance): { worst: number; case: number | null } | null {
  let least: { worst: number; case: number | null } = { worst: Number.POSITIVE_INFINITY, case: null }
  for (const [one, { units }] of instance.cases.entries()) {
    const choice = bestChoice(instance, one, (expert) => units[expert]!)
    if (!choice) return null
    if (choice.value < least.worst) least = { worst: choice.value, case: one }
  }
  return least.case === null ? { worst: 0, case: null } : least
}

/**
 * The order that works: maximise the total under the demand that every case gets what the poorest could get at best; where that can't be,
 * search for the greatest demand that can. Maximising the worst directly leaves gaps, since its relaxation is far from whole.
 * `atLeast` is a worst that is known to be possible.
 */
export async function worstFirst(instance: Instance, means: Means, atLeast = 0): Promise<Ordered> {
  const top = ceiling(instance)
  if (!top) return { is: 'none' }
  // Should time run out, there must be some left to find anything at all.
  const most = means.elapsed() + 0.6 * remaining(means)
  const first = await bestAt(instance, top.worst, { ...means, seconds: most })
  if (first.is === 'some') return concluded(first, top.worst, top.case)

  const low = await bestAt(instance, atLeast, means, { any: true })
  if (low.is !== 'some') return { is: low.is }
  const roof = roofOf(instance, low, atLeast)
  const range = await search(
    instance,
    raised(instance, low, means),
    first.is === 'none' ? top.worst - 1 : top.worst,
    means,
  )
  const tight = range.high === top.worst ? top.case : null
  if (range.low.best) return concluded(range.low, range.high, tight)
  means.tell?.(`the worst-served case gets ${instance.grid.score(range.low.worst)}; looking for the best total`)
  const last = await bestAt(instance, range.low.worst, means, { start: range.low.assignment })
  if (last.is === 'some')
    return concluded({ ...last, bound: Math.max(last.total, Math.min(last.bound, roof)) }, range.high, tight)
  const bound = Math.max(last.is === 'unknown' ? Math.min(last.bound, roof) : range.low.total, range.low.total)
  return concluded({ ...range.low, bound }, range.high, tight)
}

type Some = Extract<Level, { is: 'some' }>

function concluded(answer: Some, high: number, tight: number | null): Ordered {
  const { best, bound, is, ...found } = answer
  const worst = Math.max(high, found.worst)
  return {
    is,
    ...found,
    bounds: { worst, total: bound },
    proven: (best || found.total === bound) && found.worst === worst,
    tight: found.worst === worst ? tight : null,
  }
}

/** What no total of this or a more demanding level exceeds, whatever time is left for better bounds: by the prices of the fractions, if there are any. */
function roofOf(instance: Instance, { fractions, bound }: Some, atLeast: number): number {
  const free = { experts: new Map(), rules: new Map() }
  const priced = boundBy(instance, fractions ? allowed(instance, pricesOf(fractions)) : free, atLeast)
  return Math.min(bound, priced ? wholeBelow(priced.bound) : Number.POSITIVE_INFINITY)
}

/** The same with a better worst, where exchanges reach one; the bound of its total holds for less demanding levels already. */
function raised(instance: Instance, some: Some, means: Means): Some {
  const better = found(
    instance,
    lifted(instance, some.assignment, () => remaining(means) > 0),
  )
  return better.worst > some.worst ? { is: 'some', ...better, best: false, bound: some.bound, fractions: null } : some
}

/** Narrows the greatest worst down to one figure, or as far as time allows: `low` is reached, nothing above `high` can be. */
async function search(
  instance: Instance,
  start: Some,
  ceiling: number,
  means: Means,
): Promise<{ low: Some; high: number }> {
  let low = start
  // In fractions first: most demands that are too high fail there already, in a hundredth of the time.
  // Nor can every case get more than an equal part of the greatest total.
  let high = Math.max(low.worst, Math.min(ceiling, Math.floor(start.bound / Math.max(1, instance.cases.length))))
  let sure = low.worst
  while (sure < high) {
    const middle = Math.ceil((sure + high) / 2)
    const fractions = await relaxed(instance, middle, means)
    if (fractions === null) return { low, high }
    if (fractions.whole) low = { is: 'some', ...fractions.whole, best: true, bound: fractions.whole.total, fractions }
    if (fractions.feasible) sure = Math.max(middle, low.worst)
    else high = middle - 1
  }
  const { grid } = instance
  // Then in whole numbers, from the top: the answer mostly lies there, or a little below.
  let step = 0
  const stride = Math.max(1, Math.round(ceiling / 1e5))
  // Cases that are alike make a level quick or hopeless: then a lower one is worth half of the time.
  const patience = kindsOf(instance) ? 0.5 : 1
  let open = high
  while (low.worst < open && remaining(means) > 0) {
    means.tell?.(`the worst-served case gets between ${grid.score(low.worst)} and ${grid.score(high)}`)
    const middle = Math.max(open - step, Math.ceil((low.worst + open) / 2))
    const some = { ...means, seconds: means.elapsed() + patience * remaining(means) }
    // The last level is worth the best total at once; on the way any will do.
    const answer = await bestAt(instance, middle, some, { any: middle < high, near: true })
    if (answer.is === 'some') {
      low = answer.best ? answer : raised(instance, answer, means)
      step = Number.POSITIVE_INFINITY
      continue
    }
    if (answer.is === 'unknown' && patience === 1) break
    // What is not decided stays within the bounds.
    if (answer.is === 'none' && open === high) high = middle - 1
    open = middle - 1
    step = Math.max(stride, step * 4)
  }
  return { low, high }
}
