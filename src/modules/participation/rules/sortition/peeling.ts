import type { LinearModel, Optimiser } from '#core/optimisation.ts'
import { isPanel, panelModel } from './panels.ts'
import { type Composition, type Instance, peopleOf } from './pool.ts'

/** Panels with their probabilities; the probability that is left, 0 if their mixture is the aim; and the chances that should come of it. */
export type Peeled = {
  mixture: { panel: Composition; probability: number }[]
  left: number
  rest: Float64Array
}

/** What is left of the aim when it counts as attained: no chance is further off than that. */
const enough = 1e-10

/** What is as near as this to a bound lies on it: the rounding of all steps together, and much less than `enough`. */
const near = 1e-13

/** How exactly the aim obeys the rows: more than the tolerance with which it was solved for. */
const solved = 1e-7
const mostSweeps = 5_000

/** Steps shorter than this lead nowhere. */
const shortest = 1e-13

/**
 * Takes the aim apart into panels, without a linear model of as many rows as kinds: a panel that lies in the smallest face of the quotas that
 * holds what is left, as likely as can be before what is left leaves the quotas; then the next. Every step puts what is left on one more bound,
 * so that there are at most as many panels as bounds (Grötschel, Lovász, Schrijver 1981, theorem 3.9). Where a face holds no whole point, or
 * time is up, something is left.
 */
export async function peel(
  optimiser: Optimiser,
  instance: Instance,
  aim: Float64Array,
  goesOn: (left: number, panels: number) => boolean,
): Promise<Peeled> {
  const people = peopleOf(instance)
  const shape = panelModel(instance, true)
  const model = await optimiser.open(shape)
  const { starts, indices } = shape.rows.entries
  const columns = people.map((_, kind) => kind)
  const rows = Array.from({ length: shape.rows.lower.length }, (_, row) => row)
  const sums = (of: ArrayLike<number>) => {
    const made = new Float64Array(rows.length)
    for (const row of rows) for (let at = starts[row]!; at < starts[row + 1]!; at++) made[row]! += of[indices[at]!]!
    return made
  }
  const rest = onBounds(
    aim.map((chance, kind) => chance * people[kind]!),
    shape,
  )
  let left = 1
  const mixture: Peeled['mixture'] = []

  /** Whole numbers on both sides of each mean; with `wide` all that the face allows. */
  const around = (means: Float64Array, lower: ArrayLike<number>, upper: ArrayLike<number>, wide: boolean) => {
    const [low, high] = [new Float64Array(means.length), new Float64Array(means.length)]
    for (let at = 0; at < means.length; at++) {
      const mean = means[at]!
      const slack = near / left
      const atLower = mean <= lower[at]! + slack
      const atUpper = mean >= upper[at]! - slack
      low[at] = atUpper ? upper[at]! : wide || atLower ? lower[at]! : Math.max(lower[at]!, Math.floor(mean + slack))
      high[at] = atLower ? lower[at]! : wide || atUpper ? upper[at]! : Math.min(upper[at]!, Math.ceil(mean - slack))
    }
    return { at: means.length === rows.length ? rows : columns, lower: low, upper: high }
  }

  async function panelIn(wide: boolean): Promise<Composition | null> {
    const means = rest.map((seats) => seats / left)
    const rowMeans = sums(means)
    await model.change({
      columnBounds: around(means, shape.columns.lower, shape.columns.upper, wide),
      rowBounds: around(rowMeans, shape.rows.lower, shape.rows.upper, wide),
      costs: { at: columns, cost: means.map((mean) => mean - Math.floor(mean + near)) },
    })
    const { found, values } = await model.solve({ gap: instance.size / 20, nodes: 200 })
    if (!found) return null
    const panel = Int32Array.from(values, Math.round)
    return isPanel(instance, panel) ? panel : null
  }

  /** The greatest probability with which what is left stays within all bounds. */
  function longest(panel: Composition): number {
    let most = left
    const keep = (of: Float64Array, seats: ArrayLike<number>, lower: ArrayLike<number>, upper: ArrayLike<number>) => {
      for (let at = 0; at < of.length; at++) {
        const above = seats[at]! - lower[at]!
        const below = upper[at]! - seats[at]!
        if (above > 0) most = Math.min(most, (of[at]! - left * lower[at]!) / above)
        if (below > 0) most = Math.min(most, (left * upper[at]! - of[at]!) / below)
      }
    }
    keep(rest, panel, shape.columns.lower, shape.columns.upper)
    keep(sums(rest), sums(panel), shape.rows.lower, shape.rows.upper)
    return most
  }

  try {
    while (left > enough && goesOn(left, mixture.length)) {
      let taken = false
      for (const wide of [false, true]) {
        const panel = await panelIn(wide)
        const probability = panel ? Math.min(left, longest(panel)) : 0
        if (!panel || probability < shortest) continue
        mixture.push({ panel, probability })
        panel.forEach((seats, kind) => {
          rest[kind] = Math.max(0, rest[kind]! - probability * seats)
        })
        left -= probability
        taken = true
        break
      }
      if (!taken) break
    }
    return {
      mixture,
      left: left > enough ? left : 0,
      rest: rest.map((seats, kind) => (left > enough ? seats / people[kind]! / left : 0)),
    }
  } finally {
    await model.close()
  }
}

/** An aim that obeys the rows up to the solver's tolerance only is moved to where it obeys them up to rounding: by projections, in turn. */
function onBounds(seats: Float64Array, { columns, rows }: LinearModel): Float64Array {
  const { starts, indices } = rows.entries
  const made = seats.map((one, kind) => {
    const most = columns.upper[kind]!
    return one < solved ? 0 : one > most - solved ? most : one
  })
  const movable = made.map((one, kind) => (one > 0 && one < columns.upper[kind]! ? 1 : 0))
  for (let sweep = 0, worst = Infinity; sweep < mostSweeps && worst > near / 10; sweep++) {
    worst = 0
    for (let row = 0; row < rows.lower.length; row++) {
      let [sum, free] = [0, 0]
      for (let at = starts[row]!; at < starts[row + 1]!; at++) {
        sum += made[indices[at]!]!
        free += movable[indices[at]!]!
      }
      const bound = [rows.lower[row]!, rows.upper[row]!].find((one) => Math.abs(sum - one) < solved)
      if (bound === undefined || free === 0) continue
      worst = Math.max(worst, Math.abs(bound - sum))
      for (let at = starts[row]!; at < starts[row + 1]!; at++)
        made[indices[at]!]! += (movable[indices[at]!]! * (bound - sum)) / free
    }
  }
  return made
}
