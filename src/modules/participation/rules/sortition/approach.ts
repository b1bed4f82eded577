import type { Optimiser } from '#core/optimisation.ts'
import { faceOf } from './face.ts'
import { openNearBest } from './near-best.ts'
import { openNearest } from './nearest.ts'
import { type Pace, remaining } from './pace.ts'
import { worth } from './panels.ts'
import { type Composition, type Instance, peopleOf } from './pool.ts'

/** Chances that are as near to the aim as this are the aim; nearer is sought, as what a proof of later levels lacks is many times what is off here. */
const [enough, exact] = [1e-9, 1e-13]

/** After so many panels that bring it no nearer than that, rounding doesn't let it. */
const patience = 20

/** What share of the way from the mixture to what no panel exceeds is asked of the next panel: much takes longer to find, little brings less. */
const share = 0.15

/** Panels with their probabilities, and how far anybody's chance is from the aim. */
export type Approached = { mixture: { panel: Composition; probability: number }[]; distance: number; attained: boolean }

/**
 * Mixes panels that come nearer and nearer to the aim, without a linear model of as many rows as kinds: from the mixture that is nearest so far, a panel is sought
 * that lies farther in the direction of the aim; then the nearest of all mixtures with it is taken (Wolfe 1976). Only panels of the smallest face that holds
 * the aim are looked at, as others are in no mixture that attains it. Ends short of the aim where no such panel is found, or time is up.
 */
export async function approach(
  optimiser: Optimiser,
  instance: Instance,
  given: Float64Array,
  pace: Pace,
): Promise<Approached> {
  const people = peopleOf(instance)
  const { shape, aim } = faceOf(instance, given)
  const nearBest = await openNearBest(optimiser, instance, shape)
  const nearest = openNearest<Composition>(people.length)
  const chanceOf = (panel: Composition) => Float64Array.from(panel, (seats, kind) => seats / people[kind]! - aim[kind]!)
  try {
    let off: Float64Array = aim.map((chance) => -chance)
    // How near it came when it last came much nearer, and how many panels ago that was.
    let [nearer, since] = [Infinity, 0]
    for (;;) {
      const distance = Math.max(...off.map(Math.abs))
      if (distance < nearer / 2) [nearer, since] = [distance, 0]
      else since++
      const near = distance <= exact || (distance <= enough && since > patience)
      const mixed = nearest.mixed()
      pace.tell(`${mixed.length} panels mixed, chances are off the aim by up to ${distance.toPrecision(2)}`)
      const weights = off.map((one, kind) => -one / people[kind]!)
      const now = worth(
        weights,
        off.map((one, kind) => (one + aim[kind]!) * people[kind]!),
      )
      const panel =
        !near && remaining(pace) > 0 ? await nearBest.above(weights, now, share, Math.max(0.01, remaining(pace))) : null
      if (!panel || !nearest.add(chanceOf(panel), panel))
        return {
          mixture: mixed.map(({ of, weight }) => ({ panel: of, probability: weight })),
          distance,
          attained: distance <= enough,
        }
      off = nearest.point()
    }
  } finally {
    await nearBest.close()
  }
}
