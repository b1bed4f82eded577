import { check, match, NoAnswer, readProblem } from '#modules/consultations/index.ts'
import { openOptimiser } from '#platform/optimiser.ts'
import type { Bench } from './figure.ts'
import { numbers } from './parts/numbers.ts'

/** Processor time that a problem may take. */
const aim = 20
const seeds = [1, 2, 3, 4, 5]

/**
 * Problems of 25 kinds at the size of a conference, five of each: how many are proven within 20 seconds of processor time, and what the slowest took. Processor time, as
 * 125 problems take a while, in which the machine may have other things to do.
 */
export const bench: Bench = {
  name: 'matching-kinds',
  async run(report) {
    let proven = 0
    let slowest = 0
    for (const [kind, plan] of Object.entries(kinds)) {
      const times: number[] = []
      let here = 0
      for (const seed of seeds) {
        const { seconds, done } = await solve(problemOf(plan, seed))
        times.push(seconds)
        if (done) here++
      }
      proven += here
      const most = Math.max(...times)
      if (here === seeds.length) slowest = Math.max(slowest, most)
      const size = `${here} of ${seeds.length} proven, the slowest`
      report({
        name: kind,
        size,
        value: most,
        unit: 's',
        aim: `all proven within ${aim} s`,
        met: here === seeds.length,
      })
    }
    const all = seeds.length * Object.keys(kinds).length
    report({ name: 'all', size: `${proven} of ${all} proven; the slowest kind proven`, value: slowest, unit: 's' })
  },
}

async function solve(text: string): Promise<{ seconds: number; done: boolean }> {
  const answer = readProblem(text)
  if (!('problem' in answer)) throw new Error(JSON.stringify(answer.faults))
  const optimiser = openOptimiser()
  const began = process.cpuUsage()
  const elapsed = () => {
    const { user, system } = process.cpuUsage(began)
    return (user + system) / 1e6
  }
  try {
    const result = await match(answer.problem, { optimiser, elapsed, seconds: aim })
    const seconds = elapsed()
    const { wrong } = check(text, JSON.stringify({ ...result, seconds }))
    if (wrong.length > 0) throw new Error(wrong.join('; '))
    return { seconds, done: result.proven }
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
    return { seconds: elapsed(), done: false }
  } finally {
    await optimiser.close()
  }
}

type Plan = {
  /** The score of a pair, by what is drawn for case, expert and pair, each from 0 to 1. */
  score(ofCase: number, ofExpert: number, ofPair: number): number
  digits?: number
  /** Wanted by each case, at least and at most. */
  need?: [number, number]
  min?: number
  max?: number
  /** How many pairs are possible. */
  density?: number
  conflicts?: number
  pins?: number
  rules?: ('case' | 'all')[]
}

const pairs = (_case: number, _expert: number, pair: number) => pair
const power = (by: number) => (_case: number, _expert: number, pair: number) => pair ** by
const quality = (_case: number, expert: number) => expert

const kinds: Record<string, Plan> = {
  'even, at least 0': { score: pairs },
  'even, at least 1, 1 to 3 wanted': { score: pairs, min: 1, need: [1, 3] },
  'even, at least 2': { score: pairs, min: 2 },
  'whole numbers 0 to 2': { score: (_, __, pair) => Math.floor(pair * 3), min: 1 },
  'whole numbers 0 to 5': { score: (_, __, pair) => Math.floor(pair * 6), min: 2 },
  'all equal': { score: () => 1, min: 1 },
  'sparse, 1 to 3 wanted': { score: pairs, density: 0.1, need: [1, 3] },
  clustered: {
    score: (one, expert, pair) => (Math.floor(one * 8) === Math.floor(expert * 8) ? 0.6 : 0.1) + 0.3 * pair,
    min: 1,
  },
  'third powers': { score: power(3), min: 2 },
  'sixth powers': { score: power(6), min: 2 },
  'tenth powers': { score: power(10), min: 1 },
  lognormal: { score: (_, __, pair) => Math.exp(Math.log((pair + 1e-3) / (1 - pair + 1e-3)) / 1.7), min: 1 },
  pareto: { score: (_, __, pair) => (1 - 0.999 * pair) ** -0.5, min: 1 },
  'one pair in ten in conflict': { score: pairs, min: 2, conflicts: 2000 },
  'thirty pins': { score: pairs, min: 1, pins: 30 },
  'rules per case': { score: pairs, min: 1, rules: ['case'] },
  'rules over all': { score: pairs, min: 1, rules: ['all'] },
  'rules per case and over all': { score: pairs, min: 2, rules: ['case', 'all'] },
  'every place taken': { score: pairs, min: 2, max: 2 },
  'product of both qualities': { score: (one, expert) => one * expert },
  'product, 1 to 3 wanted': { score: (one, expert) => one * expert, need: [1, 3], min: 1 },
  'quality of the expert, at least 0': { score: quality, digits: 3 },
  'quality of the expert, at least 2': { score: quality, digits: 3, min: 2 },
  'quality of the expert, to four digits': { score: quality },
  'quality of the expert, nearly': { score: (_, expert, pair) => expert + 0.01 * pair, digits: 3 },
}

/** The same plan and seed give the same problem. */
function problemOf(plan: Plan, seed: number): string {
  const { score, digits = 4, need: [least, most] = [3, 3], min = 0, max = 4, density = 1, rules = [] } = plan
  const next = numbers(seed * 7919)
  const cases = Array.from({ length: 118 }, next)
  const experts = Array.from({ length: 177 }, next)
  const scores = cases.map((one) =>
    experts.map((expert) => (next() < density ? Number(score(one, expert, next()).toFixed(digits)) : null)),
  )
  const pair = () => [Math.floor(next() * cases.length), Math.floor(next() * experts.length)]
  const list = (count = 0) => Array.from({ length: count }, pair)
  return JSON.stringify({
    scores,
    cases: cases.map(() => ({ need: least + Math.floor(next() * (most - least + 1)) })),
    experts: experts.map(() => ({
      min,
      max,
      groups: [next() < 0.4 ? 'f' : 'm', ['30s', '40s', '50s'][Math.floor(next() * 3)]],
    })),
    conflicts: list(plan.conflicts),
    pins: list(plan.pins),
    balance: [
      ...(rules.includes('case')
        ? [
            { per: 'case', group: 'f', min: 1, max: 2 },
            { per: 'case', group: '30s', max: 2 },
          ]
        : []),
      ...(rules.includes('all') ? [{ per: 'all', group: '50s', min: 60, max: 110 }] : []),
    ],
  })
}
