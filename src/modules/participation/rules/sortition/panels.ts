import type { Columns, LinearModel, Rows } from '#core/optimisation.ts'
import type { Composition, Instance } from './pool.ts'

/** The feasible compositions as a system of rows: the size, each quota, one member per household. One whole column per kind. */
export function panelModel(instance: Instance, whole: boolean): LinearModel {
  const { kinds, quotas, households, size } = instance
  const all = kinds.map((_, at) => at)
  const lines: { lower: number; upper: number; at: readonly number[] }[] = [{ lower: size, upper: size, at: all }]
  for (const { min, max, kinds: at } of quotas) lines.push({ lower: min, upper: max, at })
  for (const { households: count, kinds: at } of households) {
    if (at.length > 1) lines.push({ lower: 0, upper: count, at })
  }
  const columns: Columns = {
    cost: kinds.map(() => 0),
    lower: kinds.map(() => 0),
    upper: kinds.map(({ most }) => most),
    ...(whole && { integer: kinds.map(() => true) }),
  }
  return { sense: 'maximise', columns, rows: rowsOf(lines) }
}

export function rowsOf(
  lines: readonly { lower: number; upper: number; at: readonly number[]; values?: readonly number[] }[],
): Rows {
  const starts = [0]
  const indices: number[] = []
  const values: number[] = []
  for (const line of lines) {
    line.at.forEach((column, index) => {
      indices.push(column)
      values.push(line.values?.[index] ?? 1)
    })
    starts.push(indices.length)
  }
  return {
    lower: lines.map(({ lower }) => lower),
    upper: lines.map(({ upper }) => upper),
    entries: { starts, indices, values },
  }
}

/** Whether a composition is a panel: whole, of the right size, within quotas and households. */
export function isPanel(instance: Instance, composition: Composition): boolean {
  const { kinds, quotas, households, size } = instance
  let sum = 0
  for (const [at, { most }] of kinds.entries()) {
    const count = composition[at] ?? 0
    if (count < 0 || count > most) return false
    sum += count
  }
  const total = (at: readonly number[]) => at.reduce((so, kind) => so + (composition[kind] ?? 0), 0)
  return (
    sum === size &&
    quotas.every(({ min, max, kinds: at }) => total(at) >= min && total(at) <= max) &&
    households.every(({ households: count, kinds: at }) => total(at) <= count)
  )
}

/** Σ weight × count. */
export function worth(weights: ArrayLike<number>, composition: ArrayLike<number>): number {
  let sum = 0
  for (let at = 0; at < composition.length; at++) sum += (weights[at] ?? 0) * (composition[at] ?? 0)
  return sum
}
