import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '../../tests/house.ts'
import type { Db } from './database.ts'
import { prepared } from './prepared.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})

type Tables = { seeded: { module: string; at: Date }; person: { id: string; tenant: string } }
const tables = (db: Db) => db.withTables<Tables>()
const change = <T>(work: (db: Db) => Promise<T>, tenant = 'attaka') => house.sceneOf(tenant).change(work)

describe('a prepared query', () => {
  test('is put into words once, and says other values each time', async () => {
    let built = 0
    const echo = prepared((db, { text, list }: { text: string | null; list: readonly string[] }) => {
      built++
      return tables(db)
        .selectFrom('seeded')
        .select([sql<string | null>`${text}::text`.as('text'), sql<boolean>`${text}::text = any(${list})`.as('among')])
        .limit(1)
    })
    const said = await change((db) =>
      Promise.all([
        echo.first(db, { text: 'あ', list: ['い', 'あ'] }),
        echo.first(db, { text: "'; drop table person; --", list: [] }),
        echo.first(db, { text: null, list: ['あ'] }),
        echo.first(db, { text: 'x', list: ['{', ',"', 'x'] }),
      ]),
    )
    expect(said).toEqual([
      { text: 'あ', among: true },
      { text: "'; drop table person; --", among: false },
      { text: null, among: null },
      { text: 'x', among: true },
    ])
    // Its first hundred uses were built plainly too, to compare.
    await change(async (db) => {
      for (let n = 0; n < 150; n++) echo.statement(db, { text: String(n), list: [] }).compile()
    })
    expect(built).toBe(1 + 100)
  })

  test('writes, and gives the rows that it returns', async () => {
    const put = prepared((db, { module, at }: { module: string; at: Date }) =>
      tables(db)
        .insertInto('seeded')
        .values({ module, at })
        .onConflict((conflict) => conflict.doNothing())
        .returning('module'),
    )
    const at = new Date('2026-11-26T00:00:00Z')
    const rows = await change(async (db) => {
      const all = []
      for (const module of ['test-one', 'test-two', 'test-one']) all.push(await put.first(db, { module, at }))
      return all
    })
    expect(rows).toEqual([{ module: 'test-one' }, { module: 'test-two' }, undefined])
  })

  test('sees its own tenant only, whoever said it first', async () => {
    const towns = prepared((db, { least }: { least: number }) =>
      tables(db).selectFrom('person').select('tenant').groupBy('tenant').having(sql<boolean>`count(*) >= ${least}`),
    )
    for (const tenant of ['attaka', 'mie', 'attaka']) {
      expect(await change((db) => towns.all(db, { least: 1 }), tenant)).toEqual([{ tenant }])
    }
  })

  test('may not depend on its values, nor lack one', async () => {
    const named = (of: (given: { module: string }) => string) =>
      prepared((db, given: { module: string }) =>
        tables(db).selectFrom('seeded').select('module').where('module', '=', of(given)),
      )
    const said = (query: ReturnType<typeof named>, given: object) =>
      change((db) => query.all(db, given as { module: string }))
    for (const of of [
      ({ module }: { module: string }) => `${module}!`,
      ({ module }: { module: string }) => JSON.stringify({ module }),
    ]) {
      await expect(said(named(of), { module: 'a' })).rejects.toThrow('depend on the value of "module"')
    }
    for (const of of [
      (given: { module: string }) => ({ ...given }).module,
      (given: { module: string }) => ('module' in given ? 'a' : 'b'),
      (given: { module: string }) => Object.keys(given).join(),
    ]) {
      await expect(said(named(of), { module: 'a' })).rejects.toThrow('ask which values')
    }
    // What no blank can notice shows at the first value for which it matters.
    const branching = named(({ module }) => (module ? 'given' : module))
    await expect(said(branching, { module: 'a' })).resolves.toEqual([])
    await expect(said(branching, { module: '' })).rejects.toThrow('depends on its values')
    const comparing = prepared((db, { module }: { module: string | null }) => {
      const query = tables(db).selectFrom('seeded').select('module')
      return module === null ? query : query.where('module', '=', module)
    })
    await expect(change((db) => comparing.all(db, { module: null }))).rejects.toThrow('depends on its values')
    await expect(
      said(
        named(({ module }) => module),
        {},
      ),
    ).rejects.toThrow('lacks a value for "module"')
  })
})
