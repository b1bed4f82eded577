import { exchanger } from './exchanges.ts'
import { type Composition, type Instance, peopleOf } from './pool.ts'

/** Panels per kind: more than twice as many random points as dimensions hold their middle between them as a rule (Wendel 1962). */
const perKind = 3

/**
 * Panels scattered around the aim on all sides: each is drawn to what those before it left short, and pushed about by noise. Mixed, they
 * come near the aim, as a rule exactly to it, so that few are left to be priced. The noise is always the same.
 */
export function* spread(instance: Instance, first: Composition, aim: Float64Array): Generator<Composition> {
  const people = peopleOf(instance)
  const exchange = exchanger(instance)
  const noise = noises()
  const held = new Float64Array(people.length)
  let panel = first
  for (let count = 1; count <= perKind * people.length; count++) {
    const weights = aim.map((chance, kind) => count * chance - held[kind]! / people[kind]! + noise())
    panel = exchange(panel, weights)
    panel.forEach((seats, kind) => {
      held[kind]! += seats
    })
    yield panel
  }
}

/** Numbers around 0, nearly normal, between -1.5 and 1.5: three of a linear congruential generator (Numerical Recipes). */
function noises() {
  let state = 1
  const one = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return () => one() + one() + one() - 1.5
}
