import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { openOptimiser } from '#platform/optimiser.ts'
import { match } from '../matching/match.ts'
import type { Matching, Problem } from '../matching/problem.ts'
import { smallProblem, tryAll } from '../matching/small-problems.ts'
import { check } from './check.ts'
import { Unreadable } from './files.ts'

const optimiser = openOptimiser()
afterAll(() => optimiser.close())
const means = { optimiser, elapsed: () => 0, seconds: 600 }

type Loose = Record<string, unknown> & {
  pairs: [number, number][]
  worst: number
  total: number
  relax: { to: number }[]
}
const solved = async (problem: Problem) => structuredClone(await match(problem, means)) as unknown as Loose & Matching
const checked = (problem: Problem, result: object) => check(JSON.stringify(problem), JSON.stringify(result))
const optimal = ['no assignment has a greater worst', 'no assignment with this worst has a greater total']

describe('the checker', () => {
  test('shares no code with the solver, nor with anything else', () => {
    const files = readdirSync(import.meta.dirname).filter((name) => !name.includes('.test.'))
    const imported = files.flatMap((name) =>
      [...readFileSync(`${import.meta.dirname}/${name}`, 'utf8').matchAll(/from '([^']+)'/g)].map(([, from]) => from),
    )
    expect(files.length).toBeGreaterThan(3)
    expect(imported.filter((from) => !from?.startsWith('./'))).toEqual([])
  })

  test('finds every result right, and proves nearly all of them by their certificates', async () => {
    const count = { all: 0, proven: 0 }
    await fc.assert(
      fc.asyncProperty(smallProblem(), async (problem) => {
        const result = await solved(problem)
        const { verdict, wrong, verified } = checked(problem, result)
        expect(wrong).toEqual([])
        count.all++
        const claims = result.status === 'infeasible' ? ['infeasible, and no smaller change would do'] : optimal
        expect(claims.every((claim) => verified.includes(claim))).toBe(verdict === 'right')
        if (verdict === 'right') count.proven++
      }),
      { numRuns: 600 },
    )
    expect(count.proven / count.all).toBeGreaterThan(0.95)
  }, 300_000)

  /** Ways to forge a result; each makes something untrue. */
  const forgeries: Record<string, (result: Loose, problem: Problem, at: number) => void> = {
    'a better worst': (result) => (result.worst += 0.01),
    'a better total': (result) => (result.total += 0.01),
    'a pair fewer': (result, _, at) => result.pairs.splice(at % result.pairs.length, 1),
    'a pair twice': (result, _, at) => result.pairs.push(result.pairs[at % result.pairs.length]!),
    'a pair that is not there': (result, { experts }) => result.pairs.push([0, experts.length]),
    'another expert': (result, { experts }, at) => (result.pairs[at % result.pairs.length]![1] = experts.length),
    'a bound below the value': (result) =>
      Object.assign(result, { bounds: { worst: result.worst, total: result.total - 0.01 } }),
    'a bound above the proven value': (result) =>
      Object.assign(result, { bounds: { worst: result.worst, total: result.total + 0.01 } }),
    'unproven optimality': (result) => Object.assign(result, { proven: false }),
    'a resolution on which scores do not lie': (result, { scores }) =>
      Object.assign(result, { resolution: 0.7 * (scores.flat().find(Boolean) ?? -1) }),
  }
  test(`refuses ${Object.keys(forgeries).join(', ')}`, async () => {
    let forged = 0
    await fc.assert(
      fc.asyncProperty(smallProblem(), fc.nat(), async (problem, at) => {
        const result = await solved(problem)
        fc.pre(result.status === 'optimal' && result.pairs.length > 0)
        forged++
        for (const [name, forge] of Object.entries(forgeries)) {
          const copy = structuredClone(result)
          forge(copy, problem, at)
          expect(checked(problem, copy).verdict, name).toBe('wrong')
        }
      }),
      { numRuns: 150 },
    )
    expect(forged).toBeGreaterThan(100)
  }, 300_000)

  test('refuses a poorer assignment under the certificate of the best, and accepts none without a certificate', async () => {
    let poor = 0
    await fc.assert(
      fc.asyncProperty(smallProblem(), async (problem) => {
        const best = await solved(problem)
        fc.pre(best.status === 'optimal')
        // The same problem turned upside down has another best, feasible here too.
        const scores = problem.scores.map((line) => line.map((score) => (score === null ? null : 50 - score)))
        const { pairs } = await solved({ ...problem, scores })
        const units = problem.cases.map((_, one) =>
          pairs.filter(([a]) => a === one).reduce((sum, [, b]) => sum + problem.scores[one]![b]!, 0),
        )
        const figures = { worst: units.length === 0 ? 0 : Math.min(...units), total: units.reduce((a, b) => a + b, 0) }
        fc.pre(figures.worst < best.worst - 1e-6 || figures.total < best.total - 1e-6)
        poor++
        const forged = { ...best, pairs, ...figures, bounds: figures }
        expect(checked(problem, forged).verdict).not.toBe('right')
        const { certificate: _, ...bare } = forged
        expect(checked(problem, bare).verdict).not.toBe('right')
      }),
      { numRuns: 150 },
    )
    expect(poor).toBeGreaterThan(50)
  }, 300_000)

  test('refuses a change that does not do, or that is not of this file', async () => {
    let seen = 0
    await fc.assert(
      fc.asyncProperty(smallProblem(), fc.nat(), async (problem, at) => {
        const result = await solved(problem)
        fc.pre(result.status === 'infeasible')
        seen++
        const without = { ...result, relax: result.relax.toSpliced(at % result.relax.length, 1) }
        expect(checked(problem, without).verdict).toBe('wrong')
        const other = structuredClone(result) as Loose
        other.relax[at % other.relax.length]!.to += 7
        expect(checked(problem, other).verdict).not.toBe('right')
        const mistaken = result.relax.map((one) => ({ ...one, change: `experts[${problem.experts.length}].max` }))
        expect(checked(problem, { ...result, relax: mistaken }).verdict).toBe('wrong')
      }),
      { numRuns: 150 },
    )
    expect(seen).toBeGreaterThan(50)
  }, 300_000)

  test('is not talked into optimality by whatever certificate, nor into infeasibility', async () => {
    const price = fc.tuple(fc.nat(4), fc.double({ min: -2, max: 2, noNaN: true }))
    const proof = fc.record({
      kind: fc.constantFrom('case', 'prices', 'search'),
      case: fc.nat(3),
      experts: fc.array(price, { maxLength: 6 }),
      balance: fc.array(price, { maxLength: 2 }),
    })
    let poor = 0
    await fc.assert(
      fc.asyncProperty(smallProblem(), proof, proof, fc.nat(), async (problem, worst, total, seed) => {
        const best = tryAll(problem)
        fc.pre(best !== null)
        // Some feasible assignment, that need not be the best: that of other scores.
        const scores = problem.scores.map((line, one) =>
          line.map((score, expert) => (score === null ? null : ((seed + 7 * one + 13 * expert) % 10) / 10)),
        )
        const { pairs } = await solved({ ...problem, scores })
        const units = problem.cases.map((_, one) =>
          pairs.filter(([a]) => a === one).reduce((sum, [, b]) => sum + problem.scores[one]![b]!, 0),
        )
        const figures = { worst: units.length === 0 ? 0 : Math.min(...units), total: units.reduce((a, b) => a + b, 0) }
        const result = {
          status: 'optimal',
          proven: true,
          pairs,
          ...figures,
          bounds: figures,
          certificate: { worst, total },
        }
        const { verdict, verified } = checked(problem, result)
        if (best!.worst > figures.worst + 1e-6) {
          poor++
          expect(verdict).not.toBe('right')
          expect(verified).not.toContain(optimal[0])
        } else if (best!.total > figures.total + 1e-6) {
          poor++
          expect(verdict).not.toBe('right')
          expect(verified).not.toContain(optimal[1])
        }
      }),
      { numRuns: 300 },
    )
    expect(poor).toBeGreaterThan(50)
  }, 300_000)

  test.each([
    ['{', '{}', 'the file: is no JSON'],
    ['{"scores": [], "cases": [], "experts": []}', '[]', 'the result: is no object'],
    ['{"scores": [[1]], "cases": [], "experts": []}', '{}', 'scores[0]: is no list'],
    ['{"scores": [], "cases": [], "experts": []}', '{"status": "optimal"}', 'pairs: is no list'],
    ['{"scores": [], "cases": [], "experts": []}', '{"status": "optimal", "pairs": [[1]]}', 'pairs[0]: is no pair'],
  ])('says what it can’t read: %s %s', (file, result, sentence) => {
    expect(() => check(file, result)).toThrow(Unreadable)
    expect(() => check(file, result)).toThrow(sentence)
  })
})
