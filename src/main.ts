import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { join, resolve } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { demonstrationPersons } from '#modules/people/index.ts'
import { type EmbeddedServer, startEmbeddedServer } from '#platform/embedded-postgres.ts'
import { openLog } from '#platform/log.ts'
import type { Tenant } from '#platform/tenants.ts'
import { type Config, readConfig, WrongConfig } from './config.ts'
import { demonstrationTenants } from './demonstration.ts'
import { addTenants, type House, openHouse, prepareDatabase, seedTenant } from './house.ts'
import { openOutside } from './outside.ts'
import { type Running, stopOnSignal } from './stop.ts'
import { trialProviders } from './trial-providers.ts'

/** The only file that starts anything: config → doors → modules → server and jobs. */
async function start(running: Running) {
  const begun = performance.now()
  const config = readConfig()
  const log = openLog(config.mode === 'trial' ? 'warn' : 'info')
  const embedded = config.database ? null : await startEmbedded(config)
  running.embedded = embedded
  const secret = config.secret ?? keptSecret(config.dataDir)
  const appUrl = config.database?.appUrl ?? embedded?.appUrl ?? ''
  const ownerUrl = config.database ? config.database.ownerUrl : (embedded?.ownerUrl ?? null)
  if (running.stopping) return
  // Without the owner's login (a second process, a public surface) the database must have been prepared by another.
  if (ownerUrl) await prepareDatabase(ownerUrl)
  if (running.stopping) return
  const server = createServer()
  const port = await listen(server, config)
  running.server = server
  const base = config.base ?? `http://localhost:${port}`
  let tenants: () => readonly Tenant[] = () => []
  const outside = openOutside({ config, secret, base, port: () => port, tenants: () => tenants() })
  const house = await openHouse({
    appUrl,
    outside,
    assets: clientAssets(),
    clientFolder: clientFolder(),
    log,
    surface: config.surface,
    proxyHops: config.proxyHops,
    metricsToken: config.metricsToken,
  })
  running.house = house
  tenants = house.tenants
  if (config.mode === 'trial' && ownerUrl) await seedDemonstration(house, ownerUrl)
  await house.work()
  serve(server, house, config, secret, base)
  if (running.stopping) return
  if (config.mode === 'trial') greet(base, config, embedded, performance.now() - begun)
  else log('started', { port })
}

const startEmbedded = (config: Config) =>
  startEmbeddedServer({ dataDir: config.dataDir, log: (line) => serverLog(config.dataDir, line) })

/** The database server's own lines, for whoever looks for a fault. */
function serverLog(dataDir: string, line: string) {
  try {
    writeFileSync(join(dataDir, 'database.log'), line.endsWith('\n') ? line : `${line}\n`, { flag: 'a', mode: 0o600 })
  } catch {
    // A full disk must not end the application through its log.
  }
}

/** A trial keeps its secret in its data folder; production is given one. Killed at any moment: all of it or none. */
function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'secret')
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true })
    const draft = `${file}.new-${process.pid}`
    writeFileSync(draft, randomBytes(48).toString('base64url'), { mode: 0o600, flush: true })
    renameSync(draft, file)
  }
  return readFileSync(file, 'utf8').trim()
}

/** Every tenant is filled once; one whose filling was cut off is filled at the next start. */
async function seedDemonstration(house: House, ownerUrl: string) {
  await addTenants(ownerUrl, demonstrationTenants)
  await house.refreshTenants()
  for (const { tenant } of demonstrationTenants) await seedTenant(house, tenant)
}

function listen(server: ReturnType<typeof createServer>, config: Config): Promise<number> {
  return new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      fail(
        error.code === 'EADDRINUSE'
          ? new WrongConfig(`PORT ${config.port} is in use by another program: stop it or choose another port.`)
          : error,
      ),
    )
    server.on('request', askToWait)
    const host = config.host ?? (config.mode === 'trial' ? undefined : '0.0.0.0')
    server.listen({ port: config.port, ...(host && { host }) }, () => {
      const address = server.address()
      done(typeof address === 'object' && address ? address.port : config.port)
    })
  })
}

/** Until the house is open, whoever comes early is asked to wait. */
const askToWait = (_: unknown, response: ServerResponse) =>
  response.writeHead(503, { 'retry-after': '2', 'content-type': 'text/html; charset=utf-8' }).end(
    `<!doctype html><html lang="ja"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>ただいま準備しています</title><main><h1>ただいま準備しています</h1>
<p>数秒たってから、もう一度お試しください。受付番号が表示された申請は、確実に記録されています。</p></main></html>`,
  )

function serve(server: ReturnType<typeof createServer>, house: House, config: Config, secret: string, base: string) {
  // Takes the place of Response by a light one, of which nothing is copied on its way out. Its Request would take the
  // place of Node's too, which is the only one that `fetch` takes.
  const { Request } = globalThis
  const pages = getRequestListener(house.app.fetch)
  Object.defineProperty(globalThis, 'Request', { value: Request })
  const tenants = house.tenants().map(({ tenant }) => tenant)
  const answered = config.mode === 'trial' ? trialProviders(secret, base, tenants) : () => false
  server.off('request', askToWait)
  server.requestTimeout = 120_000
  server.headersTimeout = 20_000
  server.maxHeadersCount = 100
  // Each takes memory, also when it says nothing: beyond this, the next one is closed at once.
  server.maxConnections = 5_000
  server.on('request', (request, response) => {
    if (!answered(request, response)) void pages(request, response)
  })
}

function greet(base: string, { smtpUrl }: Config, embedded: EmbeddedServer | null, ms: number) {
  const lines = [
    '',
    `  あったか is ready (${(ms / 1000).toFixed(1)} s):  ${base}/`,
    '',
    '  Demonstration sign-ins (trial mode; choose the person on the page, there are no passwords):',
    ...demonstrationPersons.map(({ name, what }) => `    ${name}　${what}`),
    '    residents with a My Number card, companies with GビズID: persons to choose from on the sign-in page',
    `    residents: any mail address; the code ${smtpUrl ? 'comes by mail' : `arrives at ${base}/attaka/trial/mailbox`}`,
    '',
    ...(embedded?.notes ?? []).map((note) => `  ${note}`),
    '  Stop with Ctrl-C.',
    '',
  ]
  console.log(lines.join('\n'))
}

const clientFolder = () => resolve(import.meta.dirname, '../client')

/** The names that the build gave to style and script. */
function clientAssets() {
  const manifest = JSON.parse(readFileSync(join(clientFolder(), 'manifest.json'), 'utf8')) as Record<
    string,
    { file: string; css?: string[] }
  >
  const of = (source: string) => `/${manifest[source]?.file ?? 'assets/missing'}`
  return {
    style: of('src/ui/styles/app.css'),
    script: of('src/ui/browser/app.ts'),
    forms: of('src/modules/forms/browser.ts'),
  }
}

stopOnSignal(start).catch((error: unknown) => {
  // People who start it get a sentence; only faults of ours get their stack.
  if (error instanceof WrongConfig) console.error(error.message)
  else console.error(error)
  process.exit(1)
})
