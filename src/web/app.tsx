import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getConnInfo } from '@hono/node-server/conninfo'
import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono, type Next } from 'hono'
import type { Db } from '#core/database.ts'
import { newId } from '#core/ids.ts'
import type { Outside } from '#core/outside.ts'
import type { Actor } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import type { Scene } from '#core/scene.ts'
import type { Log } from '#platform/log.ts'
import type { Database } from '#platform/postgres.ts'
import type { Tenant } from '#platform/tenants.ts'
import type { Shell } from '#ui/shell.tsx'
import { apiRoutes } from './api.ts'
import { openBrowser } from './browser.ts'
import type { Ctx, Web } from './context.ts'
import { problem, troubleOf, troublePage } from './errors.tsx'
import { assertOwnOrigin, countPost } from './guard.ts'
import { securityHeaders } from './headers.ts'
import { wellFormed } from './input.ts'
import type { Metrics } from './metrics.ts'
import type { Module } from './module.ts'
import { placeOf } from './places.ts'
import { openRequest, type Session, touchSession } from './sessions.ts'
import { type Known, shellOf } from './shell.ts'
import { Unreadable } from './trouble.ts'

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

/** The whole of HTTP: what stands around every request, then the modules' routes and the API. */
export function createApp(house: House) {
  const app = new Hono<Web>({
    getPath: (request) => placeOf(new URL(request.url), house.tenants(), house.byPath).path,
  })
  const tls = house.outside.address('', '/').startsWith('https:')
  app.use(watch(house), securityHeaders(tls))
  app.onError((error, c) => answerTrouble(house, error, c))
  app.notFound((c) => answerTrouble(house, new Refusal('missing', 'no such address'), c))

  app.get('/healthz', (c) => c.text('ok'))
  app.get('/readyz', async (c) => {
    await house.database.above(async () => undefined)
    return c.text('ready')
  })
  app.get('/metrics', async (c) => {
    const given = c.req.header('authorization')
    if (house.metricsToken ? given !== `Bearer ${house.metricsToken}` : house.outside.mode === 'production') {
      throw new Refusal('missing', 'metrics')
    }
    return c.text(await house.metrics.registry.metrics(), 200, { 'content-type': house.metrics.registry.contentType })
  })
  app.get('/robots.txt', (c) => c.text('User-agent: *\nDisallow: /console\nDisallow: /api\n'))
  // Their names change with their content: kept for ever.
  app.use('/assets/*', async (c, next) => {
    await next()
    if (c.res.ok) c.res.headers.set('cache-control', 'public, max-age=31536000, immutable')
  })
  app.get('/assets/*', serveStatic({ root: house.clientFolder, precompressed: true }), () => {
    throw new Refusal('missing', 'no such asset')
  })
  app.get('/favicon.ico', async (c) =>
    c.body(await readFile(join(house.clientFolder, 'mark.svg')).catch(() => ''), 200, {
      'content-type': 'image/svg+xml',
      'cache-control': 'public, max-age=86400',
    }),
  )

  app.use(openScene(house))
  app.route('/', house.front)
  for (const module of house.modules) app.route('/', module.routes)
  app.route('/', apiRoutes(house.modules))
  return app
}

/** Names the request, measures it and writes one line without personal data. */
const watch = (house: House) => async (c: Context<Web>, next: Next) => {
  const begun = performance.now()
  const request = newId()
  c.set('request', request)
  c.header('x-request-id', request)
  await next()
  const seconds = (performance.now() - begun) / 1000
  const route = c.req.matchedRoutes.findLast(({ path }) => path !== '/*' && path !== '*')?.path ?? 'none'
  const labels = { route, method: c.req.method, status: String(c.res.status) }
  house.metrics.seconds.observe(labels, seconds)
  house.log('request', { request, ...labels, ms: Math.round(seconds * 1000), tenant: c.var.tenant?.tenant ?? null })
}

/** Finds the tenant and who asks, and opens the scene that everything else works through. */
const openScene = (house: House) => async (c: Context<Web>, next: Next) => {
  const url = new URL(c.req.url)
  if (!wellFormed(safeDecode(url.pathname + url.search))) throw new Unreadable(400, 'not well-formed text')
  let place = placeOf(url, house.tenants(), house.byPath)
  if (!place.tenant && place.path !== '/') {
    await house.refreshTenants()
    place = placeOf(url, house.tenants(), house.byPath)
  }
  c.set('base', place.base)
  c.set('address', house.outside.sealer.sign('address', addressOf(c, house.proxyHops)))
  if (!place.tenant) {
    c.set('shell', shellOf({ house, c, tenant: null, known: null, tasks: [] }))
    if (house.byPath && place.path === '/') return next()
    throw new Refusal('missing', 'no such tenant')
  }
  if (house.surface === 'public' && /^\/console(\/|$)/.test(place.path)) throw new Refusal('missing', 'staff surface')

  const now = house.clock()
  const tenant = place.tenant
  const { sealer } = house.outside
  const api = place.path.startsWith('/api/')
  const bearer = c.req.header('authorization')?.match(/^Bearer ([\w-]{20,200})$/)?.[1] ?? null
  const browser = openBrowser(c, place.base, tls(house))
  c.set('browser', browser)
  const doors = house.database.doors(tenant)

  // The API never looks at cookies: a page elsewhere can't make a browser act through it.
  const id = !api && browser.token ? sealer.hashToken(browser.token) : null
  const opened = await doors.look(async (db) => {
    const opening = await openRequest(db, tenant, id, now)
    if (!opening) return null
    const known = opening.session?.live ? await house.actorOf(db, opening.session) : null
    const token = api && bearer ? await house.tokenActor(db, sealer.hashToken(bearer), now) : null
    const onConsole = known?.staff && /^\/console(\/|$)/.test(place.path)
    const tasks = onConsole ? (await Promise.all(house.registry.tasks.map((list) => list(db, known.actor)))).flat() : []
    return { ...opening, known, token, tasks }
  })
  if (!opened) throw new Refusal('missing', 'no such tenant')
  if (api && c.req.header('authorization') && !opened.token) throw new Refusal('signed-out', 'unknown token')

  const actor = api
    ? opened.token
    : house.surface === 'public' && opened.known?.staff
      ? null
      : (opened.known?.actor ?? null)
  c.set('tenant', opened.tenant)
  c.set('session', opened.session)
  c.set('scene', {
    tenant,
    actor,
    // A getter: a page that needs it may have given the browser its secret meanwhile.
    get visitor() {
      return api ? [] : browser.secrets().map(sealer.hashToken)
    },
    now,
    registry: house.registry,
    outside: house.outside,
    send: house.send(tenant),
    ...doors,
  })
  c.set('shell', shellOf({ house, c, tenant: opened.tenant, known: opened.known, tasks: opened.tasks }))
  const { session, known } = opened
  if (opened.touch && session && known) await doors.change((db) => touchSession(db, session.id, known.staff, now))
  if (!['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)) {
    if (!api) assertOwnOrigin(c)
    await countPost(c)
  }
  return next()
}

const tls = (house: House) => house.outside.address('', '/').startsWith('https:')

/** Turns any error into a page for people or a problem document for programs. */
async function answerTrouble(house: House, error: unknown, c: Ctx) {
  const trouble = troubleOf(error)
  house.metrics.troubles.inc({ kind: trouble.kind })
  if (trouble.kind === 'fault' || trouble.kind === 'away') {
    const code = (error as { code?: string }).code ?? null
    // The stack names our own files and lines; the driver's message, which can carry values, stays out.
    const where = error instanceof Error ? (error.stack?.match(/at .*/g)?.slice(0, 6).join(' < ') ?? null) : null
    house.log(trouble.kind, {
      request: c.var.request ?? null,
      error: error instanceof Error ? error.name : 'unknown',
      code,
      where,
    })
  }
  if (!c.var.base) c.set('base', placeOf(new URL(c.req.url), house.tenants(), house.byPath).base)
  if (c.req.path.startsWith('/api/') || c.req.header('accept')?.startsWith('application/json'))
    return problem(c, trouble)
  if (!c.var.shell) c.set('shell', shellOf({ house, c, tenant: null, known: null, tasks: [] }))
  return troublePage(c, trouble)
}

/** The address that asks: the connection's, or what the last trusted proxy says. */
function addressOf(c: Ctx, hops: number): string {
  const forwarded = (c.req.header('x-forwarded-for') ?? '').split(',').map((part) => part.trim())
  if (hops > 0 && forwarded.length >= hops) return forwarded.at(-hops) || 'unknown'
  try {
    return getConnInfo(c).remote.address ?? 'unknown'
  } catch {
    return 'unknown'
  }
}

function safeDecode(text: string) {
  try {
    return decodeURIComponent(text)
  } catch {
    return '\0'
  }
}
