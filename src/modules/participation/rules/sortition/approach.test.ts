import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { openOptimiser } from '#platform/optimiser.ts'
import { approach } from './approach.ts'
import { leximin } from './leximin.ts'
import { unhurried } from './pace.ts'
import { isPanel } from './panels.ts'
import { group, type Pool } from './pool.ts'
import { drawPanel } from './sortition.ts'

const optimiser = openOptimiser()
afterAll(() => optimiser.close())

/** Some 30 people with three values in each of three categories, some in households, and quotas that the first of them keep. */
const pool: fc.Arbitrary<Pool> = fc
  .record({
    people: fc.array(fc.tuple(...[0, 1, 2].map(() => fc.constantFrom('x', 'y', 'z'))), {
      minLength: 20,
      maxLength: 30,
    }),
    homes: fc.array(fc.option(fc.constantFrom('h', 'i', 'j'), { nil: null, freq: 8 }), {
      minLength: 30,
      maxLength: 30,
    }),
    size: fc.integer({ min: 3, max: 9 }),
    slack: fc.integer({ min: 0, max: 1 }),
  })
  .map(({ people, homes, size, slack }) => {
    const all = people.map((values, at) => ({ id: `${at}`, values, household: at < size ? null : (homes[at] ?? null) }))
    const categories = ['a', 'b', 'c']
    const quotas = categories.flatMap((category, at) =>
      ['x', 'y', 'z'].map((value) => {
        const there = all.slice(0, size).filter((one) => one.values[at] === value).length
        return { category, value, min: Math.max(0, there - slack), max: there + slack }
      }),
    )
    return { people: all, categories, quotas, size }
  })

test('a mixture comes as near to chances that panels can give as it says', { timeout: 300_000 }, async () => {
  let [attained, count] = [0, 0]
  await fc.assert(
    fc.asyncProperty(pool, async (one) => {
      const instance = group(one)
      const fair = await leximin(optimiser, instance)
      if (!fair) return
      const near = await approach(optimiser, instance, fair.chances, unhurried)
      count++
      if (near.attained) attained++
      for (const { panel } of near.mixture) expect(isPanel(instance, panel)).toBe(true)
      for (const { probability } of near.mixture) expect(probability).toBeGreaterThan(0)
      expect(near.mixture.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12)
      for (const [kind, { members }] of instance.kinds.entries()) {
        const seats = near.mixture.reduce((all, { panel, probability }) => all + probability * panel[kind]!, 0)
        expect(Math.abs(seats / members.length - fair.chances[kind]!)).toBeLessThan(near.distance + 1e-7)
      }
    }),
    { numRuns: 60 },
  )
  expect(count).toBeGreaterThan(40)
  expect(attained / count).toBeGreaterThan(0.9)
})

test('a mixture stays away from chances that no panels give, as near as panels come', async () => {
  // Of any two of the first three one must stay away: a half for everybody obeys all rows, and no panel has more than one of them.
  const quotas = ['a', 'b', 'c'].flatMap((category) => [
    { category, value: 'x', min: 0, max: 1 },
    { category, value: 'y', min: 0, max: 2 },
  ])
  const people = ['xxy', 'xyx', 'yxx', 'yyy'].map((text, at) => ({ id: `${at}`, values: [...text], household: null }))
  const instance = group({ people, categories: ['a', 'b', 'c'], quotas, size: 2 })
  const aim = new Float64Array(instance.kinds.length).fill(1 / 2)
  const near = await approach(optimiser, instance, aim, unhurried)
  expect(near.attained).toBe(false)
  expect(near.distance).toBeGreaterThan(0.1)
})

test('a draw that runs out of time is fair as far as it goes, and says between what the best chances lie', {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(pool, async (one) => {
      const instance = group(one)
      const best = await leximin(optimiser, instance)
      const hasty = await drawPanel(optimiser, one, 'seed', { elapsed: () => 1, seconds: 0, tell: () => {} })
      if (hasty.status === 'infeasible') return expect(best).toBeNull()
      const lowest = Math.min(...(best?.chances ?? []))
      expect(hasty.panels).toHaveLength(1000)
      expect(hasty.minimum).toBeLessThanOrEqual(lowest + 1e-6)
      if (hasty.status === 'optimal') return expect(hasty.minimum).toBeCloseTo(lowest, 5)
      const bounds = Object.entries(hasty.bounds ?? {})
      expect(bounds).toHaveLength(one.people.length)
      for (const [id, [lower, upper]] of bounds) {
        expect(lower).toBe(hasty.probabilities[id])
        expect(upper).toBeGreaterThanOrEqual(lower)
      }
      // Somebody has the lowest chance in the best distribution, so not all bounds from above are lower than that.
      expect(Math.max(...bounds.map(([, [, upper]]) => upper))).toBeGreaterThanOrEqual(lowest - 1e-6)
    }),
    { numRuns: 40 },
  )
})

/** 240 people of nearly as many kinds, and quotas that a share of the pool gives, rounded to both sides. */
function manyKinds(): Pool {
  let state = 7
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const [count, size] = [240, 24]
  const categories = ['a', 'b', 'c', 'd', 'e']
  // Squared, so that some values are rare.
  const people = Array.from({ length: count }, (_, at) => ({
    id: `${at}`,
    values: categories.map(() => `v${Math.floor(4 * next() ** 2)}`),
    household: null,
  }))
  const quotas = categories.flatMap((category, at) =>
    ['v0', 'v1', 'v2', 'v3'].map((value) => {
      const share = (people.filter(({ values }) => values[at] === value).length / count + 1 / 4) / 2
      return { category, value, min: Math.floor(share * size), max: Math.ceil(share * size) }
    }),
  )
  return { people, categories, quotas, size }
}

test('with many kinds chances are proven, and if time ends while panels are mixed nobody is left without one', {
  timeout: 300_000,
}, async () => {
  const pool = manyKinds()
  expect(group(pool).kinds.length).toBeGreaterThan(150)
  const best = await drawPanel(optimiser, pool, 'seed')
  if (best.status === 'infeasible') throw new Error('there is a panel')
  expect(best.status).toBe('optimal')
  let seconds = 0
  const tell = (said: string) => {
    if (said.includes('off the aim')) seconds = 2
  }
  const hasty = await drawPanel(optimiser, pool, 'seed', { elapsed: () => seconds, seconds: 1, tell })
  if (hasty.status === 'infeasible') throw new Error('there is a panel')
  expect(hasty.status).toBe('feasible')
  expect(hasty.minimum).toBeGreaterThan(0)
  expect(hasty.minimum).toBeLessThanOrEqual(best.minimum + 1e-6)
})
