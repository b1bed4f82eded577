import fc from 'fast-check'
import type { Problem } from './problem.ts'

/** Part of the tests: random problems small enough to try everything, and the trying. It shares nothing with the solver but the problem's type. */

const scores = fc.oneof(
  // Few values, so that ties abound.
  { weight: 3, arbitrary: fc.constantFrom(0, 0.25, 0.5, 0.75, 1) },
  { weight: 3, arbitrary: fc.nat(100).map((hundredths) => hundredths / 100) },
  { weight: 1, arbitrary: fc.nat(7).map((sevenths) => sevenths / 7) },
  // Not nearer to 0 or 1 than scores are taken to: what is a tie then, nobody can say.
  { weight: 1, arbitrary: fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }) },
  { weight: 1, arbitrary: fc.nat(50) },
)

/** Up to 4 cases, 5 experts and `mostCells` cells, with every kind of rule; about half of them are feasible. */
export const smallProblem = (mostCells = 20): fc.Arbitrary<Problem> =>
  fc
    .tuple(fc.nat(4), fc.constantFrom(0, 1, 2, 3, 4, 4, 5, 5, 5))
    .filter(([cases, experts]) => cases * experts <= mostCells)
    .chain(([cases, experts]) => {
      const pair = fc.tuple(fc.nat(Math.max(0, cases - 1)), fc.nat(Math.max(0, experts - 1)))
      const pairs = (maxLength: number) => (cases * experts === 0 ? fc.constant([]) : fc.array(pair, { maxLength }))
      const rule = fc.record(
        {
          per: fc.constantFrom('case' as const, 'all' as const),
          group: fc.constantFrom('f', '30s', 'none'),
          min: fc.constantFrom(0, 0, 0, 1, 1, 2),
          max: fc.constantFrom(0, 1, 2, 2, 3, 3, 4, 4),
        },
        { requiredKeys: ['per', 'group'] },
      )
      return fc.record({
        scores: fc.array(fc.array(fc.option(scores, { freq: 6 }), { minLength: experts, maxLength: experts }), {
          minLength: cases,
          maxLength: cases,
        }),
        cases: fc.array(fc.record({ need: fc.constantFrom(0, 1, 1, 1, 1, 2, 2, 3) }), {
          minLength: cases,
          maxLength: cases,
        }),
        experts: fc.array(
          fc.record({
            min: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1, 1, 2),
            max: fc.constantFrom(0, 1, 2, 2, 3, 3, 4, 4),
            groups: fc.subarray(['f', '30s']),
          }),
          { minLength: experts, maxLength: experts },
        ),
        conflicts: pairs(2),
        pins: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: pairs(2) }),
        balance: fc.array(rule, { maxLength: 2 }),
      })
    })

/** Four cases of which each wants two of five experts who are hardly enough: fractions are seldom whole. */
export const tightProblem: fc.Arbitrary<Problem> = fc.record({
  scores: fc.array(
    fc.array(
      fc.nat(30).map((hundredths) => hundredths / 100),
      { minLength: 5, maxLength: 5 },
    ),
    {
      minLength: 4,
      maxLength: 4,
    },
  ),
  cases: fc.constant(Array.from({ length: 4 }, () => ({ need: 2 }))),
  experts: fc.array(
    fc.record({ min: fc.constantFrom(0, 1), max: fc.constantFrom(1, 2, 2, 3), groups: fc.constant([]) }),
    { minLength: 5, maxLength: 5 },
  ),
  conflicts: fc.constant([]),
  pins: fc.constant([]),
  balance: fc.constant([]),
})

/** Four to eight cases that nearly all are alike: with each other, or with all of one other kind; so that sets are shared among them. */
export const alikeProblem: fc.Arbitrary<Problem> = fc
  .constantFrom([4, 5], [4, 4], [5, 4], [6, 4], [8, 3], [8, 3])
  .chain(([cases = 0, experts = 0]) =>
    fc
      .record({
        problem: smallProblem(),
        kinds: fc.array(
          fc.record({
            row: fc.array(fc.option(scores, { freq: 9 }), { minLength: experts, maxLength: experts }),
            need: fc.constantFrom(1, 1, 2, 2, 2, 3),
          }),
          { minLength: Math.floor(cases / 4), maxLength: Math.floor(cases / 4) },
        ),
        which: fc.array(fc.nat(Math.floor(cases / 4) - 1), { minLength: cases, maxLength: cases }),
        experts: fc.array(
          fc.record({
            min: fc.constantFrom(0, 0, 1, 2),
            max: fc.constantFrom(2, 3, 4, 5, 6, 8),
            groups: fc.subarray(['f', '30s']),
          }),
          { minLength: experts, maxLength: experts },
        ),
      })
      .map(({ problem, kinds, which, experts }) => ({
        scores: which.map((kind) => kinds[kind]!.row),
        cases: which.map((kind) => ({ need: kinds[kind]!.need })),
        experts,
        conflicts: [],
        pins: [],
        balance: problem.balance,
      })),
  )

type Tried = { worst: number; total: number } | null

const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0)
const within = (value: number, { min = 0, max = Infinity }: { min?: number; max?: number }) =>
  value >= min && value <= max

/** The best by trying everything: worst first, then the total; sums of doubles, so equal ones differ by a rounding. Null: nothing is feasible. */
export function tryAll(problem: Problem): Tried {
  const { cases, experts, balance } = problem
  const has = (expert: number, group: string) => experts[expert]!.groups.includes(group)
  const sets = cases.map(({ need }, one) =>
    subsets(experts.length).filter(
      (set) =>
        set.length === need &&
        set.every((expert) => possible(problem, one, expert)) &&
        problem.pins.every(([a, b]) => a !== one || set.includes(b)) &&
        balance.every(
          (rule) => rule.per === 'all' || within(set.filter((expert) => has(expert, rule.group)).length, rule),
        ),
    ),
  )
  let best: Tried = null
  const loads = experts.map(() => 0)
  const got: number[] = []
  const go = (one: number): void => {
    if (one < cases.length) {
      for (const set of sets[one]!) {
        for (const expert of set) loads[expert]!++
        got.push(sum(set.map((expert) => problem.scores[one]![expert]!)))
        if (set.every((expert) => loads[expert]! <= experts[expert]!.max)) go(one + 1)
        got.pop()
        for (const expert of set) loads[expert]!--
      }
      return
    }
    if (!experts.every((expert, at) => within(loads[at]!, expert))) return
    const kept = balance.every(
      (rule) => rule.per === 'case' || within(sum(loads.filter((_, expert) => has(expert, rule.group))), rule),
    )
    if (!kept) return
    const [worst, total] = [got.length === 0 ? 0 : Math.min(...got), sum(got)]
    if (!best || worst > best.worst + 1e-9 || (worst > best.worst - 1e-9 && total > best.total)) best = { worst, total }
  }
  go(0)
  return best
}

/** Fewest units by which bounds must give way, by trying every set of pairs. For up to 12 possible pairs. */
export function fewestUnits({ scores, cases, experts, conflicts, pins, balance }: Problem): number {
  const cells = scores.flatMap((line, one) =>
    line.flatMap((score, expert) =>
      score === null || conflicts.some(([a, b]) => a === one && b === expert) ? [] : [[one, expert] as const],
    ),
  )
  const short = (count: number, { min = 0 }: { min?: number }) => Math.max(0, min - count)
  const over = (count: number, { max = Infinity }: { max?: number }) => Math.max(0, count - max)
  let fewest = Infinity
  for (const chosen of subsets(cells.length)) {
    const pairs = chosen.map((at) => cells[at]!)
    const count = (test: (pair: readonly [number, number]) => boolean) => pairs.filter(test).length
    const units =
      sum(cases.map(({ need }, one) => Math.abs(need - count(([a]) => a === one)))) +
      sum(
        experts
          .map((_, at) => count(([, b]) => b === at))
          .map((load, at) => short(load, experts[at]!) + over(load, experts[at]!)),
      ) +
      pins.filter(([a, b]) => !pairs.some(([one, expert]) => a === one && b === expert)).length +
      sum(
        balance.map((rule) => {
          const inGroup = ([, expert]: readonly [number, number]) => experts[expert]!.groups.includes(rule.group)
          const counts =
            rule.per === 'all'
              ? [count(inGroup)]
              : cases.map((_, one) => count((pair) => pair[0] === one && inGroup(pair)))
          return (
            Math.max(0, ...counts.map((here) => short(here, rule))) +
            Math.max(0, ...counts.map((here) => over(here, rule)))
          )
        }),
      )
    fewest = Math.min(fewest, units)
  }
  return fewest
}

const possible = ({ scores, conflicts }: Problem, one: number, expert: number) =>
  scores[one]![expert] !== null && !conflicts.some(([a, b]) => a === one && b === expert)

const subsets = (count: number): number[][] =>
  Array.from({ length: 2 ** count }, (_, bits) =>
    Array.from({ length: count }, (_, at) => at).filter((at) => bits & (1 << at)),
  )
