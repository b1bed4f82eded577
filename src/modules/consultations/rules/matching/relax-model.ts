import type { LinearModel } from '#core/optimisation.ts'
import type { Pair, Problem } from './problem.ts'

/** The mildest change first: that an expert takes one case more hurts less than that a case gets one expert fewer. */
export const kinds = ['max', 'min', 'balance', 'pin', 'need'] as const

/** One bound that may give way: `column` counts its units, each worth `weight`. */
export type Slack = {
  column: number
  kind: (typeof kinds)[number]
  weight: number
  by: 1 | -1
  entries: { change: string; from: number }[]
}

/** A row: the bound it is about, and the case where a rule is about each of them. */
export type Row = { path: string; case: number | null }

/** Minimise the units by which bounds give way, over all sets of possible pairs. The first columns are those of `cells`. */
export function relaxModel(problem: Problem): { model: LinearModel; slacks: Slack[]; cells: Pair[]; names: Row[] } {
  const { cases, experts, balance, scores, conflicts, pins } = problem
  const forbidden = new Set(conflicts.map(([one, expert]) => one * experts.length + expert))
  const columns: { cost: number; upper: number }[] = []
  const slacks: Slack[] = []
  const rows: { lower: number; upper: number; entries: Entry[] }[] = []
  const names: Row[] = []
  const least = (path: string, lower: number, entries: Entry[], one: number | null = null) => {
    rows.push({ lower, upper: Infinity, entries })
    names.push({ path, case: one })
  }
  const most = (path: string, upper: number, entries: Entry[], one: number | null = null) => {
    rows.push({ lower: -Infinity, upper, entries })
    names.push({ path, case: one })
  }

  const slack = (kind: Slack['kind'], change: string, from: number, by: 1 | -1, upper: number, weight = 1): Entry => {
    columns.push({ cost: weight, upper: Math.max(0, upper) })
    slacks.push({ column: columns.length - 1, kind, weight, by, entries: [{ change, from }] })
    // More by the slack is less on the other side.
    return [columns.length - 1, -by]
  }
  const ones = (list: readonly number[]) => list.map((column): Entry => [column, 1])

  const cell = new Map<number, number>()
  const cells: Pair[] = []
  const byCase: number[][] = cases.map(() => [])
  const byExpert: number[][] = experts.map(() => [])
  for (const [one, line] of scores.entries()) {
    for (const [expert, score] of line.entries()) {
      const key = one * experts.length + expert
      if (score === null || forbidden.has(key)) continue
      cell.set(key, columns.length)
      cells.push([one, expert])
      byCase[one]!.push(columns.length)
      byExpert[expert]!.push(columns.length)
      columns.push({ cost: 0, upper: 1 })
    }
  }

  for (const [expert, { min, max }] of experts.entries()) {
    const own = byExpert[expert]!
    const path = `experts[${expert}]`
    if (max < own.length)
      most(`${path}.max`, max, [...ones(own), slack('max', `${path}.max`, max, 1, own.length - max)])
    if (min > 0) least(`${path}.min`, min, [...ones(own), slack('min', `${path}.min`, min, -1, min)])
  }
  for (const [at, { per, group, min = 0, max = Infinity }] of balance.entries()) {
    const members = experts.flatMap(({ groups }, expert) => (groups.includes(group) ? [expert] : []))
    const path = `balance[${at}]`
    const sums =
      per === 'all'
        ? [{ one: null, own: members.flatMap((expert) => byExpert[expert]!) }]
        : cases.map((_, one) => ({
            one,
            own: members.flatMap((expert) => cell.get(one * experts.length + expert) ?? []),
          }))
    const longest = sums.reduce((length, { own }) => Math.max(length, own.length), 0)
    if (min > 0 && sums.length > 0) {
      const give = slack('balance', `${path}.min`, min, -1, min)
      for (const { one, own } of sums) least(`${path}.min`, min, [...ones(own), give], one)
    }
    if (max < longest) {
      const give = slack('balance', `${path}.max`, max, 1, longest - max)
      for (const { one, own } of sums) if (own.length > max) most(`${path}.max`, max, [...ones(own), give], one)
    }
  }
  const pinned = Map.groupBy(pins.entries(), ([, [one, expert]]) => one * experts.length + expert)
  for (const [key, same] of pinned) {
    const path = `pins[${same[0]![0]}]`
    const column = cell.get(key)
    const give = slack('pin', path, 1, -1, 1, same.length)
    // A pair that is pinned twice must be dropped twice.
    slacks.at(-1)!.entries = same.map(([at]) => ({ change: `pins[${at}]`, from: 1 }))
    least(path, 1, [...(column === undefined ? [] : ones([column])), give])
  }
  for (const [one, { need }] of cases.entries()) {
    const own = byCase[one]!
    const path = `cases[${one}].need`
    const entries = ones(own)
    if (need > 0) entries.push(slack('need', path, need, -1, need))
    if (need < own.length) entries.push(slack('need', path, need, 1, own.length - need))
    rows.push({ lower: need, upper: need, entries })
    names.push({ path, case: null })
  }
  return { model: assembled(columns, rows), slacks, cells, names }
}

type Entry = [column: number, value: number]

function assembled(
  columns: readonly { cost: number; upper: number }[],
  rows: readonly { lower: number; upper: number; entries: readonly (readonly [number, number])[] }[],
): LinearModel {
  const starts = [0]
  for (const { entries } of rows) starts.push(starts.at(-1)! + entries.length)
  return {
    sense: 'minimise',
    columns: {
      cost: columns.map(({ cost }) => cost),
      lower: columns.map(() => 0),
      upper: columns.map(({ upper }) => upper),
      integer: columns.map(() => true),
    },
    rows: {
      lower: rows.map(({ lower }) => lower),
      upper: rows.map(({ upper }) => upper),
      entries: {
        starts,
        indices: rows.flatMap(({ entries }) => entries.map(([column]) => column)),
        values: rows.flatMap(({ entries }) => entries.map(([, value]) => value)),
      },
    },
  }
}

/** The same with as many units in all, and the kinds' places as costs. */
export function mildest({ sense, columns, rows }: LinearModel, slacks: readonly Slack[], units: number): LinearModel {
  const cost = Array.from(columns.cost, () => 0)
  for (const { column, kind, weight } of slacks) cost[column] = weight * (kinds.indexOf(kind) + 1)
  const { starts, indices, values } = rows.entries
  return {
    sense,
    columns: { ...columns, cost },
    rows: {
      lower: [...Array.from(rows.lower), units],
      upper: [...Array.from(rows.upper), units],
      entries: {
        starts: [...Array.from(starts), starts[starts.length - 1]! + slacks.length],
        indices: [...Array.from(indices), ...slacks.map(({ column }) => column)],
        values: [...Array.from(values), ...slacks.map(({ weight }) => weight)],
      },
    },
  }
}
