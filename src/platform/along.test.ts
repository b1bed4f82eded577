import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Db } from '#core/database.ts'
import type { TestHouse } from '../../tests/house.ts'
import { occupied, openSingleHouse } from '../../tests/occupied.ts'
import { type Database, databaseAway, openDatabase } from './postgres.ts'

let house: TestHouse
let single: Database
beforeAll(async () => {
  ;({ house, single } = await openSingleHouse())
})
beforeEach(async () => {
  await house.sql("delete from seeded where module like 'along%'")
})

const write = (db: Db, name: string) => sql`insert into seeded (module, at) values (${name}, now())`.execute(db)
const written = async () =>
  (await house.sql("select tenant, module from seeded where module like 'along%' order by 1, 2")).map(
    ({ tenant, module }) => `${tenant} ${module}`,
  )
const transaction = async (db: Db) => {
  const { rows } = await sql<{ id: string; tenant: string }>`
    select pg_current_xact_id()::text as id, current_setting('app.tenant') as tenant`.execute(db)
  return rows[0] ?? { id: '', tenant: '' }
}

const kind = {}
type Ways = { and?: (db: Db) => Promise<void>; holds?: string[]; tenant?: string; of?: Database }
/** Writes its name; `and` comes after it. */
const act = (name: string, { and = async () => {}, holds = [name], tenant = 'attaka', of = single }: Ways = {}) =>
  of
    .doors(tenant, name)
    .along({ kind, holds })
    .change(async (db) => {
      await write(db, name)
      await and(db)
      return { name, ...(await transaction(db)) }
    })

/** A row that somebody writes, and holds until it is released. */
async function holding() {
  const [begun, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const held = house.sceneOf('attaka').change(async (db) => {
    await write(db, 'along-held')
    begun.resolve()
    await released.promise
  })
  await begun.promise
  return { held, release: () => released.resolve() }
}

/** What became of them who all ask while the only connection is taken. */
async function waiting<T>(asking: () => Promise<T>[]) {
  const free = await occupied(single, 1)
  const asked = Promise.allSettled(asking())
  await free()
  const settled = await asked
  expect(single.load()).toEqual({ served: 0, waiting: 0 })
  return settled.map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as Error)))
}
const idOf = (one: unknown) => (one as { id: string }).id

describe('acts of one kind that wait at one tenant', () => {
  test('are done in one transaction, and each gives its own', async () => {
    const done = await waiting(() => ['along-a', 'along-b', 'along-c'].map((name) => act(name)))
    expect(done).toMatchObject([{ name: 'along-a' }, { name: 'along-b' }, { name: 'along-c' }])
    expect(new Set(done.map(idOf)).size).toBe(1)
    expect(await written()).toEqual(['attaka along-a', 'attaka along-b', 'attaka along-c'])
  })

  test('are never done together with those of another tenant or another kind', async () => {
    const other = single.doors('attaka', 'other').along({ kind: {}, holds: [] })
    const done = await waiting(() => [
      act('along-a'),
      act('along-b', { tenant: 'mie' }),
      other.change(transaction),
      act('along-c'),
    ])
    expect(done).toMatchObject([{ tenant: 'attaka' }, { tenant: 'mie' }, { tenant: 'attaka' }, { tenant: 'attaka' }])
    const [a, b, c, d] = done.map(idOf)
    expect(new Set([a, b, c]).size).toBe(3)
    expect(d).toBe(a)
    expect(await written()).toEqual(['attaka along-a', 'attaka along-c', 'mie along-b'])
  })

  test('are not done together when they hold the same', async () => {
    const done = await waiting(() => [
      act('along-a', { holds: ['draft', 'hanako'] }),
      act('along-b', { holds: ['another', 'hanako'] }),
      act('along-c', { holds: ['third', 'taro'] }),
    ])
    const [a, b, c] = done.map(idOf)
    expect(c).toBe(a)
    expect(b).not.toBe(a)
    expect(await written()).toHaveLength(3)
  })

  test('go on where one refuses before it has written anything', async () => {
    const refusing = () =>
      single
        .doors('attaka', 'refusing')
        .along({ kind, holds: [] })
        .change(async (db) => {
          await db.withTables<{ seeded: { module: string } }>().selectFrom('seeded').select('module').execute()
          throw new Error('not this one')
        })
    const done = await waiting(() => [act('along-a'), refusing(), act('along-b')])
    expect(done[1]).toMatchObject({ message: 'not this one' })
    expect(idOf(done[2])).toBe(idOf(done[0]))
    expect(await written()).toHaveLength(2)
  })

  test('are each done alone where one fails after it has written something: nothing of it stays', async () => {
    const failing = async () => {
      throw new Error('too late')
    }
    const done = await waiting(() => [act('along-a'), act('along-b', { and: failing }), act('along-c')])
    expect(done[1]).toMatchObject({ message: 'too late' })
    expect(done[0]).toMatchObject({ name: 'along-a' })
    expect(idOf(done[2])).not.toBe(idOf(done[0]))
    expect(await written()).toEqual(['attaka along-a', 'attaka along-c'])
  })

  test('leave nothing behind of what one refuses in one branch while another goes on', async () => {
    const table = (db: Db) => db.withTables<{ seeded: { module: string; at: Date } }>()
    const read = (db: Db) => table(db).selectFrom('seeded').select('module').execute()
    const put = (db: Db, module: string) => table(db).insertInto('seeded').values({ module, at: new Date() }).execute()
    const by = (work: (db: Db) => Promise<unknown>) => () =>
      single.doors('attaka', 'x').along({ kind, holds: [] }).change(work)
    const refuse = async () => {
      throw new Error('not this one')
    }
    const halves = [
      by(async (db) =>
        Promise.all([
          read(db)
            .then(() => read(db))
            .then(() => put(db, 'along-late')),
          read(db).then(refuse),
        ]),
      ),
      by((db) => Promise.all([put(db, 'along-begun'), refuse()])),
      by(async (db) => {
        await read(db)
        put(db, 'along-left').catch(() => undefined)
        return refuse()
      }),
    ]
    for (const half of halves) {
      const done = await waiting<unknown>(() => [act('along-a'), half(), act('along-b')])
      expect(done[1]).toMatchObject({ message: 'not this one' })
      expect(await written()).toEqual(['attaka along-a', 'attaka along-b'])
      await house.sql("delete from seeded where module like 'along%'")
    }
  })

  test('are each done alone where one ends without having waited for what it says', async () => {
    const hasty = async (db: Db) => {
      write(db, 'along-hasty').catch(() => undefined)
    }
    await waiting(() => [act('along-a'), act('along-b', { and: hasty }), act('along-c')])
    expect((await written()).filter((one) => !one.endsWith('hasty'))).toHaveLength(3)
  })

  test('are each done alone where the server refuses a statement of one, also where nobody looks at that', async () => {
    const broken = async (db: Db) => {
      await sql`select 1 / 0`.execute(db).catch(() => undefined)
    }
    const done = await waiting(() => [act('along-a'), act('along-b', { and: broken }), act('along-c')])
    expect(done[1]).toBeInstanceOf(Error)
    expect(done[0]).toMatchObject({ name: 'along-a' })
    expect(done[2]).toMatchObject({ name: 'along-c' })
    expect(await written()).toEqual(['attaka along-a', 'attaka along-c'])
  })

  test('are each done alone where the connection is cut in the middle', async () => {
    let cut = false
    const cutting = async (db: Db) => {
      if (cut) return
      cut = true
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
      await house.sql('select pg_terminate_backend($1)', [rows[0]?.pid])
    }
    const done = await waiting(() => [act('along-a'), act('along-b', { and: cutting }), act('along-c')])
    expect(done).toMatchObject([{ name: 'along-a' }, { name: 'along-b' }, { name: 'along-c' }])
    expect(await written()).toHaveLength(3)
  })

  test('are not done again where the server is lost at the end: they may have been done', async () => {
    await house.sql(`create function cut() returns trigger language plpgsql security definer as
      $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$`)
    await house.sql(`create constraint trigger cut after insert on seeded deferrable initially deferred
      for each row when (new.module = 'along-cut') execute function cut()`)
    try {
      const begun: string[] = []
      const counted = (name: string) => act(name, { and: async () => void begun.push(name) })
      const done = await waiting(() => ['along-a', 'along-cut', 'along-b'].map(counted))
      expect(done.map(databaseAway)).toEqual([true, true, true])
      expect(begun).toEqual(['along-a', 'along-cut', 'along-b'])
    } finally {
      await house.sql('drop trigger cut on seeded')
      await house.sql('drop function cut()')
    }
  })

  test('don’t wait for a row that only one of them wants', async () => {
    const { held, release } = await holding()
    const wanting = async (db: Db) => {
      await sql`insert into seeded (module, at) values ('along-held', now()) on conflict do nothing`.execute(db)
    }
    // One connection for whoever has to wait, one for the others.
    const pair = openDatabase(house.databaseUrl('app'), { size: 2, log: () => undefined })
    const free = await occupied(pair, 2)
    const [first, stuck, last] = [
      act('along-a', { of: pair }),
      act('along-b', { and: wanting, of: pair }),
      act('along-c', { of: pair }),
    ]
    await free()
    expect(await Promise.all([first, last])).toMatchObject([{ name: 'along-a' }, { name: 'along-c' }])
    release()
    await held
    expect(await stuck).toMatchObject({ name: 'along-b' })
    await pair.close()
  })

  test('wait for a held row also where one is alone, and says the next statement before it hears of it', async () => {
    const { held, release } = await holding()
    let tries = 0
    const wanting = single
      .doors('attaka', 'alone')
      .along({ kind, holds: [] })
      .change(async (db) => {
        if (++tries === 2) release()
        const stuck = sql`insert into seeded (module, at) values ('along-held', now()) on conflict do nothing`.execute(
          db,
        )
        await Promise.all([sql`select 1`.execute(db), stuck.catch(() => undefined)])
        return 'done'
      })
    expect(await wanting).toBe('done')
    expect(tries).toBe(2)
    await held
  })

  test('each end with a statement of their own', async () => {
    const ending = (name: string) =>
      single
        .doors('attaka', name)
        .along({ kind, holds: [name] })
        .change(
          async (db) => {
            await write(db, name)
            return name
          },
          (db, done) =>
            db
              .withTables<{ seeded: { module: string; at: Date } }>()
              .insertInto('seeded')
              .values({ module: `${done}-end`, at: new Date() }),
        )
    expect(await waiting(() => ['along-a', 'along-b'].map(ending))).toEqual(['along-a', 'along-b'])
    expect(await ending('along-c')).toBe('along-c')
    expect((await written()).filter((one) => one.endsWith('-end'))).toHaveLength(3)
  })
})

test('who looks at the same kind of thing looks in one transaction, and can write nothing there', async () => {
  const looking = (name: string, work: (db: Db) => Promise<unknown>) =>
    single.doors('attaka', name).along({ kind, holds: [] }).look(work)
  const since = (db: Db) => sql<{ now: Date }>`select now()`.execute(db).then(({ rows }) => rows[0]?.now.getTime())
  const [a, b, bad] = await waiting(() => [
    looking('a', since),
    looking('b', since),
    looking('c', (db) => write(db, 'along-bad')),
  ])
  expect([typeof a, typeof b]).toEqual(['number', 'number'])
  expect(bad).toMatchObject({ code: '25006' })
  const [c, d] = await waiting(() => [looking('a', since), looking('b', since)])
  expect(c).toBe(d)
  expect(await written()).toEqual([])
})
