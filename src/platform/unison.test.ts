import fc from 'fast-check'
import { type CompiledQuery, type QueryResult, sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Db } from '#core/database.ts'
import type { Merge } from '#core/prepared.ts'
import { pick, preparedRows } from '#core/prepared.ts'
import { openHouse, type TestHouse } from '../../tests/house.ts'
import { Unison } from './unison.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})

type Tables = { seeded: { module: string; at: Date } }
const tables = (db: Db) => db.withTables<Tables>()
const at = new Date('2026-11-26T00:00:00Z')

/** They speak in one transaction of a real server; `said` are the statements that reached it. */
const speaking = <T>(work: (unison: Unison) => Promise<T>) => {
  const said: string[] = []
  return house.sceneOf('attaka').change(async (db) => {
    const heard = {
      executeQuery(query: CompiledQuery) {
        said.push(query.sql)
        return db.executeQuery(query)
      },
    }
    return { result: await work(new Unison(heard as Db)), said }
  })
}

const put = preparedRows(
  (db, all: readonly { module: string }[]) =>
    tables(db)
      .insertInto('seeded')
      .values(all.map((one) => ({ ...pick(one, 'module'), at })))
      .onConflict((conflict) => conflict.doNothing())
      .returning('module'),
  'module',
)
const look = (db: Db, module: string) =>
  tables(db).selectFrom('seeded').select(['module', 'at']).where('module', '=', module).execute()

describe('several who speak in one transaction', () => {
  test('write their rows by one statement, and everybody hears of their own row', async () => {
    await house.sql("delete from seeded where module like 'unison%'")
    const names = ['unison-a', 'unison-b', 'unison-c', 'unison-d']
    await house.sceneOf('attaka').change((db) => put.all(db, { module: 'unison-c' }))
    const { result, said } = await speaking((unison) =>
      Promise.all(names.map((module) => put.all(unison.voice().db, { module }))),
    )
    // What one writes that was there already is left out, as if it had said so by itself.
    expect(result).toEqual([[{ module: 'unison-a' }], [{ module: 'unison-b' }], [], [{ module: 'unison-d' }]])
    expect(said).toHaveLength(1)
    const kept = await house.sql("select module from seeded where module like 'unison%' order by 1")
    expect(kept.map(({ module }) => module)).toEqual(names)
  })

  test('who write the same row at the same time are told apart: one has written it', async () => {
    await house.sql("delete from seeded where module like 'unison%'")
    const { result } = await speaking((unison) =>
      Promise.all(['unison-a', 'unison-a'].map((module) => put.all(unison.voice().db, { module }))),
    )
    expect(result).toEqual([[{ module: 'unison-a' }], []])
  })

  test('look once where they look at the same, and have rows of their own; what differs is looked at by each', async () => {
    await house.sql("delete from seeded where module like 'unison%'")
    await house.sceneOf('attaka').change((db) => put.all(db, { module: 'unison-a' }))
    const { result, said } = await speaking(async (unison) => {
      const looks = ['unison-a', 'unison-b', 'unison-b', 'unison-a'].map((module) => look(unison.voice().db, module))
      const all = await Promise.all(looks)
      for (const [row] of all) if (row) row.module = `${row.module}!`
      return all
    })
    expect(result).toEqual([[{ module: 'unison-a!', at }], [], [], [{ module: 'unison-a!', at }]])
    // The fourth comes behind the other question.
    expect(said).toHaveLength(3)
  })

  test('are said sixteen at a time at most', async () => {
    await house.sql("delete from seeded where module like 'unison%'")
    const names = Array.from({ length: 35 }, (_, n) => `unison-${n}`)
    const { said } = await speaking((unison) =>
      Promise.all(names.map((module) => put.all(unison.voice().db, { module }))),
    )
    const rows = said.map((text) => (text.match(/values (.*) on conflict/)?.[1]?.split('), (') ?? []).length)
    expect(rows).toEqual([16, 16, 3])
  })

  test('all hear of it when one of them breaks the transaction', async () => {
    const failing = speaking(async (unison) => {
      const [one, two] = [unison.voice(), unison.voice()]
      const settled = await Promise.allSettled([
        sql`select 1 / 0`.execute(one.db),
        put.all(two.db, { module: 'unison-z' }),
      ])
      expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
      expect([unison.failed, one.wrote, two.wrote]).toEqual([true, true, true])
    })
    await expect(failing).rejects.toThrow('the transaction had failed')
  })
})

test('whoever says what together with whom, everybody’s own statements keep their order and get their own answers', async () => {
  const kinds = Array.from({ length: 4 }, () => ({}))
  const program = fc.array(fc.record({ kind: fc.integer({ min: 0, max: 5 }), waits: fc.boolean() }), { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(fc.array(program, { minLength: 1, maxLength: 6 }), async (programs) => {
      const order: string[][] = []
      const statement = (given: readonly string[]): CompiledQuery =>
        ({ sql: 'said', parameters: given, query: { kind: 'RawNode' } }) as never
      const recording = {
        async executeQuery({ parameters }: CompiledQuery): Promise<QueryResult<unknown>> {
          order.push(parameters as string[])
          return { rows: [...(parameters as string[])].reverse().map((name) => ({ name })) }
        },
      }
      const unison = new Unison(recording as Db)
      await Promise.all(
        programs.map(async (steps, by) => {
          const { db } = unison.voice()
          const heard: Promise<void>[] = []
          for (const [n, { kind, waits }] of steps.entries()) {
            const name = `${by}.${n}`
            const merge: Merge<string> = {
              of: kinds[kind] ?? {},
              all: (_, given) => statement(given),
              part: (rows, given) => given.map((own) => rows.filter((row) => (row as { name: string }).name === own)),
            }
            // Some kinds are never said as one.
            const said = db.executeQuery(Object.assign(statement([name]), kind < 4 && { merge, given: name }))
            heard.push(said.then(({ rows }) => expect(rows).toEqual([{ name }])))
            if (waits) await said
          }
          await Promise.all(heard)
        }),
      )
      for (const [by, steps] of programs.entries()) {
        const own = order.flat().filter((name) => name.startsWith(`${by}.`))
        expect(own).toEqual(steps.map((_, n) => `${by}.${n}`))
      }
    }),
    { numRuns: 300 },
  )
})
