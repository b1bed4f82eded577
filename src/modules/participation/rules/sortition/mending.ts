import type { Optimiser } from '#core/optimisation.ts'
import { type Pace, remaining } from './pace.ts'
import { isPanel, panelModel } from './panels.ts'
import { type Composition, type Instance, peopleOf } from './pool.ts'
import { misfitOf } from './rounding.ts'

/** How many panels are replaced at most; most lists need a few or none. */
const mostReplaced = 40

/**
 * Where a member of some kind would still have more than one seat too many or too few in the list, a panel is replaced by the one that mends most:
 * an integer program with a column for each seat of each kind (the misfit is convex, so seats are filled in order). Changes the list in place. Ends early when time is up.
 */
export async function mendList(
  optimiser: Optimiser,
  instance: Instance,
  due: (kind: number) => number,
  list: Composition[],
  pace: Pace,
): Promise<void> {
  const people = peopleOf(instance)
  const excess = Float64Array.from(people, (_, kind) => list.reduce((sum, panel) => sum + panel[kind]!, 0) - due(kind))
  const misfit = misfitOf(people, due)
  const off = (kind: number) => misfit(kind, excess[kind]!)
  const cost = (kind: number, seats: number) => misfit(kind, excess[kind]! + seats)

  if (!people.some((_, kind) => off(kind) > 1)) return
  const seats = people.flatMap((_, kind) => {
    const held = Math.max(...list.map((panel) => panel[kind]!))
    return Array(Math.min(instance.kinds[kind]!.most, held + 1)).fill(kind) as number[]
  })
  const model = await optimiser.open(panelModel(bySeats(instance, seats), true))
  try {
    const tried = new Map<number, number>()
    for (let left = mostReplaced; left > 0 && remaining(pace) > 0; left--) {
      // A kind that three panels could not mend is left as it is.
      const open = people.keys().filter((kind) => off(kind) > 1 && (tried.get(kind) ?? 0) < 3)
      const worst = [...open].sort((a, b) => off(b) - off(a))[0]
      if (worst === undefined) return
      const turn = tried.get(worst) ?? 0
      tried.set(worst, turn + 1)
      const holders = list.keys().filter((at) => (excess[worst]! > 0 ? list[at]![worst]! > 0 : list[at]![worst] === 0))
      const at = [...holders][turn]
      if (at !== undefined && (await replace(at))) tried.delete(worst)
    }
  } finally {
    await model.close()
  }

  async function replace(at: number): Promise<boolean> {
    const before = list[at]!
    before.forEach((count, kind) => {
      excess[kind]! -= count
    })
    let seat = 0
    const costs = seats.map((kind, column) => {
      seat = seats[column - 1] === kind ? seat + 1 : 1
      return cost(kind, seat - 1) - cost(kind, seat)
    })
    const unit = Math.max(...costs.map(Math.abs))
    await model.change({ costs: { at: [...seats.keys()], cost: costs.map((one) => one / unit) } })
    const { found, values } = await model.solve({ gap: 0.1 })
    const after = new Int32Array(people.length)
    if (found) for (const [column, kind] of seats.entries()) after[kind]! += Math.round(values[column]!)
    const total = (panel: Composition) => panel.reduce((sum, count, kind) => sum + cost(kind, count) - cost(kind, 0), 0)
    const better = isPanel(instance, after) && total(after) < total(before) - 1e-6
    if (better) list[at] = after
    list[at]!.forEach((count, kind) => {
      excess[kind]! += count
    })
    return better
  }
}

/** The same panels with one column per seat instead of one per kind. */
function bySeats(instance: Instance, seats: readonly number[]): Instance {
  const columnsOf = Map.groupBy(seats.keys(), (column) => seats[column]!)
  const columns = (kinds: readonly number[]) => kinds.flatMap((kind) => columnsOf.get(kind) ?? [])
  return {
    ...instance,
    kinds: seats.map((kind) => ({ ...instance.kinds[kind]!, most: 1 })),
    households: instance.households.map((one) => ({ ...one, kinds: columns(one.kinds) })),
    quotas: instance.quotas.map((one) => ({ ...one, kinds: columns(one.kinds) })),
  }
}
