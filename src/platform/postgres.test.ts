import { readFile } from 'node:fs/promises'
import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db } from '#core/database.ts'
import { openHouse, type TestHouse } from '../../tests/house.ts'
import { type Database, databaseAway, openDatabase } from './postgres.ts'

let house: TestHouse
/** One connection only: what one transaction left behind, the next would find. */
let single: Database
const lost: Error[] = []
beforeAll(async () => {
  house = await openHouse()
  single = openDatabase(house.databaseUrl('app'), { size: 1, log: (error) => lost.push(error) })
})
afterAll(() => single.close())

const towns = sql<{ tenant: string }>`select distinct tenant from person order by 1`
const seeded = sql<{ count: number }>`select count(*) as count from seeded where module like 'test%'`

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string; message: string }) => error.code ?? error.message,
  )

describe('a look', () => {
  test('sees its own tenant and no other', async () => {
    for (const tenant of ['attaka', 'mie']) {
      expect((await single.doors(tenant).look((db) => towns.execute(db))).rows).toEqual([{ tenant }])
    }
    expect((await single.doors('nowhere').look((db) => towns.execute(db))).rows).toEqual([])
  })

  test('can’t write, nor turn itself into a change', async () => {
    const { look } = single.doors('attaka')
    const write = sql`insert into seeded (module, at) values ('test-look', now())`
    expect(await codeOf(look((db) => write.execute(db)))).toBe('25006')
    const turn = look(async (db) => {
      await sql`set transaction read write`.execute(db)
      await write.execute(db)
    })
    expect(await codeOf(turn)).toBe('25001')
    expect((await look((db) => seeded.execute(db))).rows).toEqual([{ count: 0 }])
  })
})

describe('a change', () => {
  test('is kept whole, or not at all', async () => {
    const { change, look } = single.doors('attaka')
    const cut = change(async (db) => {
      await sql`insert into seeded (module, at) values ('test-cut', now())`.execute(db)
      throw new Error('thought better of it')
    })
    await expect(cut).rejects.toThrow('thought better of it')
    expect((await look((db) => seeded.execute(db))).rows).toEqual([{ count: 0 }])
    await change((db) => sql`insert into seeded (module, at) values ('test-kept', now())`.execute(db))
    expect((await look((db) => seeded.execute(db))).rows).toEqual([{ count: 1 }])
  })

  test('can’t write for another tenant', async () => {
    const write = single
      .doors('mie')
      .change((db) => sql`insert into seeded (tenant, module, at) values ('attaka', 'test-other', now())`.execute(db))
    expect(await codeOf(write)).toBe('42501')
  })
})

test('a note is kept or undone as a change is, waits for no disk, and leaves the next change durable', async () => {
  const { note, change, look } = single.doors('attaka')
  const waits = (db: Db) =>
    sql<{ now: string }>`select current_setting('synchronous_commit') as now`
      .execute(db)
      .then(({ rows }) => rows[0]?.now)
  const cut = note(async (db) => {
    await sql`insert into seeded (module, at) values ('test-note-cut', now())`.execute(db)
    throw new Error('thought better of it')
  })
  await expect(cut).rejects.toThrow('thought better of it')
  expect(
    await note(async (db) => {
      await sql`insert into seeded (module, at) values ('test-note', now())`.execute(db)
      return waits(db)
    }),
  ).toBe('off')
  expect(await change(waits)).toBe('on')
  const { rows } = await look((db) =>
    sql<{ module: string }>`select module from seeded where module like 'test-note%'`.execute(db),
  )
  expect(rows).toEqual([{ module: 'test-note' }])
})

test('a connection that goes back to the pool has forgotten its tenant', async () => {
  await single.doors('attaka').change((db) => towns.execute(db))
  const left = await single.above((db) =>
    sql<{ tenant: string; persons: number }>`
      select current_setting('app.tenant', true) as tenant, (select count(*) from person) as persons`.execute(db),
  )
  expect(left.rows).toEqual([{ tenant: '', persons: 0 }])
})

test.each(["attaka'; drop table person; --", '', 'Attaka', 'a'.repeat(64), '../mie', 'mie\n'])(
  'a name that can be no tenant’s opens no door: %j',
  (name) => {
    expect(() => single.doors(name)).toThrow("not a tenant's id")
  },
)

test('days stay what is printed on the calendar, counts are numbers, decimals lose nothing', async () => {
  const { rows } = await single.above((db) =>
    sql`select date '2026-04-01' as day, 9007199254740991::int8 as count, 0.10::numeric as rate,
               timestamptz '2026-04-01T00:00:00+09:00' as at`.execute(db),
  )
  expect(rows).toEqual([
    { day: '2026-04-01', count: 9007199254740991, rate: '0.10', at: new Date('2026-03-31T15:00:00Z') },
  ])
})

describe('while the database is away', () => {
  test('errors are known for that, and faults of ours are not', async () => {
    for (const url of ['postgres://app:x@127.0.0.1:1/none', 'postgres://app:x@127.0.0.1:1/none?host=%2Fno%2Fsocket']) {
      const closed = openDatabase(url, { log: () => undefined })
      const refused = await closed.above((db) => towns.execute(db)).catch((error: unknown) => error)
      expect(databaseAway(refused)).toBe(true)
      await closed.close()
    }
    expect(databaseAway(Object.assign(new Error(), { code: 'EAGAIN', syscall: 'connect' }))).toBe(true)
    const noFile = await readFile('/no/file').catch((error: unknown) => error)
    expect(databaseAway(noFile)).toBe(false)
    const wrong = await single.above((db) => sql`select from nothing`.execute(db)).catch((error: unknown) => error)
    expect(wrong).toBeInstanceOf(Error)
    expect(databaseAway(wrong)).toBe(false)
    for (const other of [new Error('x'), 'ECONNREFUSED', null, { code: '57P01' }])
      expect(databaseAway(other)).toBe(false)
    const both = [Object.assign(new Error(), { code: 'ECONNREFUSED' })]
    expect(databaseAway(new AggregateError(both))).toBe(true)
  })

  test('a statement that is cut off fails, and the next one gets a new connection', async () => {
    const cut = single.doors('attaka').change(async (db) => {
      await sql`insert into seeded (module, at) values ('test-lost', now())`.execute(db)
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
      await house.sql('select pg_terminate_backend($1)', [rows[0]?.pid])
      await towns.execute(db)
    })
    expect(databaseAway(await cut.catch((error: unknown) => error))).toBe(true)
    const { rows } = await single
      .doors('attaka')
      .look((db) => sql`select module from seeded where module = 'test-lost'`.execute(db))
    expect(rows).toEqual([])
  })

  test('a connection that is cut off while idle is heard of, and ends nothing', async () => {
    // A change: of a mere look nobody waits for the end, so its connection may not be idle yet.
    const { rows } = await single
      .doors('attaka')
      .change((db) => sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db))
    lost.length = 0
    await house.sql('select pg_terminate_backend($1)', [rows[0]?.pid])
    await expect.poll(() => lost.length).toBe(1)
    expect((await single.doors('mie').look((db) => towns.execute(db))).rows).toEqual([{ tenant: 'mie' }])
  })
})

describe('the last statement of a change', () => {
  const last = (module: string) => sql`insert into seeded (module, at) values (${module}, now())`
  const statement = (said: RawBuilder<unknown>) => (db: Db) => ({ compile: () => said.compile(db) })

  test('is kept with all before it', async () => {
    const { change, look } = single.doors('attaka')
    const done = await change(
      async (db) => {
        await last('test-last-1').execute(db)
        return 'done'
      },
      (db, result) => statement(last(`test-last-${result}`))(db),
    )
    expect(done).toBe('done')
    const kept = await look((db) =>
      sql`select module from seeded where module like 'test-last-%' order by 1`.execute(db),
    )
    expect(kept.rows).toEqual([{ module: 'test-last-1' }, { module: 'test-last-done' }])
  })

  const refuse = () => {
    throw new Error('not even said')
  }
  test.each([
    ['as the server sees it', statement(sql`select 1 / 0`), /zero/],
    ['before it was sent', refuse, /not even said/],
  ])('that fails %s undoes all before it', async (_, fails, why) => {
    const { change, look } = single.doors('attaka')
    const cut = change((db) => last('test-undone').execute(db), fails)
    await expect(cut).rejects.toThrow(why)
    const kept = await look((db) => sql`select from seeded where module = 'test-undone'`.execute(db))
    expect(kept.rows).toEqual([])
  })
})

describe('what is lent', () => {
  test('is dead when the transaction is over: nothing forgotten reaches into the next one', async () => {
    const { change } = single.doors('attaka')
    const forgotten = await change(async (db) => db)
    const next = single.doors('mie').look(async (db) => {
      await expect(towns.execute(forgotten)).rejects.toThrow('the transaction is over')
      return (await towns.execute(db)).rows
    })
    expect(await next).toEqual([{ tenant: 'mie' }])
  })

  test('answers in the order in which it was asked, and is undone whole when one of many fails', async () => {
    const { look, change } = single.doors('attaka')
    const many = await look((db) =>
      Promise.all(Array.from({ length: 50 }, (_, n) => sql<{ n: number }>`select ${n}::int as n`.execute(db))),
    )
    expect(many.map(({ rows }) => rows[0]?.n)).toEqual(Array.from({ length: 50 }, (_, n) => n))
    const cut = change((db) =>
      Promise.all([
        sql`insert into seeded (module, at) values ('test-many', now())`.execute(db),
        sql`select 1 / 0`.execute(db),
        sql`insert into seeded (module, at) values ('test-many-2', now())`.execute(db),
      ]),
    )
    await expect(cut).rejects.toThrow(/zero/)
    expect((await look((db) => sql`select from seeded where module like 'test-many%'`.execute(db))).rows).toEqual([])
  })

  test('a failure that nobody noticed is not taken for done', async () => {
    const cut = single.doors('attaka').change(async (db) => {
      await sql`select 1 / 0`.execute(db).catch(() => undefined)
    })
    await expect(cut).rejects.toThrow('nothing of it is kept')
  })
})
