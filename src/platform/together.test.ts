import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import type { TestHouse } from '../../tests/house.ts'
import { occupied, openSingleHouse } from '../../tests/occupied.ts'
import { Overloaded } from './fair-queue.ts'
import { type Database, databaseAway, openDatabase } from './postgres.ts'
import type { Together } from './together.ts'

let house: TestHouse
let single: Database
beforeAll(async () => {
  ;({ house, single } = await openSingleHouse())
})

type Answer = { asked: string; tenant: string; by: number; of: number }

/** Says in which transaction it was done, and for how many; fails, as the server sees it, where somebody asks for 'fault'. */
const saying = (how: 'look' | 'note' = 'look'): Together<string, Answer> => ({
  how,
  async work(db, asked) {
    const { rows } = await sql<{ tenant: string; by: number }>`
      select current_setting('app.tenant') as tenant, extract(epoch from now())::float8 as by`.execute(db)
    if (asked.includes('fault')) await sql`select 1 / 0`.execute(db)
    for (const one of asked)
      if (how === 'note') await sql`insert into seeded (module, at) values (${one}, now())`.execute(db)
    const { tenant = '', by = 0 } = rows[0] ?? {}
    return asked.map((one) => ({ asked: one, tenant, by, of: asked.length }))
  },
})

const ask = (same: Together<string, Answer>, asked: string, { tenant = 'attaka', client = asked } = {}) =>
  single.doors(tenant, client).together(same, asked)
/** What they are answered who all ask while the only connection is taken. */
async function waiting<T>(asking: () => Promise<T>[]) {
  const free = await occupied(single, 1)
  const asked = asking()
  await free()
  return Promise.all(asked)
}
const names = (count: number) => Array.from({ length: count }, (_, n) => `one-${n}`)

describe('who waits for the same', () => {
  test('is served in one transaction, and everybody gets the answer to what they asked', async () => {
    const same = saying()
    const answers = await waiting(() => names(5).map((name) => ask(same, name)))
    expect(answers.map(({ asked }) => asked)).toEqual(names(5))
    expect(new Set(answers.map(({ by, of }) => `${by} ${of}`)).size).toBe(1)
    expect(answers[0]?.of).toBe(5)
    expect(single.load()).toEqual({ served: 0, waiting: 0 })
  })

  test('never waits for it at another tenant, nor for something else', async () => {
    const [same, other] = [saying(), saying()]
    const answers = await waiting(() => [
      ask(same, 'here'),
      ask(same, 'there', { tenant: 'mie' }),
      ask(other, 'else'),
      ask(same, 'here too'),
      ask(same, 'there too', { tenant: 'mie' }),
    ])
    expect(answers.map(({ tenant, of }) => [tenant, of])).toEqual([
      ['attaka', 2],
      ['mie', 2],
      ['attaka', 1],
      ['attaka', 2],
      ['mie', 2],
    ])
  })

  test('waits in parts where there are many, so that nobody behind them waits for all', async () => {
    const same = saying()
    const answers = await waiting(() => names(40).map((name) => ask(same, name)))
    expect(answers.map(({ asked }) => asked)).toEqual(names(40))
    expect(answers.map(({ of }) => of)).toEqual([...Array(32).fill(16), ...Array(8).fill(8)])
  })

  test('is taken along in turns: a program that asks a lot leaves room for the others', async () => {
    const same = saying()
    const free = await occupied(single, 1)
    const program = names(30).map((name) => ask(same, name, { client: 'program' }))
    const people = ['a', 'b', 'c'].map((name) => ask(same, name))
    await free()
    expect((await Promise.all(people)).map(({ of }) => of)).toEqual([16, 16, 16])
    const [first] = await Promise.all(program)
    expect((await people[0])?.by).toBe(first?.by)
  })

  test('is served alone, and at once, where nobody waits', async () => {
    expect((await ask(saying(), 'alone')).of).toBe(1)
  })
})

describe('when it fails for several', () => {
  test('everybody has it done again alone, and only whose fault it is hears of it', async () => {
    const same = saying('note')
    const asking = () => [Promise.allSettled(['test-good-1', 'fault', 'test-good-2'].map((name) => ask(same, name)))]
    const [[one, fault, two] = []] = await waiting(asking)
    expect([one?.status, fault?.status, two?.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect((fault as PromiseRejectedResult).reason).toMatchObject({ code: '22012' })
    const kept = await house.sql(`select module from seeded where module like 'test-good%' order by 1`)
    expect(kept).toEqual([{ module: 'test-good-1' }, { module: 'test-good-2' }])
    expect(single.load()).toEqual({ served: 0, waiting: 0 })
  })

  test('for want of a server, all hear of that, and nobody tries it again', async () => {
    let tries = 0
    const server = createServer((socket) => {
      tries++
      socket.destroy()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const away = openDatabase(`postgres://app:x@127.0.0.1:${port}/none`, { size: 1, log: () => undefined })
    const same = saying()
    const asked = names(6).map((name) => away.doors('attaka', name).together(same, name))
    const settled = await Promise.allSettled(asked)
    expect(settled.map((one) => databaseAway((one as PromiseRejectedResult).reason))).toEqual(Array(6).fill(true))
    // The first, who found nobody waiting, and those who came behind it, together.
    expect(tries).toBe(2)
    expect(away.load()).toEqual({ served: 0, waiting: 0 })
    await away.close()
    server.close()
  })

  test('because the connection is cut, everybody is served by the next one', async () => {
    const same = saying()
    let cut = false
    const cutting: Together<string, Answer> = {
      how: 'look',
      async work(db, asked) {
        if (!cut && asked.length > 1) {
          cut = true
          const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
          await house.sql('select pg_terminate_backend($1)', [rows[0]?.pid])
        }
        return same.work(db, asked)
      },
    }
    const answers = await waiting(() => names(5).map((name) => ask(cutting, name)))
    expect(answers.map(({ asked, of }) => [asked, of])).toEqual(names(5).map((name) => [name, 1]))
    expect(cut).toBe(true)
  })
})

test('who finds no room to wait is refused as by any other door', async () => {
  const same = saying()
  const free = await occupied(single, 1)
  const waiting = names(41).map((name) => ask(same, name, { client: 'program' }))
  const settled = Promise.allSettled(waiting)
  await expect(waiting[40]).rejects.toBeInstanceOf(Overloaded)
  await free()
  expect((await settled).filter(({ status }) => status === 'fulfilled')).toHaveLength(40)
})

test('who was taken along counts as begun, as whoever came in by another door', async () => {
  const same = saying()
  const free = await occupied(single, 1)
  const doors = single.doors('attaka', 'begun')
  const [, begun] = [ask(same, 'first'), doors.together(same, 'along')]
  await free()
  await begun
  const again = await occupied(single, 1)
  const crowd = names(40).map((name) => ask(same, name, { client: 'program' }))
  const later = doors.look(async () => 'served')
  const settled = Promise.allSettled(crowd)
  await again()
  expect(await later).toBe('served')
  await settled
})
