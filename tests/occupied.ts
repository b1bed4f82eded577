import { expect } from 'vitest'
import { type Database, openDatabase } from '#platform/postgres.ts'
import { atEnd } from './at-end.ts'
import { openHouse } from './house.ts'

/** A house, and its database through one connection only: whoever comes there second has to wait. Both are closed by themselves. */
export async function openSingleHouse() {
  const house = await openHouse()
  const single = openDatabase(house.databaseUrl('app'), { size: 1, waiting: 40, log: () => undefined })
  atEnd(() => single.close())
  return { house, single }
}

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
