import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { Optimiser } from '#core/optimisation.ts'
import { openOptimiser } from '#platform/optimiser.ts'
import { chance } from '../../../../../tests/chance.ts'
import { prepare } from './instance.ts'
import { bestAt } from './level.ts'
import { match, NoAnswer } from './match.ts'
import type { Problem } from './problem.ts'
import { smallProblem, tightProblem, tryAll } from './small-problems.ts'
import { relaxed } from './totals.ts'
import { why } from './why.ts'

const optimiser = openOptimiser()
afterAll(() => optimiser.close())
const means = { optimiser, elapsed: () => 0, seconds: 600 }

const problem = (scores: Problem['scores'], more: Partial<Problem> = {}): Problem => ({
  scores,
  cases: scores.map(() => ({ need: 1 })),
  experts: (scores[0] ?? []).map(() => ({ min: 0, max: 2, groups: [] })),
  conflicts: [],
  pins: [],
  balance: [],
  ...more,
})
const expert = (min: number, max: number, ...groups: string[]) => ({ min, max, groups })
const solve = (one: Problem) => match(one, means)

describe('the order', () => {
  test.each([
    ['alone', 0.81],
    ['beside scores of many digits', 0.812345678912],
  ])(
    'takes fractions exactly, %s: two times three sevenths are six sevenths, so that the total decides',
    async (_, high) => {
      const seventh = 1 / 7
      const scores = [
        [null, 3 * seventh, null, null, 3 * seventh],
        [null, null, 1, 0.4, 0],
        [null, 0, 0.05, high, null],
        [null, null, null, 1, 6 * seventh],
      ]
      const experts = [expert(0, 0), expert(0, 3), expert(0, 2), expert(0, 2), expert(0, 2)]
      const wanted = problem(scores, { cases: [2, 2, 3, 1].map((need) => ({ need })), experts })
      const { worst, total, proven } = await solve(wanted)
      expect({ worst, total, proven }).toEqual({
        worst: expect.closeTo(6 * seventh, 12),
        total: expect.closeTo(1.45 + high + 12 * seventh, 12),
        proven: true,
      })
    },
  )

  test('is found where cases are alike and no more of them can be served better', async () => {
    const alike = problem(Array(4).fill([0, null, 1 / 7, 2 / 7, 1]), {
      cases: Array(4).fill({ need: 2 }),
      experts: [expert(0, 5), expert(0, 2), expert(0, 2, '30s'), expert(0, 8), expert(0, 2, '30s')],
      balance: [{ per: 'all', group: '30s', max: 1 }],
    })
    const result = await solve(alike)
    expect(result).toMatchObject({ status: 'optimal', proven: true })
    expect([result.worst, result.total]).toEqual([expect.closeTo(2 / 7, 9), expect.closeTo(15 / 7, 9)])
  })

  test('serves the worst-served case first, and only then the total', async () => {
    // The best total would be 0.9 + 0.1 + …: expert 0 for case 0.
    const scores = [
      [0.9, 0.4],
      [0.5, 0.1],
    ]
    const result = await solve(problem(scores, { experts: [expert(0, 1), expert(0, 1)] }))
    expect(result).toMatchObject({ status: 'optimal', worst: 0.4, total: 0.9, proven: true })
    expect(result.pairs).toEqual([
      [0, 1],
      [1, 0],
    ])
  })

  test('adds decimals as they are written', async () => {
    const scores = [[0.1, 0.2, 0.7]]
    expect(await solve(problem(scores, { cases: [{ need: 3 }] }))).toMatchObject({ worst: 1, total: 1 })
  })

  test('is the same whenever it is asked again', async () => {
    const tied = problem(
      Array.from({ length: 6 }, () => Array.from({ length: 6 }, () => 0.5)),
      { cases: Array.from({ length: 6 }, () => ({ need: 2 })) },
    )
    expect(await solve(tied)).toEqual(await solve(tied))
  })
})

describe('odd problems', () => {
  const infeasible = (changes: object[]) => ({
    status: 'infeasible',
    proven: true,
    pairs: [],
    worst: null,
    relax: changes,
  })

  test.each<[string, Problem, object]>([
    ['no cases, no experts', problem([]), { status: 'optimal', pairs: [], worst: 0, total: 0, proven: true }],
    ['no cases', problem([], { experts: [expert(0, 1)] }), { status: 'optimal', pairs: [], worst: 0, total: 0 }],
    [
      'no cases for an expert who must have one',
      problem([], { experts: [expert(1, 1)] }),
      infeasible([{ change: 'experts[0].min', from: 1, to: 0 }]),
    ],
    [
      'no experts',
      problem([[], []]),
      infeasible([0, 1].map((one) => ({ change: `cases[${one}].need`, from: 1, to: 0 }))),
    ],
    [
      'no experts, none needed',
      problem([[]], { cases: [{ need: 0 }] }),
      { status: 'optimal', pairs: [], worst: 0, total: 0 },
    ],
    // Whoever needs nobody gets 0, which is then the least that any case gets.
    [
      'a case that needs nobody',
      problem([[0.5], [0.7]], { cases: [{ need: 0 }, { need: 1 }] }),
      { status: 'optimal', pairs: [[1, 0]], worst: 0, total: 0.7 },
    ],
    [
      'a row of null',
      problem([
        [null, null],
        [0.5, 0.5],
      ]),
      infeasible([{ change: 'cases[0].need', from: 1, to: 0 }]),
    ],
    [
      'a pin among the conflicts',
      problem([[0.5, 0.4]], { pins: [[0, 0]], conflicts: [[0, 0]] }),
      infeasible([{ change: 'pins[0]', from: 1, to: 0 }]),
    ],
    [
      'a pin on what is impossible, twice',
      problem([[null, 0.4]], {
        pins: [
          [0, 0],
          [0, 0],
        ],
      }),
      infeasible([0, 1].map((at) => ({ change: `pins[${at}]`, from: 1, to: 0 }))),
    ],
    [
      'the same pin twice',
      problem([[0.5, 0.6]], {
        pins: [
          [0, 0],
          [0, 0],
        ],
      }),
      { status: 'optimal', pairs: [[0, 0]], worst: 0.5, total: 0.5 },
    ],
    [
      'a group nobody is in',
      problem([[0.5]], { balance: [{ per: 'all', group: 'x', min: 1 }] }),
      infeasible([{ change: 'balance[0].min', from: 1, to: 0 }]),
    ],
    [
      'a group nobody is in, of which none may be',
      problem([[0.5]], { balance: [{ per: 'all', group: 'x', max: 0 }] }),
      { status: 'optimal', total: 0.5 },
    ],
    [
      'min above max',
      problem([[0.5], [0.5]], { experts: [expert(3, 2)] }),
      infeasible([{ change: 'experts[0].min', from: 3, to: 2 }]),
    ],
    [
      'a rule whose min is above its max',
      problem([[0.5]], { experts: [expert(0, 1, 'f')], balance: [{ per: 'case', group: 'f', min: 1, max: 0 }] }),
      infeasible([{ change: 'balance[0].max', from: 0, to: 1 }]),
    ],
    [
      'more needed than there are',
      problem([[0.5, 0.5]], { cases: [{ need: 1_000_000_000 }] }),
      infeasible([{ change: 'cases[0].need', from: 1_000_000_000, to: 2 }]),
    ],
    [
      'huge scores',
      problem([
        [1e9, 1],
        [1, 1e9],
      ]),
      { status: 'optimal', worst: 1e9, total: 2e9 },
    ],
    ['tiny scores', problem([[1e-12, 3e-12]]), { status: 'optimal', worst: 3e-12 }],
    [
      'scores that are tinier still',
      problem([
        [1e-16, 3e-16],
        [3e-16, 1e-16],
      ]),
      { status: 'optimal', worst: 3e-16, total: 6e-16 },
    ],
    [
      'nothing but zeros',
      problem([
        [0, 0],
        [0, 0],
      ]),
      { status: 'optimal', worst: 0, total: 0, proven: true },
    ],
  ])('are answered: %s', async (_, one, answer) => {
    expect(await solve(one)).toMatchObject(answer)
  })

  test('with 1,000 places of an expert too few propose one change each, the mildest', async () => {
    const result = await solve(
      problem(
        Array.from({ length: 30 }, () => [0.5, 0.6]),
        { experts: [expert(0, 1), expert(0, 2)] },
      ),
    )
    const units = result.relax?.reduce((sum, { from, to }) => sum + to - from, 0)
    expect(units).toBe(27)
    expect(result.relax?.every(({ change }) => change.endsWith('.max'))).toBe(true)
  })
})

describe('time', () => {
  const wide = problem(
    Array.from({ length: 8 }, (_, one) => Array.from({ length: 8 }, (_, other) => ((one * 7 + other * 3) % 10) / 10)),
  )

  test('that is over before anything is found is said so', async () => {
    await expect(match(wide, { ...means, elapsed: () => 601 })).rejects.toThrow(NoAnswer)
  })

  test('that runs out later leaves what was found, with bounds and unproven', async () => {
    // The best level fails, one is found; then no time is left to search between.
    const hard = problem(
      [
        [1, 0.3],
        [0.9, 0.2],
      ],
      { experts: [expert(0, 1), expert(0, 1)] },
    )
    let asked = 0
    const result = await match(hard, { ...means, elapsed: () => (asked++ < 6 ? 0 : 601) })
    expect(result.status).toBe('feasible')
    expect(result.proven).toBe(false)
    expect(result.bounds.worst).toBeGreaterThanOrEqual(0.3)
    expect(result.pairs).toHaveLength(2)
  })
})

test('levels just out of reach are told from those that can be reached, where scores are of as many digits as there are', async () => {
  const draw = chance('qualities')
  for (const round of [1, 2, 3]) {
    const qualities = Array.from({ length: 30 }, () => draw.below(1))
    const scores = Array.from({ length: 20 }, (_, one) =>
      qualities.map((own) => own * (0.5 + 0.0037 * ((one * 41) % 101))),
    )
    const experts = qualities.map(() => expert(1, 3))
    const { instance } = prepare(problem(scores, { cases: scores.map(() => ({ need: 3 })), experts }))
    let [low, high] = [0, 3e9]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((await relaxed(instance, middle, means))?.feasible) low = middle
      else high = middle - 1
    }
    expect(low, `round ${round}`).toBeGreaterThan(1e8)
  }
}, 60_000)

test('what cuts find at a level is still found where there is no time for the sets after them', async () => {
  let seen = 0
  await fc.assert(
    fc.asyncProperty(tightProblem, async (one) => {
      const best = tryAll(one)
      fc.pre(best !== null)
      let cut = false
      // Only the search that must not branch finds anything, and doesn't know how good it is.
      const rushed: Optimiser = {
        async open(model) {
          const open = await optimiser.open(model)
          const solve: typeof open.solve = async (options) => {
            const outcome = await open.solve(options)
            if (!model.columns.integer || outcome.status === 'infeasible') return outcome
            const found = options?.nodes === 1 && outcome.found
            cut ||= found
            return { ...outcome, status: 'out-of-time', found, bound: Number.POSITIVE_INFINITY }
          }
          return { ...open, solve }
        },
      }
      const { instance } = prepare(one)
      const answer = await bestAt(instance, instance.grid.units(best!.worst), { ...means, optimiser: rushed })
      if (!cut) return
      seen++
      expect(answer).toMatchObject({ is: 'some', total: instance.grid.units(best!.total) })
    }),
    { numRuns: 600 },
  )
  expect(seen).toBeGreaterThan(0)
}, 300_000)

describe('why', () => {
  test('names the hard rule and its place', async () => {
    const one = problem([[0.5, null, 0.3, 0.2]], {
      experts: [expert(0, 1), expert(0, 1), expert(0, 0), expert(0, 1)],
      conflicts: [[0, 3]],
    })
    const settled = async (at: number, more: Partial<Problem> = {}) =>
      (await why({ ...one, ...more }, [0, at], means))?.settledBy
    expect(await settled(1)).toEqual(['scores[0][1]'])
    expect(await settled(2)).toEqual(['experts[2].max'])
    expect(await settled(3)).toEqual(['conflicts[0]'])
    expect(await settled(0, { pins: [[0, 0]] })).toEqual(['pins[0]'])
    expect(await settled(2, { pins: [[0, 0]], experts: one.experts.map(() => expert(0, 1)) })).toEqual([
      'cases[0].need',
    ])
  })

  test('asks for the smallest change where the other way nothing is feasible', async () => {
    const one = problem(
      [
        [0.5, 0.4],
        [0.6, null],
      ],
      { experts: [expert(0, 1), expert(0, 1)] },
    )
    const answer = await why(one, [0, 0], means)
    expect(answer).toMatchObject({
      chosen: false,
      settledBy: [],
      relax: [{ change: 'experts[0].max', from: 1, to: 2 }],
    })
    expect(answer?.exactly).toBeUndefined()
  })

  test('has no answer where there is no assignment', async () => {
    expect(await why(problem([[null]]), [0, 0], means)).toBeNull()
  })

  test('tells the exact loss, which the prices never overstate', async () => {
    let asked = 0
    await fc.assert(
      fc.asyncProperty(smallProblem(), fc.nat(), fc.nat(), async (one, a, b) => {
        const best = tryAll(one)
        fc.pre(best !== null && one.cases.length > 0 && one.experts.length > 0)
        const pair = [a % one.cases.length, b % one.experts.length] as const
        const answer = await why(one, pair, means)
        if (answer!.settledBy.length > 0) return
        asked++
        const other = tryAll(
          answer!.chosen ? { ...one, conflicts: [...one.conflicts, pair] } : { ...one, pins: [...one.pins, pair] },
        )
        expect(answer!.exactly === undefined).toBe(other === null)
        if (!other) return
        expect(answer!.exactly!.worst).toBeCloseTo(other.worst - best!.worst, 6)
        expect(answer!.exactly!.total).toBeCloseTo(other.total - best!.total, 6)
        // At the same worst the loss is no smaller than what the prices say.
        if (answer!.exactly!.worst === 0) expect(answer!.atLeast).toBeLessThanOrEqual(-answer!.exactly!.total + 1e-6)
        const moved = [...answer!.loses!, ...answer!.gains!].reduce((sum, { from, to }) => sum + to - from, 0)
        expect(moved).toBeCloseTo(answer!.exactly!.total, 6)
      }),
      { numRuns: 300 },
    )
    expect(asked).toBeGreaterThan(100)
  }, 300_000)
})

test('every pair has its reason: whoever would suit better is held back by a bound that is named', async () => {
  let held = 0
  await fc.assert(
    fc.asyncProperty(smallProblem(), async (one) => {
      const { status, pairs, reasons = [] } = await solve(one)
      fc.pre(status === 'optimal')
      expect(reasons.map(({ pair }) => pair)).toEqual(pairs)
      for (const { reason, instead } of reasons) {
        for (const { breaks } of instead) {
          held++
          expect(breaks).toMatch(/^(experts|balance)\[\d+\]\.(min|max)$/)
        }
        expect(instead.length > 0).toBe(reason === 'next')
      }
    }),
    { numRuns: 300 },
  )
  expect(held).toBeGreaterThan(100)
}, 300_000)
