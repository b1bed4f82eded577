import { CompiledQuery } from 'kysely'
import { PgBoss } from 'pg-boss'
import type { Db } from '#core/database.ts'
import type { Job } from '#core/job.ts'
import type { Merge, Mergeable } from '#core/prepared.ts'
import type { Scene, SendOptions } from '#core/scene.ts'

/** The schema of the job tables; row-level security does not reach there, so payloads carry ids only. */
export const jobSchema = 'jobs'

/** How often a failed job is tried again: with growing pauses, for more than three days. */
const patience = { retryLimit: 20, retryDelay: 20, retryBackoff: true, retryDelayMax: 6 * 3600, expireInSeconds: 300 }

/** What comes again by the clock is tried again soon: what waits holds back the next one. */
const patienceByClock = { ...patience, retryDelayMax: 300 }

/**
 * How long a batch of jobs is worked on before the rest is put back. Far enough from its expiry for the last one's turn: expired
 * jobs are given to somebody else while we are still at them.
 */
const longestBatchMs = 120_000

/** `exclusive`: of each key only one waits or is run at any time. */
export type Queue = { name: string; policy: 'standard' | 'exclusive' }

/** Creates or upgrades the job tables and the queues, under the owner's login. */
export async function prepareJobs(ownerUrl: string, queues: readonly Queue[]) {
  const boss = new PgBoss({ connectionString: ownerUrl, schema: jobSchema, supervise: false, schedule: false, max: 2 })
  boss.on('error', () => undefined)
  await boss.start()
  try {
    for (const { name, policy } of queues) {
      const options = policy === 'exclusive' ? patienceByClock : patience
      const known = await boss.getQueue(name)
      // A policy is for life. What waits in a queue by the clock comes again by itself.
      if (known && known.policy !== policy) await boss.deleteQueue(name)
      await boss.createQueue(name, { ...options, policy })
      await boss.updateQueue(name, options)
    }
  } finally {
    await boss.stop({ graceful: false })
  }
}

/** So many jobs of one queue are worked at once: a letter waits for the mail server, the next one needn't. */
const hands = 4

export type Jobs = {
  /** Puts a job into the outbox, on the connection of the open transaction. */
  send(tenant: string): Scene['send']
  /** Begins to work; `sceneOf` opens a scene for a tenant as the actor `system`. */
  work(jobs: readonly Job[], sceneOf: (tenant: string) => Scene, tenants: () => Promise<string[]>): Promise<void>
  /** Works off all that waits, here and now, retries included once. */
  settle(jobs: readonly Job[], sceneOf: (tenant: string) => Scene): Promise<void>
  stop(): Promise<void>
}

export type JobLog = (event: 'job-failed' | 'jobs-error', fields: Record<string, string>) => void

/** Opens the outbox under the application's login. Queues must exist (`prepareJobs`). */
export async function openJobs(appUrl: string, log: JobLog, batchMs = longestBatchMs): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString: appUrl,
    schema: jobSchema,
    migrate: false,
    createSchema: false,
    // Rebuilding indexes and watching vacuum need the tables' owner.
    reindex: false,
    monitorVacuum: false,
    max: 4,
  })
  boss.on('error', (error) => log('jobs-error', { error: (error as { code?: string }).code ?? error.name }))
  await boss.start()

  const send = (tenant: string) => (db: Db, name: string, payload: Record<string, unknown>, options?: SendOptions) =>
    boss
      .send(name, { ...payload, tenant }, { ...options, db: { executeSql: (text, values) => run(db, text, values) } })
      .then(() => undefined)

  return {
    send,
    async work(jobs, sceneOf, tenants) {
      for (const job of jobs) {
        // A batch at a time, each job settled by itself: one that fails doesn't take its neighbours along.
        const handler = async (batch: { id: string; data: unknown }[]) => {
          const begun = performance.now()
          const waiting = batch.entries()
          const hand = async () => {
            for (const [at, taken] of waiting) {
              if (at > 0 && performance.now() - begun >= batchMs)
                await boss.fail(job.name, taken.id, { error: 'NoTimeLeft' })
              else await settleOne(boss, job, taken, sceneOf, log)
            }
          }
          // What comes by the clock has time, and leaves the machine to those who wait.
          await Promise.all(Array.from({ length: job.every ? 1 : hands }, hand))
        }
        await boss.work(job.name, { pollingIntervalSeconds: 1, batchSize: 20 }, handler)
        if (job.every) await everyTenant(boss, job.name, job.every, tenants)
      }
    },
    async settle(jobs, sceneOf) {
      for (let worked = true; worked; ) {
        worked = false
        for (const job of jobs) {
          for (const taken of await boss.fetch(job.name, { batchSize: 50 })) {
            worked = true
            await settleOne(boss, job, taken, sceneOf, () => undefined)
          }
        }
      }
    },
    stop: () => boss.stop({ graceful: true, timeout: 8_000 }),
  }
}

async function settleOne(
  boss: PgBoss,
  job: Job,
  { id, data }: { id: string; data: unknown },
  sceneOf: (tenant: string) => Scene,
  log: JobLog,
) {
  try {
    const { tenant, ...payload } = (data ?? {}) as { tenant: string }
    const left = await job.run(sceneOf(tenant), job.input.parse(payload))
    await boss.complete(job.name, id)
    // Behind those of all other tenants that wait.
    if (left === 'more') await boss.send(job.name, data as object, { singletonKey: tenant })
  } catch (error) {
    // Only the kind of fault: messages of drivers can carry values.
    const kind = error instanceof Error ? error.name : 'unknown'
    log('job-failed', { job: job.name, tenant: (data as { tenant: string }).tenant, error: kind })
    await boss.fail(job.name, id, { error: kind })
  }
}

/** The scheduler fires one job above tenants, which enqueues one per tenant. */
async function everyTenant(boss: PgBoss, name: string, cron: string, tenants: () => Promise<string[]>) {
  const queue = fanOut(name)
  await boss.work(queue, { pollingIntervalSeconds: 5 }, async () => {
    for (const tenant of await tenants()) await boss.send(name, { tenant }, { singletonKey: tenant })
  })
  await boss.schedule(queue, cron, {}, { tz: 'Asia/Tokyo' })
}

/** The queue that the scheduler fires for a repeated job. */
const fanOut = (name: string) => `${name}.every`

/** Every queue that the jobs need. */
export const queuesOf = (jobs: readonly Job[]): Queue[] =>
  jobs.flatMap(({ name, every }): Queue[] =>
    every
      ? [
          { name, policy: 'exclusive' },
          { name: fanOut(name), policy: 'standard' },
        ]
      : [{ name, policy: 'standard' }],
  )

/** Says what puts one job into the outbox. */
const run = (db: Db, text: string, values: unknown[] = []) =>
  db.executeQuery({ ...CompiledQuery.raw(text, values), ...asOneList(text, values) } as Mergeable<Row>)

type Row = Record<string, unknown>

/** It takes a list of jobs, and so those of several. Where one of them was there already, nobody can tell whose it was. */
function asOneList(text: string, [list, ...others]: unknown[]): Pick<Mergeable, 'merge' | 'given'> {
  if (typeof list !== 'string' || others.length > 0 || !text.includes('json_to_recordset($1')) return {}
  const merge: Merge<string> = {
    of: text,
    all: (_, lists) => CompiledQuery.raw(text, [JSON.stringify(lists.map(onlyOne))]),
    part(rows, lists) {
      if (rows.length !== lists.length) throw new Error('some of these jobs were there already')
      return rows.map((row) => [row])
    },
  }
  return { merge, given: list }
}

function onlyOne(list: string): unknown {
  const [job, ...others] = JSON.parse(list) as unknown[]
  if (others.length > 0) throw new Error('a list of several jobs is said by itself')
  return job
}
