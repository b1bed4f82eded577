import { type Optimiser, solveOnce } from '#core/optimisation.ts'
import { rowsOf } from './panels.ts'
import { group, type Pool } from './pool.ts'

/** One bound to move so that there is a panel. A proposal to a person, never applied by itself. */
export type Proposal =
  | { change: `quotas[${number}].${'min' | 'max'}`; category: string; name: string; from: number; to: number }
  | { change: 'size'; from: number; to: number }

/**
 * The smallest changes of quotas (and of the size, where there are too few households) with which there is a panel; empty if there is one
 * already. Lowering a minimum by 1 weighs 1 + 2 / minimum, raising a maximum by 1 weighs 1: a group that was promised few seats should not
 * lose them (the weights of the Sortition Foundation's tools). `beyond`: the limits given with the quotas (least, most) had to be passed.
 */
export async function relax(optimiser: Optimiser, pool: Pool): Promise<{ proposals: Proposal[]; beyond: boolean }> {
  const homes = new Set(
    pool.people.map(({ id, household }) => (household === null ? `alone ${id}` : `shared ${household}`)),
  )
  const size = Math.min(pool.size, homes.size)
  const proposals: Proposal[] = size < pool.size ? [{ change: 'size', from: pool.size, to: size }] : []
  const within = await moved(optimiser, { ...pool, size }, true)
  const found = within ?? (await moved(optimiser, { ...pool, size }, false))
  if (!found) throw new Error('there is no panel even without quotas')
  return { proposals: [...proposals, ...found], beyond: within === null }
}

async function moved(optimiser: Optimiser, pool: Pool, limited: boolean): Promise<Proposal[] | null> {
  const { kinds, households, quotas, size } = group(pool)
  const all = kinds.map((_, at) => at)
  const lower = (at: number) => kinds.length + at
  const raise = (at: number) => kinds.length + quotas.length + at
  const limits = pool.quotas.map(({ min, max, least, most }) => ({
    lower: Math.max(0, limited && least !== undefined ? min - least : min),
    raise: Math.max(0, limited && most !== undefined ? most - max : size - max),
  }))
  const { status, values } = await solveOnce(optimiser, {
    sense: 'minimise',
    columns: {
      cost: [...all.map(() => 0), ...quotas.map(({ min }) => 1 + 2 / Math.max(1, min)), ...quotas.map(() => 1)],
      lower: [...all, ...quotas, ...quotas].map(() => 0),
      upper: [
        ...kinds.map(({ kindOfHousehold }) => Math.min(size, households[kindOfHousehold]!.households)),
        ...limits.map((one) => one.lower),
        ...limits.map((one) => one.raise),
      ],
      integer: [...all, ...quotas, ...quotas].map(() => true),
    },
    rows: rowsOf([
      { lower: size, upper: size, at: all },
      ...quotas.map(({ min, kinds: own }, at) => ({ lower: min, upper: Infinity, at: [...own, lower(at)] })),
      ...quotas.map(({ max, kinds: own }, at) => ({
        lower: -Infinity,
        upper: max,
        at: [...own, raise(at)],
        values: [...own.map(() => 1), -1],
      })),
      ...households.map((one) => ({ lower: 0, upper: one.households, at: one.kinds })),
    ]),
  })
  if (status === 'infeasible') return null
  if (status !== 'optimal') throw new Error(`the smallest change of quotas ended as ${status}`)
  return pool.quotas.flatMap(({ category, value: name, min, max }, at) => {
    const [down, up] = [Math.round(values[lower(at)]!), Math.round(values[raise(at)]!)]
    const one = { category, name }
    return [
      ...(down > 0 ? [{ change: `quotas[${at}].min` as const, ...one, from: min, to: min - down }] : []),
      ...(up > 0 ? [{ change: `quotas[${at}].max` as const, ...one, from: max, to: max + up }] : []),
    ]
  })
}
