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

test('the queues may be prepared again and again', async () => {
  await prepareJobs(house.databaseUrl('attaka_owner'), queuesOf([tell]))
  expect(queuesOf([tell, { ...tell, name: 'test.sweep', every: '0 3 * * *' }])).toEqual([
    'test.tell-somebody',
    'test.sweep',
    'test.sweep.every',
  ])
})
