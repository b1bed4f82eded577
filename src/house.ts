// The whole house is put together in one file: what modules contribute, its database, its doors and its end.
import type { Hono } from 'hono'
import { Hono as HonoApp } from 'hono'
import pg from 'pg'
import type { Job } from '#core/job.ts'
import type { Outside } from '#core/outside.ts'
import type { Actor } from '#core/policy.ts'
import { onStage, type Scene } from '#core/scene.ts'
import { modules } from '#modules/index.ts'
import { actorOfPerson } from '#modules/representation/index.ts'
import { actorOfToken } from '#modules/tokens/index.ts'
import { type Jobs, openJobs, queuesOf } from '#platform/jobs.ts'
import type { Log } from '#platform/log.ts'
import { assertHarmlessLogin, assertPrepared, fingerprint, migrate, migrationsOf } from '#platform/migrate.ts'
import { type Database, openDatabase } from '#platform/postgres.ts'
import { listTenants, markSeeded, type Tenant } from '#platform/tenants.ts'
import type { Shell } from '#ui/shell.tsx'
import { createApp } from '#web/app.tsx'
import type { Web } from '#web/context.ts'
import { frontRoutes } from '#web/front.tsx'
import { openMetrics } from '#web/metrics.ts'

/** Every migration of the house, floors before modules, modules in the order in which they may know each other. */
const migrations = [
  ...migrationsOf(
    'platform',
    import.meta.glob('./platform/migrations/*.sql', { query: '?raw', import: 'default', eager: true }),
  ),
  ...migrationsOf('web', import.meta.glob('./web/migrations/*.sql', { query: '?raw', import: 'default', eager: true })),
  ...modules.flatMap((module) => module.migrations),
]

const jobs: readonly Job[] = modules.flatMap((module) => module.jobs)

/** What all modules contribute. Each house has lists of its own. */
const gather = (): Scene['registry'] => ({
  measures: modules.flatMap(({ measures }) => measures ?? []),
  tasks: modules.flatMap(({ tasks }) => tasks ?? []),
  mine: modules.flatMap(({ mine }) => mine ?? []),
  search: modules.flatMap(({ search }) => search ?? []),
  retention: modules.flatMap(({ retention }) => retention ?? []),
  things: modules.flatMap(({ things }) => things ?? []),
  titles: new Map(
    modules.flatMap(({ name, knownAs, called, actions, views }): [string, string][] => [
      ...(knownAs ? [] : [[name, called?.module ?? name] satisfies [string, string]]),
      ...[...actions, ...views].map((act): [string, string] => [act.name, called?.acts[act.name] ?? act.title]),
    ]),
  ),
})

export type TenantSeed = Pick<Tenant, 'tenant' | 'name' | 'kind' | 'parent' | 'hosts' | 'fictional' | 'key_colour'> &
  Partial<Pick<Tenant, 'contact_office' | 'contact_phone' | 'contact_mail' | 'contact_hours'>>

/** Brings a database to today's shape, under the owner's login. */
export async function prepareDatabase(ownerUrl: string) {
  await migrate(ownerUrl, migrations, queuesOf(jobs))
  await fillSearchForms(ownerUrl)
}

/** What migrations leave to be written by the application. Stopped at any moment, the next start goes on. */
async function fillSearchForms(ownerUrl: string) {
  const database = openDatabase(ownerUrl, { size: 1, log: () => undefined })
  try {
    for (const { tenant } of await database.above(listTenants)) {
      const { change } = database.doors(tenant)
      for (const { fillSearchForms: fill } of modules) while (fill && (await change(fill)) > 0);
    }
  } finally {
    await database.close()
  }
}

/**
 * Brings an empty database to an earlier shape, given by what had been applied then, under the owner's login. Throws one
 * sentence if this program does not know that shape.
 */
export async function prepareEarlier(
  ownerUrl: string,
  applied: readonly { module: string; name: string; sha256: string }[],
) {
  const known = new Map(migrations.map((one) => [`${one.module}/${one.name}`, one]))
  const foreign = applied.find(({ module, name, sha256 }) => {
    const ours = known.get(`${module}/${name}`)
    return !ours || fingerprint(ours) !== sha256
  })
  if (foreign)
    throw new UnknownShape(`It has the migration ${foreign.module}/${foreign.name}, which this Attaka does not know.`)
  const wanted = new Set(applied.map(({ module, name }) => `${module}/${name}`))
  await migrate(
    ownerUrl,
    migrations.filter(({ module, name }) => wanted.has(`${module}/${name}`)),
    queuesOf(jobs),
  )
}

/** A database of a shape that this program has never had. */
export class UnknownShape extends Error {}

/** Adds tenants that aren't there yet, after those that are, under the owner's login. Returns the new ones. */
export async function addTenants(ownerUrl: string, tenants: readonly TenantSeed[]): Promise<string[]> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    const added: string[] = []
    for (const tenant of tenants) {
      const { rowCount } = await owner.query(
        `insert into tenant (tenant, name, kind, parent, hosts, fictional, key_colour, contact_office, contact_phone,
           contact_mail, contact_hours, ordinal)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, (select coalesce(max(ordinal) + 1, 0) from tenant))
         on conflict do nothing`,
        [
          tenant.tenant,
          tenant.name,
          tenant.kind,
          tenant.parent,
          tenant.hosts,
          tenant.fictional,
          tenant.key_colour,
          tenant.contact_office ?? null,
          tenant.contact_phone ?? null,
          tenant.contact_mail ?? null,
          tenant.contact_hours ?? null,
        ],
      )
      if (rowCount) added.push(tenant.tenant)
    }
    return added
  } finally {
    await owner.end()
  }
}

export type HouseOptions = {
  appUrl: string
  outside: Outside
  assets: Shell['assets']
  clientFolder: string
  log: Log
  clock?: () => Date
  surface?: 'public' | 'staff' | 'both'
  byPath?: boolean
  proxyHops?: number
  metricsToken?: string | null
  poolSize?: number
  /** How many may wait for a connection of the pool. */
  waiting?: number
}

export type House = {
  app: Hono<Web>
  database: Database
  jobs: Jobs
  /** A scene for work that no request asked for; without an actor, as the house itself. */
  sceneOf(tenant: string, actor?: Actor | null): Scene
  tenants(): readonly Tenant[]
  refreshTenants(): Promise<void>
  /** Begins to work off the outbox. */
  work(): Promise<void>
  /** Works off all that waits, once, here and now. For tests and scripts. */
  settle(): Promise<void>
  close(): Promise<void>
}

/** The house itself, at work for its tenants. */
export const system: Actor = {
  id: 'system',
  kind: 'system',
  roles: [],
  section: null,
  represents: null,
  assurance: 'account',
  scopes: null,
}

/** Opens the house on a prepared database: doors, modules, pages and outbox. Listens to nobody yet. */
export async function openHouse(options: HouseOptions): Promise<House> {
  const { appUrl, outside, log, clock = () => new Date() } = options
  await assertHarmlessLogin(appUrl)
  await assertPrepared(appUrl, migrations)
  const database = openDatabase(appUrl, {
    ...(options.poolSize && { size: options.poolSize }),
    ...(options.waiting && { waiting: options.waiting }),
    log: (error) => log('database-connection-lost', { error: error.name }),
  })
  const metrics = openMetrics(database.load)
  const outbox = await openJobs(appUrl, (event, fields) => {
    if (event === 'job-failed') metrics.jobs.inc({ job: fields.job ?? 'unknown' })
    log(event, fields)
  })
  const registry = gather()
  let tenants: readonly Tenant[] = await database.above(listTenants)
  let asked = 0
  const refreshTenants = async () => {
    // Addresses that name no tenant are mostly noise: the registry is asked at most every few seconds.
    if (Date.now() - asked < 3_000) return
    asked = Date.now()
    tenants = await database.above(listTenants)
  }
  const sceneOf = (tenant: string, actor: Actor | null = system): Scene => {
    const { look, change, along } = database.doors(tenant)
    const send = outbox.send(tenant)
    return { tenant, actor, visitor: [], now: clock(), registry, outside, send, look, change, along }
  }
  const app = createApp({
    database,
    modules,
    outside,
    registry,
    send: outbox.send,
    tenants: () => tenants,
    refreshTenants,
    actorOf: (db, session) => actorOfPerson(db, session, clock()),
    tokenActor: actorOfToken,
    surface: options.surface ?? 'both',
    byPath: options.byPath ?? outside.mode === 'trial',
    proxyHops: options.proxyHops ?? 0,
    metricsToken: options.metricsToken ?? null,
    assets: options.assets,
    clientFolder: options.clientFolder,
    log,
    metrics,
    clock,
    front: new HonoApp<Web>().route(
      '/',
      frontRoutes(modules, () => tenants),
    ),
  })
  return {
    app,
    database,
    jobs: outbox,
    sceneOf,
    tenants: () => tenants,
    refreshTenants: async () => {
      asked = 0
      await refreshTenants()
    },
    work: () =>
      outbox.work(
        jobs,
        (tenant) => sceneOf(tenant),
        async () => {
          // A tenant that was added meanwhile has its yearly, nightly and hourly work too.
          await refreshTenants()
          return tenants.map(({ tenant }) => tenant)
        },
      ),
    settle: () => outbox.settle(jobs, (tenant) => sceneOf(tenant)),
    close: async () => {
      await outbox.stop()
      await database.close()
    },
  }
}

/** Fills a tenant with its demonstration town: each module once, wholly or not at all, lower ones first. */
export async function seedTenant(house: House, tenant: string) {
  for (const module of modules) {
    const scene = house.sceneOf(tenant)
    await scene.change(async (db) => {
      if (await markSeeded(db, module.name, scene.now)) await module.seed(onStage(scene, db))
    })
  }
}
