import { type LinearModel, solveOnce } from '#core/optimisation.ts'
import type { Change, Problem } from './problem.ts'
import { type Means, remaining } from './totals.ts'

/**
 * The smallest change that makes the problem feasible: fewest units over all bounds together (a unit is one case more or less for an expert, one
 * expert more or less for a case or a rule, one pin dropped); among these the mildest, in the order of `kinds`. What is impossible stays so: a
 * conflict is never lifted, nor a score invented. There always is one, since needs, least loads and pins may fall to nothing.
 * Null if time ran out; `smallest` is false if a smaller one may exist.
 */
export async function smallestChange(
  problem: Problem,
  means: Means,
): Promise<{ changes: Change[]; smallest: boolean } | null> {
  const { model, slacks } = relaxModel(problem)
  const first = await solveOnce(means.optimiser, model, { seconds: Math.max(0, remaining(means)), gap: 0.9 })
  if (!first.found) return null
  const units = Math.round(
    slacks.reduce((sum, { column, weight }) => sum + weight * Math.round(first.values[column]!), 0),
  )
  if (units === 0) throw new Error('the solver contradicts itself: what it called infeasible needs no change')
  const milder = await solveOnce(means.optimiser, mildest(model, slacks, units), {
    seconds: Math.max(0, remaining(means)),
    gap: 0.9,
    start: first.values,
  })
  const { values } = milder.found ? milder : first
  const changes = slacks.flatMap(({ column, entries, by }): Change[] => {
    const steps = Math.round(values[column]!)
    return steps === 0 ? [] : entries.map(({ change, from }) => ({ change, from, to: from + steps * by }))
  })
  return { changes, smallest: first.status === 'optimal' }
}

/** The mildest change first: that an expert takes one case more hurts less than that a case gets one expert fewer. */
const kinds = ['max', 'min', 'balance', 'pin', 'need'] as const

/** One bound that may give way: `column` counts its units, each worth `weight`. */
type Slack = {
  column: number
  kind: (typeof kinds)[number]
  weight: number
  by: 1 | -1
  entries: { change: string; from: number }[]
}

function relaxModel(problem: Problem): { model: LinearModel; slacks: Slack[] } {
  const { cases, experts, balance, scores, conflicts, pins } = problem
  const forbidden = new Set(conflicts.map(([one, expert]) => one * experts.length + expert))
  const columns: { cost: number; upper: number }[] = []
  const slacks: Slack[] = []
  const rows: { lower: number; upper: number; entries: [column: number, value: number][] }[] = []

  const slack = (
    kind: Slack['kind'],
    change: string,
    from: number,
    by: 1 | -1,
    upper: number,
    weight = 1,
  ): [number, number] => {
    columns.push({ cost: weight, upper: Math.max(0, upper) })
    slacks.push({ column: columns.length - 1, kind, weight, by, entries: [{ change, from }] })
    // More by the slack is less on the other side.
    return [columns.length - 1, -by]
  }
  const ones = (list: readonly number[]) => list.map((column): [number, number] => [column, 1])

  const cell = new Map<number, number>()
  const byCase: number[][] = cases.map(() => [])
  const byExpert: number[][] = experts.map(() => [])
  for (const [one, line] of scores.entries()) {
    for (const [expert, score] of line.entries()) {
      const key = one * experts.length + expert
      if (score === null || forbidden.has(key)) continue
      cell.set(key, columns.length)
      byCase[one]!.push(columns.length)
      byExpert[expert]!.push(columns.length)
      columns.push({ cost: 0, upper: 1 })
    }
  }

  for (const [expert, { min, max }] of experts.entries()) {
    const own = byExpert[expert]!
    if (max < own.length)
      rows.push({
        lower: -Infinity,
        upper: max,
        entries: [...ones(own), slack('max', `experts[${expert}].max`, max, 1, own.length - max)],
      })
    if (min > 0)
      rows.push({
        lower: min,
        upper: Infinity,
        entries: [...ones(own), slack('min', `experts[${expert}].min`, min, -1, min)],
      })
  }
  for (const [at, { per, group, min = 0, max = Infinity }] of balance.entries()) {
    const members = experts.flatMap(({ groups }, expert) => (groups.includes(group) ? [expert] : []))
    const sums =
      per === 'all'
        ? [members.flatMap((expert) => byExpert[expert]!)]
        : cases.map((_, one) => members.flatMap((expert) => cell.get(one * experts.length + expert) ?? []))
    const longest = sums.reduce((most, { length }) => Math.max(most, length), 0)
    if (min > 0 && sums.length > 0) {
      const give = slack('balance', `balance[${at}].min`, min, -1, min)
      for (const sum of sums) rows.push({ lower: min, upper: Infinity, entries: [...ones(sum), give] })
    }
    if (max < longest) {
      const give = slack('balance', `balance[${at}].max`, max, 1, longest - max)
      for (const sum of sums)
        if (sum.length > max) rows.push({ lower: -Infinity, upper: max, entries: [...ones(sum), give] })
    }
  }
  const pinned = Map.groupBy(pins.entries(), ([, [one, expert]]) => one * experts.length + expert)
  for (const [key, same] of pinned) {
    const [[at] = [0]] = same
    const column = cell.get(key)
    const give = slack('pin', `pins[${at}]`, 1, -1, 1, same.length)
    slacks.at(-1)!.entries = same.map(([one]) => ({ change: `pins[${one}]`, from: 1 }))
    rows.push({ lower: 1, upper: Infinity, entries: [...(column === undefined ? [] : ones([column])), give] })
  }
  for (const [one, { need }] of cases.entries()) {
    const own = byCase[one]!
    const entries = ones(own)
    if (need > 0) entries.push(slack('need', `cases[${one}].need`, need, -1, need))
    if (need < own.length) entries.push(slack('need', `cases[${one}].need`, need, 1, own.length - need))
    rows.push({ lower: need, upper: need, entries })
  }
  return { model: assembled(columns, rows), slacks }
}

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
function mildest({ sense, columns, rows }: LinearModel, slacks: readonly Slack[], units: number): LinearModel {
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
