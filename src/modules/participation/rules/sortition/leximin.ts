import type { Optimiser } from '#core/optimisation.ts'
import { approach } from './approach.ts'
import { cover } from './covering.ts'
import { exchanger } from './exchanges.ts'
import { OutOfTime } from './linear.ts'
import { openMixture } from './mixture.ts'
import { type Pace, remaining, unhurried } from './pace.ts'
import { worth } from './panels.ts'
import { type Composition, type Instance, peopleOf } from './pool.ts'
import { openPricing } from './pricing.ts'
import { type Level, prove } from './proof.ts'
import { openRelaxation } from './relaxation.ts'
import { spread } from './spread.ts'
import { inWholeNumbers } from './whole-numbers.ts'

/** The LEXIMIN distribution: panels with their probabilities (they add up to 1), the chance of each kind's members, and the proof level by level. */
export type Leximin = {
  mixture: Mixture
  chances: Float64Array
  levels: readonly Level[]
  /** Whether every level is within the tolerance of its bound. */
  proven: boolean
}

type Mixture = readonly { panel: Composition; probability: number }[]

/** How far a chance may be from the exact one. */
export const tolerance = 1e-6

/** A sum of shortfalls that is rounding of the linear models, not a fault of the mixture. */
const nothing = 1e-9

/** A cut that lowers the aim by less than this, its largest weight being 1, is none. */
const nearest = 1e-8

/** With no more kinds than these the linear model of the mixture finds the aim as quickly, from panels scattered around it. */
const fewKinds = 150

/** Rounds without proof after which the best so far is handed back as unproven. */
const mostRounds = 2_000

/**
 * LEXIMIN over all panels: the lowest chance as high as can be, then the second lowest, and so on. null: there is no panel.
 *
 * From above, a relaxation that holds every mixture of panels gives the chances to aim at; from below, panels are mixed until they attain
 * them. Where they can't, a cut says so and lowers the aim. Attained from below and bounded from above, it is the optimum
 * (docs/sortition.md, section 3).
 */
export async function leximin(
  optimiser: Optimiser,
  instance: Instance,
  pace: Pace = unhurried,
): Promise<Leximin | null> {
  const people = peopleOf(instance)
  const pricing = await openPricing(optimiser, instance)
  const relaxation = await openRelaxation(optimiser, instance)
  const mixture = await openMixture(optimiser, instance)
  const exchange = exchanger(instance)
  const late = () => remaining(pace) <= 0

  /** Mixes panels until they attain the aim, or says which inequality, true of every panel, the aim breaks. Null: time is up. */
  async function attain(aim: Float64Array) {
    await mixture.aim(aim)
    for (;;) {
      const solved = await mixture.solve(remaining(pace)).catch(unlessOutOfTime)
      if (!solved) return null
      const { shortfall, prices, threshold, probabilities } = solved
      if (shortfall < nothing) return { probabilities, cut: null }
      if (late()) return { probabilities, cut: null }
      pace.tell(
        `${mixture.panels.length} panels mixed, chances fall short of the aim by ${shortfall.toPrecision(2)} in all`,
      )
      const weights = prices.map((one, kind) => one / people[kind]!)
      let found = 0
      for (let at = probabilities.length - 1; at >= 0 && found < 30; at--) {
        if (probabilities[at]! < nothing) continue
        const panel = exchange(mixture.panels[at]!, weights)
        if (worth(weights, panel) > threshold + nothing && mixture.take(panel)) found++
      }
      if (found > 0) continue
      const { whole, unit } = inWholeNumbers(weights)
      const price = await pricing.price(whole)
      if (!price) throw new Error('there was a panel, and now there is none')
      const aimed = aim.reduce((sum, chance, kind) => sum + whole[kind]! * people[kind]! * chance, 0)
      const fresh = mixture.take(price.panel)
      if (price.bound < aimed - unit * nearest)
        return { probabilities, cut: { weights: whole.map((one) => one / unit), bound: price.bound / unit } }
      // Neither a new panel nor a cut: the accuracy of the models is used up.
      if (!fresh) return { probabilities, cut: null }
    }
  }

  /** What the mixture begins with, and whether it attains the aim already. */
  async function begin(first: Composition, aim: Float64Array): Promise<{ best: Mixture; attained: boolean }> {
    let best: Mixture = [{ panel: first, probability: 1 }]
    if (people.length > fewKinds) {
      const missed = people.keys().filter((kind) => aim[kind]! > nothing && first[kind] === 0)
      const covering = [first, ...(await cover(optimiser, instance, pricing, missed, pace))]
      const near = await approach(optimiser, instance, aim, pace)
      if (near.attained) return { best: near.mixture, attained: true }
      best = fairest(people, near.mixture, covering)
      for (const { panel } of best) mixture.take(panel)
    }
    for (const panel of spread(instance, first, aim)) {
      if (late()) break
      mixture.take(panel)
    }
    return { best, attained: false }
  }

  try {
    const first = await pricing.price(people.map(() => 0))
    if (!first) return null
    mixture.take(first.panel)
    let best: Mixture = []
    for (let round = 1; ; round++) {
      pace.tell(round === 1 ? 'bounding chances from above' : `bounding chances from above, with ${round - 1} cuts`)
      const { ceilings, whole } = await relaxation.levels(late)
      const aim = new Float64Array(people.length).fill(ceilings.at(-1)?.value ?? 0)
      for (const { value, fixed } of ceilings) for (const kind of fixed) aim[kind] = value
      let attained = false
      if (round === 1) ({ best, attained } = await begin(first.panel, aim))
      const mixed = attained || late() ? null : await attain(aim)
      if (mixed) {
        const { panels } = mixture
        const last = Array.from(mixed.probabilities, (probability, at) => ({ panel: panels[at]!, probability }))
        // What falls short of the aim by the least in all may leave somebody with nothing.
        best = late() && lowest(people, best) > lowest(people, last) ? best : last
      }
      if (mixed?.cut && round < mostRounds && !late()) {
        await relaxation.cut(mixed.cut.weights, mixed.cut.bound)
        continue
      }
      const result = chancesOf(people, best)
      pace.tell('proving')
      const levels = await prove(pricing, people, ceilings, result.chances, late)
      return { ...result, levels, proven: whole && levels.every(({ value, upper }) => upper - value <= tolerance) }
    }
  } finally {
    await Promise.all([pricing.close(), relaxation.close(), mixture.close()])
  }
}

/** Of the mixture and panels that hold everybody, as much of each as gives the lowest chance most. */
function fairest(people: readonly number[], mixture: Mixture, covering: readonly Composition[]): Mixture {
  const shares = Array.from({ length: mixture.length > 0 ? 101 : 1 }, (_, at) => 1 - at / 100)
  const made = shares.map((share) => [
    ...mixture.map(({ panel, probability }) => ({ panel, probability: (1 - share) * probability })),
    ...covering.map((panel) => ({ panel, probability: share / covering.length })),
  ])
  return made.reduce((best, one) => (lowest(people, one) >= lowest(people, best) ? one : best))
}

const lowest = (people: readonly number[], mixture: Mixture) => Math.min(...chancesOf(people, mixture).chances)

function unlessOutOfTime(error: unknown): null {
  if (error instanceof OutOfTime) return null
  throw error
}

/** The distribution without the panels of probability 0, and what it gives each kind. */
function chancesOf(people: readonly number[], all: Mixture) {
  const used = all.filter(({ probability }) => probability > 1e-12)
  const total = used.reduce((sum, { probability }) => sum + probability, 0)
  const mixture = used.map(({ panel, probability }) => ({ panel, probability: probability / total }))
  const chances = new Float64Array(people.length)
  for (const { panel, probability } of mixture)
    panel.forEach((seats, kind) => {
      chances[kind]! += probability * seats
    })
  return { mixture, chances: chances.map((seats, kind) => Math.min(1, seats / people[kind]!)) }
}
