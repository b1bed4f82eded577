import { expect } from 'vitest'
import { type Database, openDatabase } from '#platform/postgres.ts'
import type { TestHouse } from './house.ts'

/** The same database through one connection only: whoever comes second has to wait. */
export const openSingle = (house: TestHouse): Database =>
  openDatabase(house.databaseUrl('app'), { size: 1, waiting: 40, log: () => undefined })

/** Takes all connections, so that whoever asks now has to wait. @returns what gives them back */
export async function occupied(database: Database, connections: number): Promise<() => Promise<void>> {
  const { promise: released, resolve: letGo } = Promise.withResolvers<void>()
  const held = Array.from({ length: connections }, () => database.doors('attaka').look(() => released))
  await expect.poll(() => database.load()).toEqual({ served: connections, waiting: 0 })
  return async () => {
    letGo()
    await Promise.all(held)
  }
}

/** Has them all ask while all connections are taken, so that they wait for each other, and says what they were answered. */
export async function atOnce<T>(database: Database, connections: number, asking: readonly (() => T | Promise<T>)[]) {
  const free = await occupied(database, connections)
  const answers = asking.map((one) => one())
  await expect.poll(() => database.load().waiting).toBe(asking.length)
  await free()
  return Promise.all(answers)
}
