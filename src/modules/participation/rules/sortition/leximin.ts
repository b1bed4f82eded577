import type { Optimiser } from '#core/optimisation.ts'
import { exchanger } from './exchanges.ts'
import { openMixture } from './mixture.ts'
import { worth } from './panels.ts'
import { type Composition, type Instance, peopleOf } from './pool.ts'
import { openPricing } from './pricing.ts'
import { type Level, prove } from './proof.ts'
import { openRelaxation } from './relaxation.ts'
import { spread } from './spread.ts'

/** The LEXIMIN distribution: panels with their probabilities (they add up to 1), the chance of each kind's members, and the proof level by level. */
export type Leximin = {
  mixture: readonly { panel: Composition; probability: number }[]
  chances: Float64Array
  levels: readonly Level[]
  /** Whether every level is within the tolerance of its bound. */
  proven: boolean
}

/** How far a chance may be from the exact one. */
export const tolerance = 1e-6

/** A sum of shortfalls that is rounding of the linear models, not a fault of the mixture. */
const nothing = 1e-9

/** Weights in whole numbers up to this, so that anybody adds them up exactly. */
const scale = 1e8

/** Rounds without proof after which the best so far is handed back as unproven. */
const mostRounds = 2_000

/**
 * LEXIMIN over all panels: the lowest chance as high as can be, then the second lowest, and so on. null: there is no panel.
 *
 * From above, a relaxation that holds every mixture of panels gives the chances to aim at; from below, panels are mixed until they attain
 * them. Where they can't, a cut says so and lowers the aim. Attained from below and bounded from above, it is the optimum
 * (docs/sortition.md, section 3).
 */
export async function leximin(optimiser: Optimiser, instance: Instance): Promise<Leximin | null> {
  const people = peopleOf(instance)
  const pricing = await openPricing(optimiser, instance)
  const relaxation = await openRelaxation(optimiser, instance)
  const mixture = await openMixture(optimiser, instance)
  const exchange = exchanger(instance)

  /** Mixes panels until they attain the aim, or says which inequality, true of every panel, the aim breaks. */
  async function attain(aim: Float64Array) {
    await mixture.aim(aim)
    for (;;) {
      const { shortfall, prices, threshold, probabilities } = await mixture.solve()
      if (shortfall < nothing) return { probabilities, cut: null }
      const weights = prices.map((one, kind) => one / people[kind]!)
      let found = 0
      for (let at = probabilities.length - 1; at >= 0 && found < 30; at--) {
        if (probabilities[at]! < nothing) continue
        const panel = exchange(mixture.panels[at]!, weights)
        if (worth(weights, panel) > threshold + nothing && mixture.take(panel)) found++
      }
      if (found > 0) continue
      const top = Math.max(...weights)
      const whole = weights.map((one) => Math.round((one / top) * scale))
      const price = await pricing.price(whole)
      if (!price) throw new Error('there was a panel, and now there is none')
      const aimed = aim.reduce((sum, chance, kind) => sum + whole[kind]! * people[kind]! * chance, 0)
      const fresh = mixture.take(price.panel)
      if (price.bound < aimed - 1) return { probabilities, cut: { weights: whole, bound: price.bound } }
      // Neither a new panel nor a cut: the accuracy of the models is used up.
      if (!fresh) return { probabilities, cut: null }
    }
  }

  try {
    const first = await pricing.price(people.map(() => 0))
    if (!first) return null
    mixture.take(first.panel)
    for (let round = 1; ; round++) {
      const ceilings = await relaxation.levels()
      const aim = new Float64Array(people.length)
      for (const { value, fixed } of ceilings) for (const kind of fixed) aim[kind] = value
      if (round === 1) for (const panel of spread(instance, first.panel, aim)) mixture.take(panel)
      const { probabilities, cut } = await attain(aim)
      if (cut && round < mostRounds) {
        await relaxation.cut(
          cut.weights.map((one) => one / scale),
          cut.bound / scale,
        )
        continue
      }
      const result = mixed(people, mixture.panels, probabilities)
      const levels = await prove(pricing, people, ceilings, result.chances)
      return { ...result, levels, proven: levels.every(({ value, upper }) => upper - value <= tolerance) }
    }
  } finally {
    await Promise.all([pricing.close(), relaxation.close(), mixture.close()])
  }
}

/** The distribution without the panels of probability 0, and what it gives each kind. */
function mixed(people: readonly number[], panels: readonly Composition[], probabilities: Float64Array) {
  const used = panels.flatMap((panel, at) =>
    (probabilities[at] ?? 0) > 1e-12 ? { panel, probability: probabilities[at]! } : [],
  )
  const total = used.reduce((sum, { probability }) => sum + probability, 0)
  const mixture = used.map(({ panel, probability }) => ({ panel, probability: probability / total }))
  const chances = Float64Array.from(people, (count, kind) =>
    Math.min(1, mixture.reduce((sum, { panel, probability }) => sum + probability * panel[kind]!, 0) / count),
  )
  return { mixture, chances }
}
