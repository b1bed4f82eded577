import { beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '../../tests/house.ts'
import { countHit, findTenant, forgetHits, listTenants, markSeeded, updateTenant } from './tenants.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})

const noon = new Date('2026-11-21T12:00:00Z')
const later = (seconds: number) => new Date(noon.getTime() + seconds * 1000)

describe('the registry of tenants', () => {
  test('is read by everybody, prefectures before their municipalities', async () => {
    const all = await house.database.above(listTenants)
    expect(all.map(({ tenant }) => tenant)).toEqual(['mie', 'attaka', 'hidamari', 'komorebi', 'nagisa'])
    expect(all.filter(({ fictional }) => !fictional).map(({ name }) => name)).toEqual(['三重県'])
  })

  test('lets a tenant change its own row, and no other’s', async () => {
    const { change, look } = house.sceneOf('attaka')
    await change((db) => updateTenant(db, 'attaka', { contact_phone: '111' }))
    await change((db) => updateTenant(db, 'mie', { contact_phone: '222' }))
    expect((await look(findTenant, 'attaka'))?.contact_phone).toBe('111')
    expect((await look(findTenant, 'mie'))?.contact_phone).not.toBe('222')
  })

  test('takes no new tenant, host name or parent from the application', async () => {
    for (const attempt of [
      "insert into tenant (tenant, name, kind) values ('evil', '悪', 'prefecture')",
      "update tenant set hosts = '{evil.example}'",
      "update tenant set parent = 'mie'",
      'delete from tenant',
    ]) {
      await expect(house.sql(attempt, [], 'app'), attempt).rejects.toThrow(/permission denied/)
    }
  })
})

describe('hits', () => {
  const hit = (key: string, now = noon, tenant = 'attaka') =>
    house.sceneOf(tenant).change((db) => countHit(db, key, now, 60))

  test('that come at once are each counted once', async () => {
    const counted = await Promise.all(Array.from({ length: 40 }, () => hit('at-once')))
    expect(counted.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
  })

  test('are counted apart by key, window and tenant', async () => {
    expect([await hit('a'), await hit('a'), await hit('b')]).toEqual([1, 2, 1])
    expect(await hit('a', later(60))).toBe(1)
    expect(await hit('a', noon, 'mie')).toBe(1)
  })

  test('of windows that are over are forgotten, of this tenant only', async () => {
    await house.sceneOf('attaka').change((db) => forgetHits(db, later(3600)))
    expect(await hit('a')).toBe(1)
    expect(await hit('a', noon, 'mie')).toBe(2)
  })
})

test('a module fills a tenant once, however many try at the same time', async () => {
  const tries = await Promise.all(
    Array.from({ length: 8 }, () => house.sceneOf('attaka').change((db) => markSeeded(db, 'test', noon))),
  )
  expect(tries.filter(Boolean)).toHaveLength(1)
  expect(await house.sceneOf('mie').change((db) => markSeeded(db, 'test', noon))).toBe(true)
})
