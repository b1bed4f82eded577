import { afterAll, describe, expect, test } from 'vitest'
import { type LinearModel, solveOnce } from '#core/optimisation.ts'
import { openOptimiser } from './optimiser.ts'

const optimiser = openOptimiser()
afterAll(() => optimiser.close())

/** Chairs bring 30, tables 50; chairs + 2 tables ≤ 40, 2 chairs + tables ≤ 50. */
const workshop: LinearModel = {
  sense: 'maximise',
  columns: { cost: [30, 50], lower: [0, 0], upper: [Infinity, Infinity] },
  rows: {
    lower: [-Infinity, -Infinity],
    upper: [40, 50],
    entries: { starts: [0, 2, 4], indices: [0, 1, 0, 1], values: [1, 2, 2, 1] },
  },
}

const close = (values: ArrayLike<number>) => Array.from(values, (one) => Math.round(one * 1e6) / 1e6 + 0)

describe('the optimiser', () => {
  test('solves a linear model, with duals that prove it', async () => {
    const outcome = await solveOnce(optimiser, workshop)
    expect(outcome).toMatchObject({ status: 'optimal', found: true })
    expect(outcome.objective).toBeCloseTo(1100, 6)
    expect(close(outcome.values)).toEqual([20, 10])
    // 40 × 70/3 + 50 × 10/3 = 1100: the prices of what is scarce add up to what is gained.
    expect(close(outcome.duals)).toEqual(close([70 / 3, 10 / 3]))
    expect(close(outcome.reducedCosts)).toEqual([0, 0])
  })

  test('solves a model in whole numbers, and says what bounds it', async () => {
    const whole = await solveOnce(optimiser, {
      sense: 'maximise',
      columns: { cost: [5, 4], lower: [0, 0], upper: [10, 10], integer: [true, true] },
      rows: { lower: [-Infinity], upper: [11.5], entries: { starts: [0, 2], indices: [0, 1], values: [3, 2] } },
    })
    expect(whole).toMatchObject({ status: 'optimal', objective: 21, bound: 21 })
    expect(close(whole.values)).toEqual([1, 4])
    expect(whole.duals).toHaveLength(0)
  })

  test('branches no more often than it may, and says what bounds what it found', async () => {
    // Market split: equations that hardly any whole solution meets, which no cut helps with.
    const [rows, columns] = [4, 30]
    const entries = Array.from({ length: rows * columns }, (_, at) => (at * 7919) % 100)
    const half = Array.from({ length: rows }, (_, row) => {
      const own = entries.slice(row * columns, (row + 1) * columns)
      return Math.floor(own.reduce((sum, one) => sum + one, 0) / 2)
    })
    const outcome = await solveOnce(
      optimiser,
      {
        sense: 'maximise',
        columns: {
          cost: Array.from({ length: columns }, (_, at) => 1 + ((at * 31) % 17)),
          lower: new Float64Array(columns),
          upper: new Float64Array(columns).fill(1),
          integer: Array.from({ length: columns }, () => true),
        },
        rows: {
          lower: half.map(() => 0),
          upper: half,
          entries: {
            starts: Array.from({ length: rows + 1 }, (_, row) => row * columns),
            indices: entries.map((_, at) => at % columns),
            values: entries,
          },
        },
      },
      { nodes: 1 },
    )
    expect(['failed', 'optimal']).toContain(outcome.status)
    expect(outcome.found).toBe(true)
    expect(outcome.bound).toBeGreaterThanOrEqual(outcome.objective)
  })

  test('goes on from what it knows when rows, columns, costs and bounds change', async () => {
    const model = await optimiser.open(workshop)
    await model.solve()
    // Beds bring 60 and need 1 of each; at most 4 tables.
    await model.change({
      addColumns: {
        cost: [60],
        lower: [0],
        upper: [Infinity],
        entries: { starts: [0, 2], indices: [0, 1], values: [1, 1] },
      },
      addRows: { lower: [-Infinity], upper: [4], entries: { starts: [0, 1], indices: [1], values: [1] } },
    })
    expect((await model.solve()).objective).toBeCloseTo(2400, 6)
    await model.change({
      sense: 'minimise',
      costs: { at: [0, 2], cost: [1, 1] },
      columnBounds: { at: [0], lower: [3], upper: [9] },
    })
    expect(close((await model.solve()).values)).toEqual([3, 0, 0])
    await model.change({ rowBounds: { at: [0], lower: [10], upper: [40] }, costs: { at: [1], cost: [1] } })
    expect((await model.solve()).objective).toBeCloseTo(6.5, 6)
    await model.close()
    await expect(model.solve()).rejects.toThrow('no model')
  })

  test('goes on from its last solution where that still holds, after single entries changed too', async () => {
    const model = await optimiser.open(workshop)
    await model.solve()
    // A table needs 4 of the first now, and chairs none of the second.
    await model.change({ entries: { rows: [0, 1], columns: [1, 0], values: [4, 0] } })
    const outcome = await model.solve({ simplex: 'primal', tolerance: 1e-9 })
    expect(outcome.status).toBe('optimal')
    expect(close(outcome.values)).toEqual([40, 0])
    expect(close(outcome.duals)).toEqual([30, 0])
    await model.change({ entries: { rows: [0, 1, 0], columns: [1, 0, 1], values: [4, 2, 2] } })
    expect((await model.solve()).objective).toBeCloseTo(1100, 6)
    await model.close()
  })

  test('tells what can’t be from what has no end', async () => {
    const free = { starts: [0, 1], indices: [0], values: [1] }
    const column = { cost: [1], lower: [0], upper: [Infinity] }
    const none = { sense: 'maximise', columns: column, rows: { lower: [5], upper: [4], entries: free } } as const
    expect(await solveOnce(optimiser, none)).toMatchObject({ status: 'infeasible', found: false })
    const endless = { ...none, rows: { lower: [0], upper: [Infinity], entries: free } }
    expect(await solveOnce(optimiser, endless)).toMatchObject({ status: 'unbounded' })
  })

  test('refuses a malformed model and goes on', async () => {
    const wrong = { ...workshop, rows: { ...workshop.rows, upper: [40] } }
    await expect(optimiser.open(wrong)).rejects.toThrow('the optimiser: ')
    expect((await solveOnce(optimiser, workshop)).status).toBe('optimal')
  })

  test('closed, it ends what it computes and takes nothing more', async () => {
    const other = openOptimiser()
    const waiting = solveOnce(other, workshop)
    const refused = expect(waiting).rejects.toThrow('closed')
    await other.close()
    await refused
    await expect(other.open(workshop)).rejects.toThrow('closed')
  })
})
