import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { record } from '#core/audit.ts'
import type { Scene } from '#core/scene.ts'
import { trailIn, verifyTrail } from '#modules/evidence/index.ts'
import { modules } from '#modules/index.ts'
import { startEmbeddedServer } from '#platform/embedded-postgres.ts'
import { openLog } from '#platform/log.ts'
import { readConfig } from '../../src/config.ts'
import { addTenants, openHouse, prepareDatabase, system } from '../../src/house.ts'
import { openOutside } from '../../src/outside.ts'
import type { Bench, Figure } from './figure.ts'

const tenant = 'bench'
const many = 50_000
/** Acts that write an entry each, one transaction each, by so many at once. */
const clients = 8
const secondsOfWriting = 5

/** How fast the trail is sealed and verified, and whether those who write notice. */
export const bench: Bench = {
  name: 'sealing',
  async run(report) {
    const folder = mkdtempSync(join(tmpdir(), 'attaka-bench-'))
    chmodSync(folder, 0o755)
    const server = await startEmbeddedServer({ dataDir: join(folder, 'data'), log: () => {} })
    try {
      await prepareDatabase(server.ownerUrl)
      await addTenants(server.ownerUrl, [
        { tenant, name: '計測', kind: 'prefecture', parent: null, hosts: [], fictional: true, key_colour: 'green' },
      ])
      const config = readConfig({ DATA_DIR: join(folder, 'data') })
      const outside = openOutside({ config, secret: 'x'.repeat(40), base: '', port: () => 0, tenants: () => [] })
      const house = await openHouse({
        appUrl: server.appUrl,
        outside,
        assets: { style: '', script: '' },
        clientFolder: '.',
        log: openLog('silent'),
        poolSize: clients + 2,
      })
      const admin = new pg.Client({ connectionString: server.adminUrl })
      await admin.connect()
      try {
        await measure({ house, admin, report })
      } finally {
        await admin.end()
        await house.close()
      }
    } finally {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

type Circumstances = {
  house: Awaited<ReturnType<typeof openHouse>>
  admin: pg.Client
  report(figure: Figure): void
}

async function measure({ house, admin, report }: Circumstances) {
  const scene = () => house.sceneOf(tenant, system)
  const job = modules.flatMap(({ jobs }) => jobs).find(({ name }) => name === 'evidence.seal-trail')!
  const sealed = async () =>
    Number((await query(admin, `select count(*) as n from audit_leaf where tenant = '${tenant}'`))[0]?.n)

  /** Turn after turn, as the queue gives them. */
  const sealAll = async () => {
    while ((await job.run(scene(), {})) === 'more');
  }

  await fill(admin)
  const insert = await timed(() => fill(admin))
  const all = 2 * many
  let seconds = 0
  while ((await sealed()) < all) seconds += await timed(() => job.run(scene(), {}))
  report({
    name: 'entries sealed and told to a witness',
    size: `${all} entries, batches of 500, resting as long as working; floor: writing them, 100 to a transaction`,
    value: all / seconds,
    unit: 'per second',
    floor: many / insert,
    ratio: all / seconds / (many / insert),
  })

  let faults = 0
  const verifying = await timed(async () => {
    const verdict = await house.database.frozen(tenant, (db) => verifyTrail(trailIn(db), tenant, outsideOf(scene())))
    faults = verdict.faults.length
  })
  if (faults > 0) throw new Error('the trail that was just sealed has faults')
  report({ name: 'entries verified', size: `${all} entries, one witness`, value: all / verifying, unit: 'per second' })

  // Alternating, so that what the machine does besides falls on all.
  const [without, regular, backlog]: [number[], number[], number[]] = [[], [], []]
  for (let round = 0; round < 3; round++) {
    without.push(await writing(scene))
    regular.push(await whileSealing(sealAll, 1_000, () => writing(scene)))
    await fill(admin)
    backlog.push(await whileSealing(sealAll, 0, () => writing(scene)))
    await sealAll()
  }
  const size = `${clients} at once, ${secondsOfWriting} s, median of 3; floor: the same without sealing`
  const tell = (name: string, values: readonly number[]) =>
    report({
      name,
      size,
      value: median(values),
      unit: 'per second',
      floor: median(without),
      ratio: median(values) / median(without),
    })
  tell('acts written while the trail is sealed every second (300 times as often as it is)', regular)
  tell(`acts written while a backlog of ${many} is sealed`, backlog)
}

/** Does something while the trail is sealed again and again, with a pause in between. */
async function whileSealing<T>(seal: () => Promise<void>, pauseMs: number, work: () => Promise<T>): Promise<T> {
  let stop = false
  const sealing = (async () => {
    while (!stop) {
      await seal()
      await pause(pauseMs)
    }
  })()
  const result = await work()
  stop = true
  await sealing
  return result
}

const outsideOf = (scene: Scene) => scene.outside.witnesses

/** Acts per second: transactions that write one entry each, durable, as every act of the house does. */
async function writing(scene: () => Scene): Promise<number> {
  let written = 0
  const until = performance.now() + secondsOfWriting * 1000
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < until) {
        const one = scene()
        await one.change((db) => record(db, one, { act: 'bench.act', kind: 'act' }))
        written++
      }
    }),
  )
  return written / secondsOfWriting
}

/** Many entries, by transactions of a hundred. */
async function fill(admin: pg.Client) {
  for (let n = 0; n < many / 100; n++) await query(admin, entries(100))
}

const entries = (count: number) => `
  insert into audit (tenant, id, at, act, kind, actor, actor_kind, subjects)
  select '${tenant}', gen_random_uuid(), now(), 'bench.act', 'act', gen_random_uuid()::text, 'person',
         jsonb_build_array(jsonb_build_object('module', 'procedures', 'kind', 'filing', 'id', gen_random_uuid()))
    from generate_series(1, ${count})`

async function query(client: pg.Client, text: string): Promise<{ n?: string }[]> {
  return (await client.query(text)).rows
}

/** Seconds. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return (performance.now() - from) / 1000
}

const median = (values: readonly number[]) => values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0
