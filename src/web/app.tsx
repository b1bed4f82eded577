import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono, type Next } from 'hono'
import { newId } from '#core/ids.ts'
import { Refusal } from '#core/refusal.ts'
import { apiRoutes } from './api.ts'
import type { Ctx, Web } from './context.ts'
import { problem, troubleOf, troublePage } from './errors.tsx'
import { securityHeaders } from './headers.ts'
import type { House } from './house.ts'
import { openScene } from './open-scene.ts'
import { pageAbove, placeOf } from './places.ts'
import { localPath } from './render.ts'
import { shellOf } from './shell.ts'

/** The whole of HTTP: what stands around every request, then the modules' routes and the API. */
export function createApp(house: House) {
  const app = new Hono<Web>({
    getPath: (request) => placeOf(new URL(request.url), house.tenants(), house.byPath).path,
  })
  const tls = house.outside.address('', '/').startsWith('https:')
  app.use(watch(house), securityHeaders(tls))
  app.onError((error, c) => answerTrouble(house, error, c))
  app.notFound((c) => {
    const above = c.req.method === 'GET' ? pageAbove(app, c.req.path) : null
    if (above) return c.redirect(c.get('base') + localPath(above + new URL(c.req.url).search), 303)
    return answerTrouble(house, new Refusal('missing', 'no such address'), c)
  })

  app.get('/healthz', (c) => c.text('ok'))
  // Goes before everybody at the database; however many ask, it's asked once at a time.
  let looking: Promise<void> | null = null
  app.get('/readyz', async (c) => {
    looking ??= house.database
      .above(async () => undefined)
      .finally(() => {
        looking = null
      })
    await looking
    return c.text('ready')
  })
  app.get('/metrics', async (c) => {
    const given = c.req.header('authorization') ?? ''
    const { hashToken } = house.outside.sealer
    // Hashes are compared, so that the time it takes tells nothing of the token.
    const wrong = house.metricsToken
      ? hashToken(given) !== hashToken(`Bearer ${house.metricsToken}`)
      : house.outside.mode === 'production'
    if (wrong) {
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
  house.log('request', { request, ...labels, ms: Math.round(seconds * 1000), tenant: c.get('tenant')?.tenant ?? null })
}

/** Turns any error into a page for people or a problem document for programs. */
async function answerTrouble(house: House, error: unknown, c: Ctx) {
  const trouble = troubleOf(error)
  house.metrics.troubles.inc({ kind: trouble.kind })
  if (trouble.kind === 'fault' || trouble.kind === 'away') {
    const code = (error as { code?: string }).code ?? null
    // The stack names our own files and lines; the driver's message, which can carry values, stays out.
    const where = error instanceof Error ? (error.stack?.match(/at .*/g)?.slice(0, 6).join(' < ') ?? null) : null
    house.log(trouble.kind, {
      request: c.get('request') ?? null,
      error: error instanceof Error ? error.name : 'unknown',
      code,
      where,
    })
  }
  if (!c.get('base')) c.set('base', placeOf(new URL(c.req.url), house.tenants(), house.byPath).base)
  if (c.req.path.startsWith('/api/') || c.req.header('accept')?.startsWith('application/json'))
    return problem(c, trouble)
  if (!c.get('shell')) {
    // The registry is remembered, so that people find name and telephone of their office also while the database is away.
    const { tenant } = placeOf(new URL(c.req.url), house.tenants(), house.byPath)
    const row = (c.get('browser') && house.tenants().find((one) => one.tenant === tenant)) || null
    c.set('shell', shellOf({ house, c, tenant: row, known: null, tasks: [] }))
  }
  return troublePage(c, trouble)
}
