import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { enqueue, job } from '#core/job.ts'
import { Refusal } from '#core/refusal.ts'
import { onStage, type Scene } from '#core/scene.ts'
import { openHouse, type TestHouse } from '../../tests/house.ts'
import { type Jobs, openJobs, prepareJobs, queuesOf } from './jobs.ts'
import { listTenants } from './tenants.ts'

let house: TestHouse
let jobs: Jobs
const worked: { tenant: string; actor: string | undefined; id: string }[] = []
const heard: Record<string, string>[] = []
let fail = 0

const tell = job({
  name: 'test.tell-somebody',
  input: z.object({ id: z.string().max(20) }),
  async run(scene, { id }) {
    if (fail-- > 0) throw new Error('the post is closed for 花子')
    worked.push({ tenant: scene.tenant, actor: scene.actor?.kind, id })
  },
})

beforeAll(async () => {
  house = await openHouse()
  await prepareJobs(house.databaseUrl('attaka_owner'), queuesOf([tell]))
  jobs = await openJobs(house.databaseUrl('app'), (event, fields) => heard.push({ event, ...fields }))
})
afterAll(() => jobs.stop())
beforeEach(() => {
  worked.length = 0
  heard.length = 0
  fail = 0
})

const scene = (tenant = 'attaka'): Scene => ({ ...house.sceneOf(tenant), send: jobs.send(tenant) })
const settle = () => jobs.settle([tell], scene)
const waiting = () =>
  house.sql<{ data: unknown; state: string }>(`select data, state from jobs.job where name = $1`, [tell.name])

describe('a job', () => {
  test('is done once, for the tenant whose change it came with, as the house itself', async () => {
    const here = scene('mie')
    await here.change((db) => enqueue(onStage(here, db), tell, { id: 'one' }))
    await settle()
    await settle()
    expect(worked).toEqual([{ tenant: 'mie', actor: 'system', id: 'one' }])
  })

  test('isn’t there if the change it came with was taken back', async () => {
    const here = scene()
    const before = await waiting()
    const refused = here.change(async (db) => {
      await enqueue(onStage(here, db), tell, { id: 'two' })
      throw new Refusal('conflict', 'somebody was first')
    })
    await expect(refused).rejects.toThrow('somebody was first')
    expect(await waiting()).toEqual(before)
    await settle()
    expect(worked).toEqual([])
  })

  test('isn’t seen by anybody before its change is committed', async () => {
    const here = scene()
    await here.change(async (db) => {
      await enqueue(onStage(here, db), tell, { id: 'three' })
      await settle()
      expect(worked).toEqual([])
    })
    await settle()
    expect(worked.map(({ id }) => id)).toEqual(['three'])
  })

  test('that failed waits to be tried again, and keeps no words of its fault', async () => {
    fail = 1
    const here = scene()
    await here.change((db) => enqueue(onStage(here, db), tell, { id: 'four' }))
    await settle()
    expect(worked).toEqual([])
    const [left] = await house.sql<{ state: string; output: unknown; retry_limit: number }>(
      `select state, output, retry_limit from jobs.job where name = $1 and data ->> 'id' = 'four'`,
      [tell.name],
    )
    expect(left).toMatchObject({ state: 'retry', output: { error: 'Error' } })
    expect(left?.retry_limit).toBeGreaterThanOrEqual(10)
  })

  test('whose payload isn’t what the job reads is never run', async () => {
    const here = scene()
    await here.change((db) => here.send(db, tell.name, { id: 'x'.repeat(21) }))
    await settle()
    expect(worked).toEqual([])
  })
})

test('the house works off what comes, tells of a failure only its kind, and stops when told', async () => {
  const own = await openJobs(house.databaseUrl('app'), (event, fields) => heard.push({ event, ...fields }))
  await own.work([tell], scene, async () => (await house.database.above(listTenants)).map(({ tenant }) => tenant))
  fail = 1
  const here = scene('hidamari')
  await here.change((db) => enqueue(onStage(here, db), tell, { id: 'fails' }))
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBeGreaterThan(0)
  expect(heard[0]).toEqual({ event: 'job-failed', job: tell.name, tenant: 'hidamari', error: 'Error' })
  await here.change((db) => enqueue(onStage(here, db), tell, { id: 'works' }))
  await expect.poll(() => worked.map(({ id }) => id), { timeout: 10_000 }).toEqual(['works'])
  await own.stop()
  await here.change((db) => enqueue(onStage(here, db), tell, { id: 'afterwards' }))
  expect(worked.map(({ id }) => id)).toEqual(['works'])
})

describe('a job that comes by the clock', () => {
  const sweep = job({
    name: 'test.sweep-slowly',
    input: z.object({}),
    every: '0 3 * * *',
    async run({ tenant }) {
      swept.push(tenant)
      const left = rest.get(tenant) ?? 0
      rest.set(tenant, left - 1)
      return left > 0 ? 'more' : undefined
    },
  })
  const swept: string[] = []
  const rest = new Map<string, number>()
  const states = () =>
    house.sql<{ tenant: string; state: string }>(
      `select data ->> 'tenant' as tenant, state from jobs.job where name = $1 and state < 'completed' order by 1, 2`,
      [sweep.name],
    )
  /** What the scheduler does with it when its time comes. */
  const dawn = async (...tenants: string[]) => {
    for (const tenant of tenants) {
      const here = scene(tenant)
      await here.change((db) => here.send(db, sweep.name, {}, { singletonKey: tenant }))
    }
  }
  beforeAll(() => prepareJobs(house.databaseUrl('attaka_owner'), queuesOf([sweep])))
  beforeEach(() => {
    swept.length = 0
    rest.clear()
  })

  test('waits once for each tenant, however often its time comes', async () => {
    for (let day = 0; day < 3; day++) await dawn('attaka', 'mie')
    expect(await states()).toEqual([
      { tenant: 'attaka', state: 'created' },
      { tenant: 'mie', state: 'created' },
    ])
    await jobs.settle([sweep], scene)
    expect(swept.toSorted()).toEqual(['attaka', 'mie'])
    await dawn('mie')
    await jobs.settle([sweep], scene)
    expect(swept.filter((tenant) => tenant === 'mie')).toHaveLength(2)
  })

  test('is not begun by anybody else while it is run', async () => {
    await dawn('attaka')
    const during: unknown[] = []
    const slow = job({
      ...sweep,
      async run() {
        // Its time comes, and another process looks for work.
        await dawn('attaka', 'mie')
        during.push(...(await states()))
        await jobs.settle([{ ...sweep }], scene)
        return undefined
      },
    })
    await jobs.settle([slow], scene)
    expect(during).toEqual([
      { tenant: 'attaka', state: 'active' },
      { tenant: 'mie', state: 'created' },
    ])
    expect(swept).toEqual(['mie'])
  })

  test('that has more to do goes behind those of the others, until nothing is left', async () => {
    rest.set('attaka', 2)
    await dawn('attaka')
    await dawn('mie')
    await jobs.settle([sweep], scene)
    expect([swept.slice(0, 2).toSorted(), swept.slice(2)]).toEqual([
      ['attaka', 'mie'],
      ['attaka', 'attaka'],
    ])
    expect(await states()).toEqual([])
  })

  test('is kept in a queue of its kind, also where an earlier program had made another', async () => {
    const old = [{ name: sweep.name, policy: 'standard' as const }]
    await prepareJobs(house.databaseUrl('attaka_owner'), old)
    await prepareJobs(house.databaseUrl('attaka_owner'), queuesOf([sweep]))
    const policies = await house.sql('select name, policy from jobs.queue where name like $1 order by 1', [
      'test.sweep-s%',
    ])
    expect(policies).toEqual([
      { name: sweep.name, policy: 'exclusive' },
      { name: `${sweep.name}.every`, policy: 'standard' },
    ])
  })
})

test('what a batch has no time for is put back, and is run by nobody twice', async () => {
  await house.sql('delete from jobs.job where name = $1', [tell.name])
  const own = await openJobs(house.databaseUrl('app'), (event, fields) => heard.push({ event, ...fields }), 0)
  const here = scene()
  await here.change(async (db) => {
    for (const id of ['b1', 'b2', 'b3']) await enqueue(onStage(here, db), tell, { id })
  })
  await own.work([tell], scene, async () => [])
  const states = async () =>
    (
      await house.sql<{ state: string }>(`select state from jobs.job where name = $1 and data ->> 'id' like 'b_'`, [
        tell.name,
      ])
    ).map(({ state }) => state)
  await expect
    .poll(async () => (await states()).toSorted(), { timeout: 10_000 })
    .toEqual(['completed', 'retry', 'retry'])
  await own.stop()
  expect(worked).toHaveLength(1)
  await house.sql(`update jobs.job set start_after = now() where name = $1 and state = 'retry'`, [tell.name])
  await settle()
  expect(worked.map(({ id }) => id).toSorted()).toEqual(['b1', 'b2', 'b3'])
  expect(heard).toEqual([])
})

test('the queues may be prepared again and again', async () => {
  await prepareJobs(house.databaseUrl('attaka_owner'), queuesOf([tell]))
  expect(queuesOf([tell, { ...tell, name: 'test.sweep', every: '0 3 * * *' }])).toEqual([
    { name: 'test.tell-somebody', policy: 'standard' },
    { name: 'test.sweep', policy: 'exclusive' },
    { name: 'test.sweep.every', policy: 'standard' },
  ])
})
