import type { LinearModel } from '#core/optimisation.ts'
import { panelModel } from './panels.ts'
import { type Instance, peopleOf } from './pool.ts'

/** How exactly an aim obeys the rows: more than the tolerance with which it was solved for. */
const solved = 1e-7

/** What is off by less than this is rounding. */
const near = 1e-14
const mostSweeps = 5_000

/**
 * The smallest face of the quotas that holds an aim: a panel of any mixture that is the aim has every bound that the aim has reached.
 * `shape` is the model of its panels, `aim` the aim moved exactly onto it.
 */
export type Face = { shape: LinearModel; aim: Float64Array }

export function faceOf(instance: Instance, aim: Float64Array): Face {
  const people = peopleOf(instance)
  const { sense, columns, rows } = panelModel(instance, true)
  const seats = onBounds(
    aim.map((chance, kind) => chance * people[kind]!),
    { sense, columns, rows },
  )
  const { starts, indices } = rows.entries
  const sums = Array.from(rows.lower, (_, row) => {
    let sum = 0
    for (let at = starts[row]!; at < starts[row + 1]!; at++) sum += seats[indices[at]!]!
    return sum
  })
  return {
    aim: seats.map((one, kind) => one / people[kind]!),
    shape: {
      sense,
      columns: { ...columns, ...narrowed(seats, columns) },
      rows: { ...rows, ...narrowed(sums, rows) },
    },
  }
}

function narrowed(at: ArrayLike<number>, { lower, upper }: { lower: ArrayLike<number>; upper: ArrayLike<number> }) {
  return {
    lower: Array.from(lower, (one, index) => (at[index]! > upper[index]! - solved ? upper[index]! : one)),
    upper: Array.from(upper, (one, index) => (at[index]! < lower[index]! + solved ? lower[index]! : one)),
  }
}

/**
 * An aim that obeys the rows up to the solver's tolerance only is moved to where it obeys them up to rounding: by projections, in turn. The larger a chance the
 * more it is moved: what the many with the lowest chances lack is multiplied in the proof of later levels.
 */
function onBounds(seats: Float64Array, { columns, rows }: LinearModel): Float64Array {
  const { starts, indices } = rows.entries
  const made = seats.map((one, kind) => {
    const most = columns.upper[kind]!
    return one < solved ? 0 : one > most - solved ? most : one
  })
  const movable = made.map((one, kind) => (one < columns.upper[kind]! ? one ** 2 : 0))
  for (let sweep = 0, worst = Infinity; sweep < mostSweeps && worst > near; sweep++) {
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
