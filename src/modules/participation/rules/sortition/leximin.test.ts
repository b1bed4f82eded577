import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { Optimiser } from '#core/optimisation.ts'
import { openOptimiser } from '#platform/optimiser.ts'
import { leximin, tolerance } from './leximin.ts'
import { isPanel } from './panels.ts'
import { group, type Person, type Pool } from './pool.ts'
import { inWholeNumbers } from './whole-numbers.ts'

const optimiser = openOptimiser()
afterAll(() => optimiser.close())

/** Chances by id, as the rules reckon them. */
async function chances(pool: Pool): Promise<Map<string, number> | null> {
  const instance = group(pool)
  const result = await leximin(optimiser, instance)
  if (!result) return null
  expect(result.proven).toBe(true)
  for (const { panel } of result.mixture) expect(isPanel(instance, panel)).toBe(true)
  return new Map(instance.kinds.flatMap(({ members }, kind) => members.map((id) => [id, result.chances[kind] ?? -1])))
}

/** A pool of single people: each text is the first letters of one person's values, a category per letter. */
function poolOf(
  people: readonly string[],
  quotas: readonly string[],
  size: number,
  households: readonly string[] = [],
): Pool {
  const categories = ['a', 'b', 'c'].slice(0, people[0]?.length ?? 0)
  return {
    size,
    categories,
    people: people.map((text, at) => ({ id: `${at}`, values: [...text], household: households[at] || null })),
    quotas: quotas.map((line) => {
      const [category = '', value = '', min, max] = line.split(' ')
      return { category, value, min: Number(min), max: Number(max) }
    }),
  }
}

describe('LEXIMIN', () => {
  test('gives all the same chance where quotas allow it', async () => {
    const pool = poolOf(['x', 'x', 'x', 'y', 'y', 'y'], ['a x 0 2', 'a y 0 2'], 2)
    expect([...((await chances(pool)) ?? []).values()].map((one) => one.toFixed(9))).toEqual(
      Array(6).fill('0.333333333'),
    )
  })

  test('raises whom quotas make rare no more than they must, and then the next lowest', async () => {
    // One y must be there: it is sure of its seat; the second seat is shared by the three x.
    const pool = poolOf(['x', 'x', 'x', 'y'], ['a x 0 1', 'a y 1 1'], 2)
    const found = await chances(pool)
    expect(['0', '1', '2', '3'].map((id) => found?.get(id)?.toFixed(9))).toEqual([
      '0.333333333',
      '0.333333333',
      '0.333333333',
      '1.000000000',
    ])
  })

  test('is proven where the best chances lie on facets with fractions', async () => {
    const people = 'xyy xxx xxx xzz yzz xyz xxx zxx xxy xzx yyy xzz yxx yzy xxz xzx xxz xyz zxx xzy zxx zxx zyx xyz'
    const homes = '- - - - - j h j h i - j j j h h h j h h - i - j'
    const quotas = ['a x 4 4', 'a y 1 1', 'a z 0 0', 'b x 2 2', 'b y 1 1', 'b z 2 2', 'c x 2 2', 'c y 1 1', 'c z 2 2']
    const households = homes.split(' ').map((one) => (one === '-' ? '' : one))
    expect(await chances(poolOf(people.split(' '), quotas, 5, households))).toHaveProperty('size', 24)
  })

  test('is handed back without proof, but fair to a panel, where the solver is lost in rounding', async () => {
    // The model of the bounds from above is the one whose first column is free; all but its first level get lost.
    const astray: Optimiser = {
      open: async (model) => {
        const real = await optimiser.open(model)
        let solved = 0
        const solve: typeof real.solve = async (options) => {
          const outcome = await real.solve(options)
          return solved++ === 0 ? outcome : { ...outcome, status: 'infeasible' }
        }
        return model.columns.lower[0] === -Infinity ? { ...real, solve } : real
      },
    }
    const instance = group(poolOf(['x', 'x', 'x', 'y'], ['a x 0 1', 'a y 1 1'], 2))
    const result = await leximin(astray, instance)
    expect(result).toMatchObject({ proven: false })
    expect(result?.levels).toHaveLength(1)
    for (const { panel } of result?.mixture ?? []) expect(isPanel(instance, panel)).toBe(true)
    expect(result?.mixture.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12)
    expect(Math.min(...(result?.chances ?? []))).toBeCloseTo(1 / 3, 9)
  })

  test('never draws two of one household, which halves the chances of couples', async () => {
    const found = await chances(poolOf(['x', 'x', 'x'], ['a x 0 2'], 2, ['h', 'h', '']))
    expect(['0', '1', '2'].map((id) => found?.get(id)?.toFixed(9))).toEqual([
      '0.500000000',
      '0.500000000',
      '1.000000000',
    ])
  })

  test('gives 0 to whom no panel can hold, and says that this is proven', async () => {
    // The only y with b = q cannot come with r, of which there must be two.
    const found = await chances(poolOf(['yq', 'xr', 'xr', 'xr'], ['a x 0 2', 'a y 0 1', 'b q 0 1', 'b r 2 2'], 2))
    expect(found?.get('0')).toBe(0)
    expect(found?.get('1')).toBeCloseTo(2 / 3, 9)
  })

  test('says where there is no panel, also where only whole people make it impossible', async () => {
    expect(await chances(poolOf(['x', 'x'], ['a x 0 1'], 2))).toBeNull()
    // Any two of the first three would break a quota, one of them another: halves of all three would do, people do not.
    const odd = poolOf(
      ['xxy', 'xyx', 'yxx', 'yyy'],
      ['a x 1 1', 'a y 0 2', 'b x 1 1', 'b y 0 2', 'c x 1 1', 'c y 0 2'],
      2,
    )
    expect(await chances(odd)).toBeNull()
  })

  test('is not content with chances that only parts of people could have', async () => {
    const quotas = ['a x 0 1', 'a y 0 2', 'b x 0 1', 'b y 0 2', 'c x 0 1', 'c y 0 2']
    const found = await chances(poolOf(['xxy', 'xyx', 'yxx', 'yyy'], quotas, 2))
    // Without whole numbers it would be a half for everybody.
    expect(['0', '1', '2', '3'].map((id) => found?.get(id)?.toFixed(9))).toEqual([
      '0.333333333',
      '0.333333333',
      '0.333333333',
      '1.000000000',
    ])
  })

  test('takes no notice of the order in which people are listed', async () => {
    const people = ['xp', 'xq', 'yp', 'yq', 'yq', 'xq', 'xp', 'yp']
    const pool = poolOf(people, ['a x 1 2', 'a y 1 2', 'b p 1 1', 'b q 1 2'], 3)
    const turned = { ...pool, people: pool.people.toReversed() }
    expect(await chances(turned)).toEqual(await chances(pool))
  })

  test('agrees with brute force on 1,200 random pools: all panels listed, each level by a simplex of its own', {
    timeout: 600_000,
  }, async () => {
    let possible = 0
    await fc.assert(
      fc.asyncProperty(randomPool, async (pool) => {
        const [found, expected] = [await chances(pool), bruteForce(pool)]
        expect(found === null).toBe(expected === null)
        if (!expected) return
        possible++
        for (const [id, chance] of expected) expect(Math.abs((found?.get(id) ?? -1) - chance)).toBeLessThan(tolerance)
      }),
      { numRuns: 1_200 },
    )
    expect(possible).toBeGreaterThan(600)
  })
})

/** Up to 10 people, 3 categories of 2 or 3 values, panels of up to 5, some households; quotas around one panel that exists, or any. */
const randomPool: fc.Arbitrary<Pool> = fc
  .record({
    people: fc.integer({ min: 3, max: 10 }),
    size: fc.integer({ min: 1, max: 5 }),
    values: fc.array(fc.integer({ min: 2, max: 3 }), { minLength: 1, maxLength: 3 }),
    dice: fc.infiniteStream(fc.nat(1_000_000)),
    homes: fc.constantFrom(0, 0, 2, 4),
    slack: fc.constantFrom(0, 0, 1),
    around: fc.constantFrom(true, true, true, false),
  })
  .map(({ people: count, size: asked, values, dice, homes, slack, around }) => {
    const roll = (sides: number) => (dice.next().value ?? 0) % sides
    const size = Math.min(asked, count)
    const people: Person[] = Array.from({ length: count }, (_, at) => ({
      id: `p${at}`,
      // Small values are likelier, so that some are rare.
      values: values.map((many) => `v${Math.min(roll(many), roll(many))}`),
      household: homes > 0 && roll(2) === 0 ? `h${roll(homes)}` : null,
    }))
    const shuffled = people.map((one) => [roll(1_000_000), one] as const).sort(([a], [b]) => a - b)
    const some = shuffled.slice(0, size).map(([, one]) => one)
    const quotas = values.flatMap((many, category) =>
      Array.from({ length: many }, (_, value) => {
        const there = some.filter((one) => one.values[category] === `v${value}`).length
        const min = around ? Math.max(0, there - roll(1 + slack)) : roll(2)
        const max = around ? there + roll(2) * slack : min + roll(3)
        return { category: `c${category}`, value: `v${value}`, min, max }
      }),
    )
    return { people, categories: values.map((_, at) => `c${at}`), quotas, size }
  })

/** LEXIMIN by definition: whoever cannot get more than the lowest chance keeps it; the others go on. */
function bruteForce({ people, categories, quotas, size }: Pool): Map<string, number> | null {
  const panels: number[][] = []
  const pick = (from: number, chosen: number[]) => {
    if (chosen.length === size) {
      const homes = chosen.flatMap((at) => people[at]?.household ?? [])
      const within = quotas.every(({ category, value, min, max }) => {
        const there = chosen.filter((at) => people[at]?.values[categories.indexOf(category)] === value).length
        return there >= min && there <= max
      })
      if (within && new Set(homes).size === homes.length) panels.push(chosen)
      return
    }
    for (let at = from; at < people.length; at++) pick(at + 1, [...chosen, at])
  }
  pick(0, [])
  if (panels.length === 0) return null

  const level: (number | null)[] = people.map(() => null)
  const isIn = (person: number) => panels.map((panel) => (panel.includes(person) ? 1 : 0))
  /** The largest value of the objective (over panels, then z) when everybody has at least their level, or z. */
  const best = (objective: readonly number[], floor: number | null) => {
    const rows = people.map((_, at) => {
      const known = level[at] ?? floor
      return known === null
        ? { at: [...isIn(at).map((one) => -one), 1], most: 0 }
        : { at: [...isIn(at).map((one) => -one), 0], most: -(known - 1e-11) }
    })
    return simplex(objective, [...rows, { at: [...panels.map(() => 1), 0], most: 1 }])
  }
  while (level.includes(null)) {
    const lowest = best([...panels.map(() => 0), 1], null)
    const stuck = people.flatMap((_, at) =>
      level[at] === null && best([...isIn(at), 0], lowest) < lowest + 1e-8 ? at : [],
    )
    expect(stuck.length).toBeGreaterThan(0)
    for (const at of stuck) level[at] = lowest
  }
  return new Map(people.map(({ id }, at) => [id, level[at] ?? -1]))
}

/** max c·x with rows·x ≤ most, x ≥ 0, by the tableau in two phases with Bland's rule. Rows must be feasible and the maximum finite. */
function simplex(objective: readonly number[], rows: readonly { at: readonly number[]; most: number }[]): number {
  const [columns, slacks] = [objective.length, rows.length]
  // Columns: x, slacks, one artificial (−1 in every row), right-hand side.
  const table = rows.map(({ at, most }, row) => [...at, ...rows.map((_, other) => (other === row ? 1 : 0)), -1, most])
  const basis = rows.map((_, row) => columns + row)
  const artificial = columns + slacks
  const pivot = (cost: number[], row: number, column: number) => {
    const line = table[row] ?? []
    const by = line[column] ?? 1
    for (let at = 0; at < line.length; at++) line[at] = (line[at] ?? 0) / by
    for (const other of [...table, cost]) {
      const times = other[column] ?? 0
      if (other === line || times === 0) continue
      for (let at = 0; at < other.length; at++) other[at] = (other[at] ?? 0) - times * (line[at] ?? 0)
    }
    basis[row] = column
  }
  const run = (cost: number[], allowed: number) => {
    for (let turn = 0; turn < 100_000; turn++) {
      const column = cost.findIndex((one, at) => at < allowed && one > 1e-9)
      if (column < 0) return
      let [row, least] = [-1, Infinity]
      table.forEach((line, at) => {
        const by = line[column] ?? 0
        if (by <= 1e-9) return
        const ratio = (line.at(-1) ?? 0) / by
        if (ratio < least - 1e-12 || (ratio < least + 1e-12 && row >= 0 && (basis[at] ?? 0) < (basis[row] ?? 0)))
          [row, least] = [at, ratio]
      })
      if (row < 0) throw new Error('the maximum is not finite')
      pivot(cost, row, column)
    }
    throw new Error('the simplex does not end')
  }
  const lowest = rows.reduce((low, { most }, at) => (most < (rows[low]?.most ?? 0) ? at : low), 0)
  if ((rows[lowest]?.most ?? 0) < 0) {
    const cost = [...Array(artificial).fill(0), -1, 0]
    pivot(cost, lowest, artificial)
    run(cost, artificial + 1)
    const left = basis.indexOf(artificial)
    if (left >= 0) {
      const into = (table[left] ?? []).findIndex((one, at) => at < artificial && Math.abs(one) > 1e-9)
      pivot(cost, left, into)
    }
  }
  const cost = [...objective, ...Array(slacks).fill(0), 0, 0]
  basis.forEach((column, row) => {
    const times = cost[column] ?? 0
    const line = table[row] ?? []
    for (let at = 0; at < line.length; at++) cost[at] -= times * (line[at] ?? 0)
  })
  run(cost, artificial)
  return -(cost.at(-1) ?? 0)
}

test('weights become small whole numbers in the same proportions where there are such, else large ones', () => {
  expect(inWholeNumbers(Float64Array.of(1 / 3 - 1e-10, 0.5, 0, 1))).toEqual({
    whole: Float64Array.of(2, 3, 0, 6),
    unit: 6,
  })
  expect(inWholeNumbers(Float64Array.of(0.02, 0.04))).toEqual({ whole: Float64Array.of(1, 2), unit: 2 })
  const { whole, unit } = inWholeNumbers(Float64Array.of(Math.SQRT1_2, Math.PI, 1))
  expect([...whole, unit]).toEqual([22507908, 1e8, 31830989, 1e8])
})
