import type { Instance } from './instance.ts'
import type { Ordered } from './order.ts'
import { boundBy, type Priced, type Prices, pricesFor } from './prices.ts'
import type { Proof } from './problem.ts'
import { refutation } from './refutation.ts'
import { dust, setsOf, sharpened, slackOf, wholeBelow } from './sharpen.ts'
import type { Means } from './totals.ts'

/**
 * What proves the worst and the total, as far as something that others can check proves them; with the prices it goes by, for reasons.
 */
export async function certify(
  instance: Instance,
  ordered: Extract<Ordered, { is: 'some' }>,
  means: Means,
): Promise<{ worst: Proof; total: Proof; priced: Priced | null }> {
  const aim = { atLeast: ordered.worst, gain: 'units', goal: ordered.total + 1 - slackOf(ordered.total + 1) } as const
  const plain = await pricesFor(instance, ordered, ordered.fractions, means)
  const priced = plain && (await sharpened(instance, aim, plain, setsOf(ordered.assignment), means))
  return {
    worst: await proofOfWorst(instance, ordered, priced, means),
    total: proofOfTotal(instance, ordered, priced),
    priced,
  }
}

function proofOfTotal(instance: Instance, { bounds }: Extract<Ordered, { is: 'some' }>, priced: Priced | null): Proof {
  const { grid } = instance
  if (!priced) return { kind: 'search', level: grid.score(bounds.total) }
  const proves = wholeBelow(priced.bound.bound)
  if (proves <= bounds.total)
    return { kind: 'prices', level: grid.score(bounds.total), ...written(instance, priced.prices) }
  return {
    kind: 'search',
    level: grid.score(bounds.total),
    proves: grid.score(proves),
    ...written(instance, priced.prices),
  }
}

async function proofOfWorst(
  instance: Instance,
  { bounds, tight }: Extract<Ordered, { is: 'some' }>,
  priced: Priced | null,
  means: Means,
): Promise<Proof> {
  if (tight !== null) return { kind: 'case', case: tight }
  const beyond = bounds.worst + 1
  const level = instance.grid.score(beyond)
  // Often there is simply not enough for all: then the prices that bound the total show it as well.
  const shared = priced && boundBy(instance, priced.prices, beyond, 'nothing')
  if (priced && shared && shared.bound < -dust) return { kind: 'prices', level, ...written(instance, priced.prices) }
  const first = await refutation(instance, beyond, means)
  if (!first) return { kind: 'search', level }
  const aim = { atLeast: beyond, gain: 'nothing', goal: -dust } as const
  const { prices, bound } = await sharpened(instance, aim, first, [], means)
  return bound.bound < -dust ? { kind: 'prices', level, ...written(instance, prices) } : { kind: 'search', level }
}

/** Prices as they are printed: in scores, of experts by their places, of rules by theirs in the list of balance. */
function written({ grid, overall }: Instance, { experts, rules }: Prices) {
  const shown = (price: number) => Number((price * grid.unit).toPrecision(15))
  return {
    experts: [...experts].map(([expert, price]) => [expert, shown(price)] as const),
    balance: [...rules].map(([at, price]) => [overall[at]!.at, shown(price)] as const),
  }
}
