import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '../../tests/house.ts'
import type { Db } from './database.ts'
import type { Merge, Mergeable } from './prepared.ts'
import { pick, prepared, preparedRows } from './prepared.ts'

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

describe('rows that are prepared to be written', () => {
  const at = new Date('2026-11-26T00:00:00Z')
  let built = 0
  const put = preparedRows((db, all: readonly { module: string; at: Date }[]) => {
    built++
    return tables(db)
      .insertInto('seeded')
      .values(all.map((one) => pick(one, 'module', 'at')))
      .onConflict((conflict) => conflict.doNothing())
      .returning('module')
  }, 'module')

  test('is said for one like every other', async () => {
    const rows = await change(async (db) => [
      await put.first(db, { module: 'test-many-1', at }),
      await put.first(db, { module: 'test-many-1', at }),
    ])
    expect(rows).toEqual([{ module: 'test-many-1' }, undefined])
  })

  test('carries how several are said as one, put into words once for each number of them', async () => {
    const given = ['test-many-1', 'test-many-2', "'; --"].map((module) => ({ module, at }))
    const { rows, parts } = await change(async (db) => {
      const { merge } = put.statement(db, given[0] as (typeof given)[0]).compile() as Mergeable
      const { rows } = await db.executeQuery((merge as Merge).all(db, given))
      return { rows, parts: (merge as Merge).part(rows, given) }
    })
    expect(rows).toHaveLength(2)
    expect(parts).toEqual([[], [{ module: 'test-many-2' }], [{ module: "'; --" }]])
    built = 0
    await change(async (db) => {
      const { merge } = put.statement(db, given[0] as (typeof given)[0]).compile() as Mergeable
      for (let n = 0; n < 150; n++) (merge as Merge).all(db, given)
    })
    // Only to compare.
    expect(built).toBeLessThanOrEqual(100)
  })

  test('may not depend on the values of any of them', async () => {
    const choosing = preparedRows((db, all: readonly { module: string }[]) =>
      tables(db)
        .insertInto('seeded')
        .values(all.map(({ module }) => ({ module: module ? module : 'none', at }))),
    )
    const said = (...modules: string[]) =>
      change(async (db) => {
        const given = modules.map((module) => ({ module }))
        const { merge } = choosing.statement(db, { module: 'a' }).compile() as Mergeable
        return (merge as Merge).all(db, given).sql
      })
    await expect(said('a', 'b')).resolves.toContain('$4')
    await expect(said('a', '')).rejects.toThrow('depends on its values')
  })
})
