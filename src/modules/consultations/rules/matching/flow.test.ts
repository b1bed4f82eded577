import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { openOptimiser } from '#platform/optimiser.ts'
import { prepare } from './instance.ts'
import { bestAt } from './level.ts'
import { match } from './match.ts'
import type { Problem } from './problem.ts'

const optimiser = openOptimiser()
afterAll(() => optimiser.close())
const means = { optimiser, elapsed: () => 0, seconds: 600 }

/**
 * A second solver that knows nothing of the first: cost flow by successive longest paths (Bellman and Ford), on whole numbers. It can do all
 * but crossing groups: experts stand in at most one group, so that each rule is about an arc.
 */
type Arc = { to: number; room: number; gain: number; back: number }

function flowOf(problem: Problem, atLeast: number): number | null {
  const { cases, experts, scores, conflicts, pins, balance } = problem
  const groups = ['a', 'b', '']
  const arcs: Arc[][] = []
  const node = () => arcs.push([]) - 1
  const arc = (from: number, to: number, room: number, gain: number) => {
    arcs[from]!.push({ to, room, gain, back: arcs[to]!.length })
    arcs[to]!.push({ to: from, room: 0, gain: -gain, back: arcs[from]!.length - 1 })
  }
  // What must flow is worth more than all that may.
  const must = 1e7
  let owed = 0
  const bounded = (from: number, to: number, min: number, max: number, gain = 0) => {
    arc(from, to, min, gain + must)
    arc(from, to, max - min, gain)
    owed += min
  }
  const bounds = (per: 'case' | 'all', group: string, most: number) => {
    const rules = balance.filter((rule) => rule.per === per && rule.group === group)
    const min = Math.max(0, ...rules.map((rule) => rule.min ?? 0))
    const max = Math.min(most, ...rules.map((rule) => rule.max ?? most))
    return min > max ? null : ([min, max] as const)
  }
  const [source, sink] = [node(), node()]
  const expertNodes = experts.map(node)
  for (const group of groups) {
    const overall = bounds('all', group, 1000)
    if (!overall) return null
    const all = node()
    bounded(all, sink, ...overall)
    for (const [at, expert] of experts.entries())
      if ((expert.groups[0] ?? '') === group) {
        if (expert.min > expert.max) return null
        bounded(expertNodes[at]!, all, expert.min, expert.max)
      }
  }
  for (const [one, { need }] of cases.entries()) {
    const desk = node()
    bounded(source, desk, need, need)
    for (const group of groups) {
      const per = bounds('case', group, 1000)
      if (!per) return null
      const part = node()
      bounded(desk, part, ...per)
      for (const [at, expert] of experts.entries()) {
        const score = scores[one]![at]!
        const pinned = pins.some(([a, b]) => a === one && b === at)
        const free = score !== null && !conflicts.some(([a, b]) => a === one && b === at)
        if ((expert.groups[0] ?? '') !== group || (!pinned && !free)) continue
        if (pinned && !free) return null
        if (score! >= atLeast || pinned) bounded(part, expertNodes[at]!, pinned ? 1 : 0, 1, Math.round(score! * 100))
      }
    }
  }
  const flow = cases.reduce((sum, { need }) => sum + need, 0)
  let gained = 0
  for (let unit = 0; unit < flow; unit++) {
    const path = longest(arcs, source, sink)
    if (!path) return null
    for (const { from, at } of path) {
      const one = arcs[from]![at]!
      one.room--
      arcs[one.to]![one.back]!.room++
      gained += one.gain
    }
  }
  const kept = Math.round((gained - (gained % must)) / must)
  return kept === owed ? gained % must : null
}

function longest(arcs: readonly Arc[][], source: number, sink: number): { from: number; at: number }[] | null {
  const gain = arcs.map(() => -Infinity)
  const by: ({ from: number; at: number } | null)[] = arcs.map(() => null)
  gain[source] = 0
  for (let queue = [source], next: number[] = []; queue.length > 0; queue = [...new Set(next)], next = []) {
    for (const from of queue)
      for (const [at, one] of arcs[from]!.entries())
        if (one.room > 0 && gain[from]! + one.gain > gain[one.to]!) {
          gain[one.to] = gain[from]! + one.gain
          by[one.to] = { from, at }
          next.push(one.to)
        }
  }
  const path = []
  for (let node = sink; node !== source; ) {
    const step = by[node]
    if (!step) return null
    path.push(step)
    node = step.from
  }
  return path
}

const flowProblem = (needs: readonly number[]): fc.Arbitrary<Problem> =>
  fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 10 })).chain(([cases, experts]) => {
    const pair = fc.tuple(fc.nat(cases - 1), fc.nat(experts - 1))
    const score = fc.option(
      fc.nat(100).map((one) => one / 100),
      { freq: 8 },
    )
    return fc.record({
      scores: fc.array(fc.array(score, { minLength: experts, maxLength: experts }), {
        minLength: cases,
        maxLength: cases,
      }),
      cases: fc.array(fc.record({ need: fc.constantFrom(...needs) }), { minLength: cases, maxLength: cases }),
      experts: fc.array(
        fc.record({
          min: fc.constantFrom(0, 0, 0, 1),
          max: fc.constantFrom(1, 2, 3, 4, 5),
          groups: fc.constantFrom([], ['a'], ['b']),
        }),
        { minLength: experts, maxLength: experts },
      ),
      conflicts: fc.array(pair, { maxLength: 3 }),
      pins: fc.oneof(fc.constant([]), fc.array(pair, { maxLength: 1 })),
      balance: fc.array(
        fc.record(
          {
            per: fc.constantFrom('case' as const, 'all' as const),
            group: fc.constantFrom('a', 'b'),
            min: fc.constantFrom(0, 0, 0, 1),
            max: fc.constantFrom(1, 2, 6),
          },
          { requiredKeys: ['per', 'group'] },
        ),
        { maxLength: 2 },
      ),
    })
  })

describe('a second solver, by flows', () => {
  test('finds the same worst and total where every case needs one', async () => {
    let feasible = 0
    await fc.assert(
      fc.asyncProperty(flowProblem([1]), async (problem) => {
        const result = await match(problem, means)
        const levels = [...new Set(problem.scores.flat().filter((score) => score !== null))].sort((a, b) => b - a)
        // Pins stay whatever they score, so that a level counts only if they reach it.
        const pinned = Math.min(...problem.pins.map(([one, expert]) => problem.scores[one]![expert] ?? -1), Infinity)
        const level = levels.find((one) => one <= pinned && flowOf(problem, one) !== null)
        expect(result.status).toBe(level === undefined ? 'infeasible' : 'optimal')
        if (level === undefined) return
        feasible++
        expect(result.worst).toBe(level)
        expect(Math.round(result.total! * 100)).toBe(flowOf(problem, level))
      }),
      { numRuns: 300 },
    )
    expect(feasible).toBeGreaterThan(50)
  }, 300_000)

  test('finds the same total where cases need several and nothing is asked of the worst', async () => {
    let feasible = 0
    await fc.assert(
      fc.asyncProperty(flowProblem([0, 1, 2, 3]), async (problem) => {
        const { instance, impossible } = prepare(problem)
        fc.pre(impossible.length === 0)
        const answer = await bestAt(instance, 0, means)
        const flow = flowOf(problem, 0)
        expect(answer.is).toBe(flow === null ? 'none' : 'some')
        if (answer.is !== 'some' || flow === null) return
        feasible++
        expect(Math.round(instance.grid.score(answer.total) * 100)).toBe(flow)
      }),
      { numRuns: 300 },
    )
    expect(feasible).toBeGreaterThan(30)
  }, 300_000)
})
