import type { LinearModel } from '#core/optimisation.ts'
import { worth } from './panels.ts'
import type { Composition, Instance } from './pool.ts'

const mostSteps = 1_000

/** For how many steps who has left doesn't come back, and who has come doesn't leave. */
const [away, kept] = [4, 1]

/** What a broken quota costs at first and at most, in largest worths, and what becomes of that at each step at which it is or none is broken. */
const price = { first: 0.2, most: 6, rises: 1.02, falls: 0.8 }

/**
 * Looks for panels among those of a model (panels.ts, perhaps with narrower bounds) where quotas are so tight that hardly an exchange keeps them: members are
 * exchanged one by one although that breaks quotas, each at a price that rises until it is kept again (tabu search with strategic oscillation,
 * Glover 1989). Finds panels, proves nothing. Knows no randomness.
 */
export function seeker(instance: Instance, { columns, rows }: LinearModel) {
  const { kinds, quotas, households } = instance
  const lines = linesOf(instance)
  const wide = lines.length / kinds.length
  // Quotas, then kinds of household, then one that nothing breaks. Row 0 of the model is the size, which exchanges keep.
  const count = quotas.length + households.length + 1
  const [lower, upper] = [new Float64Array(count).fill(-Infinity), new Float64Array(count).fill(Infinity)]
  let row = 1
  for (let at = 0; at < count - 1; at++) {
    const household = households[at - quotas.length]
    // A kind that has its households for itself has no row.
    if (household && household.kinds.length === 1) continue
    lower[at] = rows.lower[row]!
    upper[at] = rows.upper[row]!
    row++
  }
  const [least, most] = [Int32Array.from(columns.lower), Int32Array.from(columns.upper)]
  const sums = new Int32Array(count)
  const [prices, losing, winning] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)]
  const [going, coming] = [new Float64Array(kinds.length), new Float64Array(kinds.length)]
  const [backAt, freeAt] = [new Int32Array(kinds.length), new Int32Array(kinds.length)]

  const broken = (at: number, sum: number) => Math.max(0, lower[at]! - sum, sum - upper[at]!)
  const move = (kind: number, by: number) => {
    for (let at = kind * wide; at < (kind + 1) * wide; at++) sums[lines[at]!]! += by
  }
  const total = (of: Float64Array, kind: number) => {
    let sum = 0
    for (let at = kind * wide; at < (kind + 1) * wide; at++) sum += of[lines[at]!]!
    return sum
  }
  /** While something is broken only exchanges that mend on both sides are looked at, where there are any: that spares most of the work. */
  const mending = (some: readonly number[], of: Float64Array) => {
    const found = some.filter((kind) => {
      for (let at = kind * wide; at < (kind + 1) * wide; at++) if (of[lines[at]!]! < 0) return true
      return false
    })
    return found.length > 0 ? found : some
  }
  const all = kinds.map((_, kind) => kind)
  const seated = (panel: Composition, step: number) =>
    all.filter((kind) => panel[kind]! > least[kind]! && freeAt[kind]! <= step)
  const free = (panel: Composition, step: number) =>
    all.filter((kind) => panel[kind]! < most[kind]! && backAt[kind]! <= step)

  /** Prices what a member less or more would break or mend in each row. Whether something is broken now. */
  function weigh(): boolean {
    let some = false
    for (let at = 0; at < count; at++) {
      if (broken(at, sums[at]!) === 0) continue
      some = true
      prices[at]! *= price.rises
    }
    const change = some ? (Math.max(...prices) > price.most ? 1 / 2 : 1) : price.falls
    for (let at = 0; at < count; at++) {
      const now = broken(at, sums[at]!)
      prices[at]! *= change
      losing[at] = (broken(at, sums[at]! - 1) - now) * prices[at]!
      winning[at] = (broken(at, sums[at]! + 1) - now) * prices[at]!
    }
    return some
  }

  /**
   * The panel worth most by `worths` (the largest about 1) that was come upon, at once if it is worth `enough`; null if none was. `start` has the right size
   * and keeps to the columns. `gains` steer: worths less what the rows are worth, the reduced costs of the linear model. Other attempts go other ways.
   */
  return (
    start: Composition,
    { worths, gains, enough }: { worths: ArrayLike<number>; gains: ArrayLike<number>; enough: number },
    attempt = 0,
  ): Composition | null => {
    const panel = Int32Array.from(start)
    sums.fill(0)
    for (const [kind, seats] of panel.entries()) for (let seat = 0; seat < seats; seat++) move(kind, 1)
    backAt.fill(0)
    freeAt.fill(0)
    prices.fill(price.first)
    let best: { panel: Composition; worth: number } | null = null
    for (let step = 1; step <= mostSteps; step++) {
      const some = weigh()
      if (!some) {
        const now = worth(worths, panel)
        if (!best || now > best.worth) best = { panel: Int32Array.from(panel), worth: now }
        if (now >= enough) break
      }
      const leaving = some ? mending(seated(panel, step), losing) : seated(panel, step)
      const arriving = some ? mending(free(panel, step), winning) : free(panel, step)
      for (const kind of leaving) going[kind] = -gains[kind]! - total(losing, kind)
      for (const kind of arriving) coming[kind] = gains[kind]! - total(winning, kind)
      let [from, to, gain] = [-1, -1, -Infinity]
      for (const one of leaving) {
        for (const other of arriving) {
          let now = going[one]! + coming[other]!
          // Where both count for the same row nothing changes.
          for (let at = 0; at < wide; at++) {
            const line = lines[one * wide + at]!
            if (line === lines[other * wide + at]!) now += losing[line]! + winning[line]!
          }
          if (now > gain && one !== other) [from, to, gain] = [one, other, now]
        }
      }
      if (from < 0) break
      panel[from]!--
      panel[to]!++
      move(from, -1)
      move(to, 1)
      backAt[from] = step + away + 3 * attempt
      freeAt[to] = step + kept + attempt
    }
    return best?.panel ?? null
  }
}

/** For each kind the rows for which it counts, all as many: its quotas, its kind of household. */
function linesOf({ kinds, quotas, households }: Instance): Int32Array {
  const wide = Math.max(0, ...kinds.map((kind) => kind.quotas.length)) + 1
  const none = quotas.length + households.length
  return Int32Array.from(
    kinds.flatMap(({ quotas: own, kindOfHousehold }) => [
      quotas.length + kindOfHousehold,
      ...Array.from({ length: wide - 1 }, (_, at) => own[at] ?? none),
    ]),
  )
}
