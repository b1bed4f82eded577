import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { ensureBuilt } from './application.ts'
import { crashRun } from './run.ts'

const kills = 24
const seed = () => process.env.CRASH_SEED ?? randomBytes(6).toString('hex')

beforeAll(ensureBuilt, 120_000)

// The application runs on its own embedded server here, whatever server the other tests were given.
describe('killed under load a few dozen times', () => {
  for (const [who, what] of [
    ['the application', 'app'],
    ['the database server', 'database'],
  ] as const) {
    test(`${who} keeps every acknowledged filing exactly once, whole`, { timeout: 300_000 }, async () => {
      const options = { what, kills, clients: 6, seed: seed() }
      const outcome = await crashRun(options)
      console.log(`${who}, seed ${options.seed}:`, JSON.stringify(outcome))
      expect(outcome).toMatchObject({ lost: [], doubled: [], halfWritten: [], faults: [], exitCode: 0, leftBehind: 0 })
      expect(Object.values(outcome.kills).reduce((total, one) => total + one, 0)).toBe(kills)
      expect(outcome.acknowledged).toBeGreaterThanOrEqual(kills)
    })
  }
})
