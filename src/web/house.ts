import type { Hono } from 'hono'
import type { Db } from '#core/database.ts'
import type { Outside } from '#core/outside.ts'
import type { Actor } from '#core/policy.ts'
import type { Scene } from '#core/scene.ts'
import type { Log } from '#platform/log.ts'
import type { Database } from '#platform/postgres.ts'
import type { Tenant } from '#platform/tenants.ts'
import type { Shell } from '#ui/shell.tsx'
import type { Web } from './context.ts'
import type { Metrics } from './metrics.ts'
import type { Module } from './module.ts'
import type { Session } from './sessions.ts'

/** Who is signed in, as `people` tells. */
export type Known = { actor: Actor; name: string; staff: boolean; actsFor: string | null }

/** What `main` hands to the web: web itself knows no module. */
export type House = {
  database: Database
  modules: readonly Module[]
  outside: Outside
  registry: Scene['registry']
  send(tenant: string): Scene['send']
  tenants(): readonly Tenant[]
  /** Asks for the registry of tenants again, when an address names none that is known. */
  refreshTenants(): Promise<void>
  /** Who a session belongs to; in the request's first look. */
  actorOf(db: Db, session: Session): Promise<Known | null>
  /** Who a bearer token acts as; null when unknown, expired or revoked. */
  tokenActor(db: Db, hash: string, now: Date): Promise<Actor | null>
  surface: 'public' | 'staff' | 'both'
  byPath: boolean
  proxyHops: number
  metricsToken: string | null
  assets: Shell['assets']
  clientFolder: string
  log: Log
  metrics: Metrics
  clock(): Date
  /** Pages above tenants: the front page of an instance in trial mode. */
  front: Hono<Web>
}
