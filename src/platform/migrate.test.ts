import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '../../tests/house.ts'
import { assertHarmlessLogin, assertPrepared, type Migration, migrate, migrationsOf } from './migrate.ts'

let house: TestHouse
const mark = randomBytes(4).toString('hex')
const fresh = `attaka_fresh_${mark}`
const loginNames = ['plain', 'super', 'bypass', 'maker', 'member', 'writer'] as const
const login = (name: (typeof loginNames)[number]) => `test_${name}_${mark}`
const password = randomBytes(12).toString('hex')

beforeAll(async () => {
  house = await openHouse()
  await house.sql(`create database ${fresh} owner attaka_owner`)
  for (const name of loginNames) await house.sql(`create role ${login(name)} login password '${password}'`)
})
afterAll(async () => {
  for (const name of loginNames) {
    await house.sql(`drop owned by ${login(name)}`)
    await house.sql(`drop role ${login(name)}`)
  }
  await house.sql(`drop database ${fresh} with (force)`)
})

/** The address of the fresh database, or of the house's own, under some login. */
const at = (database: 'fresh' | 'house', who: 'attaka_owner' | 'app' | (typeof loginNames)[number]) => {
  const given = who === 'attaka_owner' || who === 'app'
  const url = new URL(house.databaseUrl(given ? who : 'app'))
  if (database === 'fresh') url.pathname = `/${fresh}`
  if (!given) Object.assign(url, { username: login(who), password })
  return url.toString()
}

const one = (name: string, sql: string): Migration => ({ module: 'test', name, sql })
const first = one('2026-11-21-first.sql', 'create table first (id integer primary key); insert into first values (1);')
const second = one('2026-11-22-second.sql', 'alter table first add column more text;')

describe('migrations', () => {
  test('are read from a folder’s files, in the order of their dates', () => {
    const files = { './migrations/2026-01-01-b.sql': 'select 2', './migrations/2025-01-01-a.sql': 'select 1' }
    expect(migrationsOf('m', files)).toEqual([
      { module: 'm', name: '2025-01-01-a.sql', sql: 'select 1' },
      { module: 'm', name: '2026-01-01-b.sql', sql: 'select 2' },
    ])
  })

  test('an empty database is named as such to a process that has no owner’s login', async () => {
    await expect(assertPrepared(at('fresh', 'attaka_owner'), [first])).rejects.toThrow(/DATABASE_OWNER_URL first/)
  })

  test('run once, also when two processes start at the same instant', async () => {
    const start = () => migrate(at('fresh', 'attaka_owner'), [first], [{ name: 'test.queue', policy: 'standard' }])
    await Promise.all([start(), start()])
    await start()
    await assertPrepared(at('fresh', 'app'), [first])
    await expect(assertPrepared(at('fresh', 'app'), [first, second])).rejects.toThrow(/test\/2026-11-22-second\.sql/)
  })

  test('that fail are undone whole and named', async () => {
    const broken = one('2026-11-23-broken.sql', 'create table half (id integer); select 1 / 0;')
    const start = (...more: Migration[]) => migrate(at('fresh', 'attaka_owner'), [first, second, ...more], [])
    await expect(start(broken)).rejects.toThrow('The migration test/2026-11-23-broken.sql failed: division by zero')
    // What came before it stays, of itself nothing does, and the mended file runs.
    await start(one('2026-11-23-broken.sql', 'create table half (id integer)'))
    await assertPrepared(at('fresh', 'app'), [first, second])
  })

  test('that were changed after their release stop the start', async () => {
    const changed = one(first.name, `${first.sql} -- better`)
    await expect(migrate(at('fresh', 'attaka_owner'), [changed, second], [])).rejects.toThrow(
      'The migration test/2026-11-21-first.sql was changed after it had been applied.',
    )
  })
})

describe('the application’s login', () => {
  test('is harmless as the house comes', async () => {
    await assertHarmlessLogin(at('house', 'app'))
    await assertHarmlessLogin(at('house', 'plain'))
  })

  test.each([
    ['super', (who: string) => `alter role ${who} superuser`, /it is a superuser/],
    ['bypass', (who: string) => `alter role ${who} bypassrls`, /it bypasses row-level security/],
    ['maker', (who: string) => `alter role ${who} createrole`, /it may create logins/],
    ['member', (who: string) => `grant attaka_owner to ${who}`, /it can become attaka_owner/],
    ['member', (who: string) => `grant ${login('super')} to ${who}`, /it can become test_super_/],
    ['writer', (who: string) => `grant pg_write_all_data to ${who}`, /it can become pg_write_all_data/],
  ] as const)('is refused when it is %s', async (name, spoil, sentence) => {
    await house.sql(spoil(login(name)))
    await expect(assertHarmlessLogin(at('house', name))).rejects.toThrow(sentence)
  })

  test('is refused when it is the owner’s, in one sentence', async () => {
    const refused = await assertHarmlessLogin(at('house', 'attaka_owner')).catch((error: Error) => error.message)
    expect(refused).toMatch(/^The application's database login is not safe: it .*owns \d+ tables/)
    expect(refused?.length).toBeLessThan(300)
  })

  test.each(['disable row level security', 'no force row level security'])(
    'is refused when a table that it reaches has lost its bounds: %s',
    async (loss) => {
      await house.sql(`alter table filing ${loss}`, [], 'attaka_owner')
      await expect(assertHarmlessLogin(at('house', 'app'))).rejects.toThrow(
        'it reaches the table filing without row-level security.',
      )
      await house.sql('alter table filing enable row level security', [], 'attaka_owner')
      await house.sql('alter table filing force row level security', [], 'attaka_owner')
      await assertHarmlessLogin(at('house', 'app'))
    },
  )
})
