import type { LinearModel } from '#core/optimisation.ts'
import type { Desk, Instance, Rule } from './instance.ts'

/** Experts of each case, sorted; pins are among them. */
export type Assignment = readonly (readonly number[])[]

/** For one case: not these experts all together. */
export type Barred = { case: number; experts: readonly number[] }

export type Matrix = {
  model: LinearModel
  /** What each column stands for. */
  columns: readonly { case: number; expert: number }[]
  /** Rows of experts and of overall rules, to read their duals; null where the row could never bind. */
  expertRows: readonly (number | null)[]
  ruleRows: readonly (number | null)[]
  /** One unit of a score in the objective. */
  factor: number
}

/** The solver's tolerances are absolute: scores should be neither tiny nor huge for them. */
const largestCost = 1e4
/** Beyond these, more rows cost more than they tell. */
const mostCovers = 5

export type ModelOptions = {
  whole?: boolean
  barred?: readonly Barred[]
  soft?: boolean
  /** No other pairs than these, by case. */
  only?: readonly ReadonlySet<number>[]
}

/**
 * Maximise the total, every case getting `atLeast` units or more. Null if a single case or row shows that it can't be.
 *
 * The row Σ s x ≥ T of a case that gets exactly d experts is written tighter than that, which leaves its whole solutions alone:
 * experts with whom T is out of reach are left out; s is counted from the least one, and cut where it would do alone; and for k < d, no more
 * than k come from those of whom k + 1 are too many.
 *
 * With `soft`, rows of experts and overall rules that can't hold are written all the same, for who asks by how much they would have to give way.
 */
export function buildModel(
  instance: Instance,
  atLeast: number,
  { whole = true, barred = [], soft = false, only }: ModelOptions = {},
): Matrix | null {
  const { cases, problem, perCase, overall } = instance
  const columns: { case: number; expert: number }[] = []
  const cost: number[] = []
  const rows = openRows()
  const byExpert: number[][] = problem.experts.map(() => [])
  const pinnedOf = problem.experts.map(() => 0)
  const largest = cases.reduce((most, { free, units }) => Math.max(most, units[free[0] ?? -1] ?? 0), 0)
  const factor = Math.min(1, largestCost / Math.max(largest, 1))

  for (const [one, desk] of cases.entries()) {
    const narrowed = narrow(desk, atLeast)
    if (!narrowed) return null
    const { left, rest } = narrowed
    const keep = only ? narrowed.keep.filter((expert) => only[one]!.has(expert)) : narrowed.keep
    if (keep.length < left) return null
    const first = columns.length
    const columnOf = new Map(keep.map((expert, at) => [expert, first + at]))
    for (const expert of desk.pinned) pinnedOf[expert]!++
    for (const expert of keep) {
      byExpert[expert]!.push(columns.length)
      columns.push({ case: one, expert })
      cost.push(desk.units[expert]! * factor)
    }
    const own = [...columnOf.values()]
    if (!rows.add(left, left, own)) return null
    if (rest > 0 && keep.length > 0) addThreshold(rows, desk, keep, own, left, rest, factor)
    for (const rule of perCase) {
      const pinned = desk.pinned.filter((expert) => rule.group.has(expert)).length
      const inGroup = keep.filter((expert) => rule.group.has(expert)).map((expert) => columnOf.get(expert)!)
      if (!rows.add(rule.min - pinned, rule.max - pinned, inGroup, { reach: Math.min(left, inGroup.length) }))
        return null
    }
    for (const bar of barred) {
      const set = bar.case === one ? bar.experts.flatMap((expert) => columnOf.get(expert) ?? []) : []
      if (bar.case === one && set.length === left && !rows.add(Number.NEGATIVE_INFINITY, left - 1, set)) return null
    }
  }

  const expertRows: (number | null)[] = []
  for (const [expert, { min, max }] of problem.experts.entries()) {
    const at = rows.add(min - pinnedOf[expert]!, max - pinnedOf[expert]!, byExpert[expert]!, { soft })
    if (!at) return null
    expertRows.push(at.row)
  }
  const ruleRows: (number | null)[] = []
  for (const rule of overall) {
    const [pinned, all] = overallRow(rule, pinnedOf, byExpert)
    const at = rows.add(rule.min - pinned, rule.max - pinned, all, { soft })
    if (!at) return null
    ruleRows.push(at.row)
  }
  const ones = new Float64Array(columns.length).fill(1)
  const model: LinearModel = {
    sense: 'maximise',
    columns: {
      cost: Float64Array.from(cost),
      lower: new Float64Array(columns.length),
      upper: ones,
      ...(whole && { integer: ones }),
    },
    rows: rows.close(),
  }
  return { model, columns, expertRows, ruleRows, factor }
}

function overallRow({ group }: Rule, pinnedOf: readonly number[], byExpert: readonly number[][]): [number, number[]] {
  const experts = [...group]
  const pinned = experts.reduce((sum, expert) => sum + pinnedOf[expert]!, 0)
  return [pinned, experts.flatMap((expert) => byExpert[expert]!).sort((a, b) => a - b)]
}

/** Of a case's free experts those with whom it can reach so many units, how many it still needs, and how many units. Null if it can't. */
function narrow({ need, pinned, free, units }: Desk, atLeast: number) {
  const left = need - pinned.length
  const rest = atLeast - pinned.reduce((sum, expert) => sum + units[expert]!, 0)
  if (left < 0 || free.length < left) return null
  if (left === 0) return rest <= 0 ? { keep: [], left, rest } : null
  const others = free.slice(0, left - 1).reduce((sum, expert) => sum + units[expert]!, 0)
  const keep = rest <= 0 ? free : free.filter((expert) => units[expert]! + others >= rest)
  return keep.length < left ? null : { keep, left, rest }
}

function addThreshold(
  rows: ReturnType<typeof openRows>,
  { units }: Desk,
  keep: readonly number[],
  own: readonly number[],
  left: number,
  rest: number,
  factor: number,
): void {
  const least = units[keep.at(-1)!]!
  const missing = rest - least * left
  if (missing <= 0) return
  const values = keep.map((expert) => Math.min(units[expert]! - least, missing) * factor)
  // Half a unit of room: sums are whole, and tolerances smaller than that.
  rows.add((missing - 0.5) * factor, Number.POSITIVE_INFINITY, own, { entries: values })

  const sum = (from: number, count: number) => {
    let total = 0
    for (let at = from; at < from + count; at++) total += units[keep[at]!] ?? 0
    return total
  }
  for (let k = 1; k < Math.min(left, mostCovers); k++) {
    const top = left - k - 1
    let from = top
    while (from + k + 1 <= keep.length && sum(from, k + 1) + sum(0, top) >= rest) from++
    if (from < keep.length - k) rows.add(Number.NEGATIVE_INFINITY, k, own.slice(from))
  }
}

/** `reach` is what the columns can make together; `entries` are theirs in this row, else 1. */
type RowOptions = { reach?: number; entries?: readonly number[]; soft?: boolean }

/** Collects rows. Those that can't bind are left out (`row` null); one that can't hold is refused (null). */
function openRows() {
  const [lower, upper, starts, indices, values] = [[] as number[], [] as number[], [0], [] as number[], [] as number[]]
  return {
    add(
      least: number,
      most: number,
      columns: readonly number[],
      { reach = columns.length, entries, soft }: RowOptions = {},
    ) {
      if (!entries) {
        if (!soft && (least > reach || most < 0 || least > most)) return null
        if (least <= 0 && most >= reach) return { row: null }
      }
      lower.push(least)
      upper.push(most)
      for (const [at, column] of columns.entries()) {
        indices.push(column)
        values.push(entries ? entries[at]! : 1)
      }
      starts.push(indices.length)
      return { row: lower.length - 1 }
    },
    close: () => ({
      lower: Float64Array.from(lower),
      upper: Float64Array.from(upper),
      entries: {
        starts: Int32Array.from(starts),
        indices: Int32Array.from(indices),
        values: Float64Array.from(values),
      },
    }),
  }
}
