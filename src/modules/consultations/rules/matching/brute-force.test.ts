import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { openOptimiser } from '#platform/optimiser.ts'
import { chance } from '../../../../../tests/chance.ts'
import { hurried } from '../../../../../tests/hurried-solver.ts'
import { check } from '../checking/check.ts'
import { match, NoAnswer } from './match.ts'
import type { Change, Problem } from './problem.ts'
import { alikeProblem, fewestUnits, smallProblem, tightProblem, tryAll } from './small-problems.ts'

const optimiser = openOptimiser()
afterAll(() => optimiser.close())
const means = { optimiser, elapsed: () => 0, seconds: 600 }

/** The problem after the change. */
function changed(problem: Problem, changes: readonly Change[]): Problem {
  const copy = structuredClone(problem) as unknown as Record<string, Record<string, number>[]>
  const dropped = new Set<number>()
  for (const { change, from, to } of changes) {
    const [, list = '', at = '', key = ''] = /^(\w+)\[(\d+)\](?:\.(\w+))?$/.exec(change) ?? []
    if (list === 'pins') dropped.add(Number(at))
    else {
      expect(copy[list]?.[Number(at)]?.[key]).toBe(from)
      copy[list]![Number(at)]![key] = to
    }
  }
  const after = copy as unknown as Problem
  return { ...after, pins: after.pins.filter((_, at) => !dropped.has(at)) }
}

describe('matching, against trying everything', () => {
  test('finds the best worst, then the best total, or that nothing is feasible; 1,500 problems', async () => {
    const seen = { optimal: 0, infeasible: 0, prices: 0, search: 0, rules: 0 }
    await fc.assert(
      fc.asyncProperty(smallProblem(), async (problem) => {
        const best = tryAll(problem)
        const result = await match(problem, means)
        expect(result.proven).toBe(true)
        expect(result.status).toBe(best ? 'optimal' : 'infeasible')
        if (result.status === 'infeasible') seen.infeasible++
        if (!best) return
        seen.optimal++
        // Scores of too many digits are taken to the billionth part of the largest.
        const digits = result.resolution ? 6 : 9
        expect(result.worst).toBeCloseTo(best.worst, digits)
        expect(result.total).toBeCloseTo(best.total, digits)
        expect(result.bounds).toEqual({ worst: result.worst, total: result.total })
        seen[JSON.stringify(result.certificate).includes('search') ? 'search' : 'prices']++
        expect(result.prices.map(({ rule }) => rule)).toEqual(problem.balance.map((_, rule) => rule))
        for (const { rule, worst, total } of result.prices) {
          seen.rules++
          const without = tryAll({ ...problem, balance: problem.balance.toSpliced(rule, 1) })
          expect(worst).toBeCloseTo(without!.worst - best.worst, digits)
          expect(total).toBeCloseTo(without!.total - best.total, digits)
        }
      }),
      { numRuns: 1500 },
    )
    // The generator would be worthless if one kind were rare.
    expect(Math.min(seen.optimal, seen.infeasible, seen.rules)).toBeGreaterThan(200)
  }, 600_000)

  test('finds both where cases are alike too; 3,000 problems', async () => {
    let shared = 0
    let optimal = 0
    await fc.assert(
      fc.asyncProperty(alikeProblem, async (problem) => {
        const best = tryAll(problem)
        const tell = (said: string) => {
          if (said.startsWith('sharing')) shared++
        }
        const result = await match(problem, { ...means, tell })
        expect(result.status).toBe(best ? 'optimal' : 'infeasible')
        if (!best) return
        optimal++
        const digits = result.resolution ? 6 : 9
        expect(result.worst).toBeCloseTo(best.worst, digits)
        expect(result.total).toBeCloseTo(best.total, digits)
        const { verdict, wrong } = check(JSON.stringify(problem), JSON.stringify({ ...result, seconds: 0 }))
        expect({ verdict, wrong }).toEqual({ verdict: expect.stringMatching(/right|unproven/), wrong: [] })
      }),
      { numRuns: 3000 },
    )
    expect(Math.min(shared, optimal)).toBeGreaterThan(100)
  }, 600_000)

  test.each([
    ['of any kind', smallProblem()],
    ['alike', alikeProblem],
    ['tight', tightProblem],
  ])(
    'calls nothing proven that is not, however little time there was; 300 problems %s',
    async (_, problems) => {
      const seen = { none: 0, open: 0, proven: 0 }
      await fc.assert(
        fc.asyncProperty(problems, fc.string(), async (problem, seed) => {
          const best = tryAll(problem)
          const result = await match(problem, { ...means, optimiser: hurried(optimiser, chance(seed)) }).catch(
            (error) => {
              if (error instanceof NoAnswer) return null
              throw error
            },
          )
          if (!result) {
            seen.none++
            return
          }
          expect(result.status === 'infeasible').toBe(best === null)
          if (!best || result.worst === null || result.total === null) return
          const { worst = 0, total = 0 } = result.bounds as Record<string, number>
          const dust = result.resolution ? 1e-6 : 1e-9
          expect(worst).toBeGreaterThanOrEqual(best.worst - dust)
          if (result.worst >= best.worst - dust) expect(total).toBeGreaterThanOrEqual(best.total - dust)
          seen[result.proven ? 'proven' : 'open']++
          if (!result.proven) return
          expect(result.worst).toBeCloseTo(best.worst, 6)
          expect(result.total).toBeCloseTo(best.total, 6)
          const { verdict, wrong } = check(JSON.stringify(problem), JSON.stringify({ ...result, seconds: 0 }))
          expect({ verdict, wrong }).toEqual({ verdict: expect.stringMatching(/right|unproven/), wrong: [] })
        }),
        { numRuns: 300 },
      )
      expect(Math.min(seen.open, seen.proven)).toBeGreaterThan(5)
    },
    600_000,
  )

  test('finds the smallest change of what is infeasible, and it does; 400 problems', async () => {
    let infeasible = 0
    await fc.assert(
      fc.asyncProperty(smallProblem(12), async (problem) => {
        fc.pre(tryAll(problem) === null)
        infeasible++
        const { relax = [] } = await match(problem, means)
        const units = relax.reduce((sum, { from, to }) => sum + Math.abs(to - from), 0)
        expect(units).toBe(fewestUnits(problem))
        expect(tryAll(changed(problem, relax))).not.toBeNull()
      }),
      { numRuns: 400 },
    )
    expect(infeasible).toBeGreaterThanOrEqual(400)
  }, 600_000)
})
