import type { Scale } from './decimals.ts'
import { allows, type Instance, inGroup } from './files.ts'

/** The scores as exact figures of the scale, by case and expert; null where impossible. */
export type Exact = readonly (readonly (bigint | null)[])[]

/** A case with too many sets to look through: then nothing is said about it. */
export class TooMuch extends Error {}
const mostSteps = 2_000_000

/**
 * The most that one case alone can get, of `worth` in all, from sets that have its need, its pins, its rules, and `level` in scores.
 * Null if there is no such set. By looking through the sets, the most promising first, leaving out what can't beat the best so far.
 */
export function mostOf(
  instance: Instance,
  exact: Exact,
  one: number,
  worth: (expert: number, score: bigint) => bigint,
  level: bigint,
): bigint | null {
  const { need, pins, rules } = instance
  const all = exact[one]!.flatMap((score, expert) => {
    if (score === null || !allows(instance, one, expert)) return []
    const member = rules.map((rule) => (rule.per === 'case' && inGroup(instance, expert, rule.group) ? 1 : 0))
    return [{ expert, score, worth: worth(expert, score), member }]
  })
  const pinned = new Set(pins.filter(([a]) => a === one).map(([, b]) => b))
  const fixed = all.filter(({ expert }) => pinned.has(expert))
  if (fixed.length < pinned.size) return null
  const list = all
    .filter(({ expert }) => !pinned.has(expert))
    .sort((a, b) => (a.worth < b.worth ? 1 : a.worth > b.worth ? -1 : 0))
  const left = need[one]! - fixed.length
  if (left < 0 || list.length < left) return null

  const prefix = [0n]
  for (const item of list) prefix.push(prefix.at(-1)! + item.worth)
  const highest = list.map(() => 0n)
  for (let at = list.length - 1; at >= 0; at--) {
    const later = highest[at + 1] ?? 0n
    highest[at] = list[at]!.score > later ? list[at]!.score : later
  }
  const counts = rules.map((_, rule) => fixed.reduce((sum, { member }) => sum + member[rule]!, 0))
  let best: bigint | null = null
  let steps = 0
  const look = (at: number, still: number, value: bigint, score: bigint): void => {
    if (++steps > mostSteps) throw new TooMuch(`case ${one} has too many sets to look through`)
    for (const [rule, { per, min, max }] of rules.entries())
      if (per === 'case' && (counts[rule]! > max || counts[rule]! + still < min)) return
    if (still === 0) {
      if (score >= level && (best === null || value > best)) best = value
      return
    }
    if (at + still > list.length) return
    if (best !== null && value + prefix[at + still]! - prefix[at]! <= best) return
    if (score + BigInt(still) * highest[at]! < level) return
    const item = list[at]!
    for (const rule of counts.keys()) counts[rule]! += item.member[rule]!
    look(at + 1, still - 1, value + item.worth, score + item.score)
    for (const rule of counts.keys()) counts[rule]! -= item.member[rule]!
    look(at + 1, still, value, score)
  }
  const sum = (pick: (item: (typeof fixed)[number]) => bigint) => fixed.reduce((total, item) => total + pick(item), 0n)
  look(
    0,
    left,
    sum((item) => item.worth),
    sum((item) => item.score),
  )
  return best
}

export type Prices = {
  experts: readonly (readonly [number, number])[]
  balance: readonly (readonly [number, number])[]
}

/**
 * What no assignment exceeds that gives every case `level`, by multiplying the prices out (weak duality): every place of an expert, or under an overall rule,
 * is paid for; what the case keeps is `mostOf`, what is paid is at most price × the bound on that side. `gain` is the score of a pair, or nothing.
 * Null: a case can't reach the level. Throws RangeError where a price is put on a bound that is not there.
 */
export function boundBy(
  instance: Instance,
  scale: Scale,
  exact: Exact,
  prices: Prices,
  level: bigint,
  gain: 'score' | 'nothing',
): bigint | null {
  const { need, min, max, rules } = instance
  const cost = min.map(() => 0n)
  let bound = 0n
  for (const [expert, price] of prices.experts) {
    const paid = scale.of(price)
    if (cost[expert] === undefined) throw new RangeError(`there is no expert ${expert}`)
    cost[expert] += paid
    bound += paid * BigInt(paid > 0n ? max[expert]! : min[expert]!)
  }
  for (const [at, price] of prices.balance) {
    const rule = rules[at]
    const paid = scale.of(price)
    if (rule?.per !== 'all' || (paid > 0n && rule.max === Infinity))
      throw new RangeError(`balance[${at}] has no such bound`)
    for (const expert of cost.keys()) if (inGroup(instance, expert, rule.group)) cost[expert]! += paid
    bound += paid * BigInt(paid > 0n ? rule.max : rule.min)
  }
  for (const one of need.keys()) {
    const most = mostOf(instance, exact, one, (expert, score) => (gain === 'score' ? score : 0n) - cost[expert]!, level)
    if (most === null) return null
    bound += most
  }
  return bound
}
