import { drawPanel, type Pool } from '#modules/participation/index.ts'
import { openOptimiser } from '#platform/optimiser.ts'
import type { Bench } from './figure.ts'
import { numbers } from './parts/numbers.ts'

/**
 * A pool as volunteers are: values of a person hang together, some groups volunteer more than their share of the population, and quotas are the
 * population's share of the panel, rounded to both sides. `most` bounds how many different combinations of values there are.
 */
export function volunteers(
  count: number,
  size: number,
  values: readonly number[],
  seed: number,
  most = Infinity,
): Pool {
  const next = numbers(seed)
  const categories = values.map((_, at) => `category ${at + 1}`)
  const shares = values.map((many) => {
    const weights = Array.from({ length: many }, () => 0.3 + next())
    const sum = weights.reduce((so, one) => so + one, 0)
    return weights.map((one) => one / sum)
  })
  const eager = values.map((many) => Array.from({ length: many }, () => Math.exp((next() - 0.5) * 2)))
  const draw = (): string[] => {
    const mood = next()
    return values.map((many, category) => {
      const weights = shares[category]!.map(
        (share, at) => share * eager[category]![at]! * (Math.abs(at / many - mood) < 0.3 ? 2 : 1),
      )
      let left = next() * weights.reduce((so, one) => so + one, 0)
      const value = weights.findIndex((weight) => {
        left -= weight
        return left <= 0
      })
      return `v${Math.max(0, value)}`
    })
  }
  const kinds = new Map<string, string[]>()
  const people = Array.from({ length: count }, (_, at) => {
    let kind = draw()
    if (kinds.size >= most) kind = [...kinds.values()][Math.floor(next() * kinds.size)]!
    kinds.set(kind.join(), kind)
    return { id: `p${at}`, values: kind, household: null }
  })
  const quotas = values.flatMap((_, category) =>
    shares[category]!.map((share, at) => ({
      category: categories[category]!,
      value: `v${at}`,
      min: Math.floor(share * size),
      max: Math.ceil(share * size),
    })),
  )
  return { people, categories, quotas, size }
}

const pools: { name: string; pool: Pool; seconds: number }[] = [
  { name: 'few types', seconds: 1, pool: volunteers(2_000, 200, [2, 2], 1) },
  { name: 'few types', seconds: 1, pool: volunteers(200, 20, [2, 2], 1) },
  { name: 'small panel', seconds: 10, pool: volunteers(150, 20, [2, 5, 5, 4, 4], 3) },
  { name: 'as many types', seconds: 2, pool: volunteers(300, 45, [2, 5, 5, 4, 3], 1, 120) },
  { name: 'as many types', seconds: 2.5, pool: volunteers(500, 75, [2, 5, 5, 4, 3], 1, 120) },
  { name: 'as many types', seconds: 3, pool: volunteers(750, 112, [2, 5, 5, 4, 3], 1, 120) },
  { name: '6 categories', seconds: 60, pool: volunteers(250, 30, [2, 5, 4, 4, 3, 3], 2) },
  { name: '6 categories', seconds: 120, pool: volunteers(750, 112, [2, 6, 6, 4, 4, 3], 1) },
  // Nearly everybody is a type of their own.
  { name: '8 categories', seconds: 120, pool: volunteers(750, 75, [2, 6, 5, 8, 6, 4, 3, 3], 1) },
  { name: '7 categories', seconds: 300, pool: volunteers(1_727, 110, [4, 6, 6, 5, 8, 6, 2], 1) },
]

export const bench: Bench = {
  name: 'sortition',
  async run(report) {
    for (const { name, pool, seconds: aim } of pools) {
      const optimiser = openOptimiser()
      const since = performance.now()
      const elapsed = () => (performance.now() - since) / 1000
      const result = await drawPanel(optimiser, pool, 'bench', { elapsed, seconds: aim, tell: () => {} })
      const seconds = elapsed()
      await optimiser.close()
      const kinds = new Set(pool.people.map(({ values }) => values.join())).size
      const size = `${pool.people.length} people, panel of ${pool.size}, ${kinds} types, ${pool.quotas.length} quotas`
      const met = result.status === 'optimal' && seconds < aim
      report({
        name: `LEXIMIN and lottery, ${name}`,
        size: `${size}: ${result.status}`,
        value: seconds,
        unit: 's',
        aim: `under ${aim} s`,
        met,
      })
    }
  },
}
