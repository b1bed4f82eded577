import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demonstrationPersons } from '#modules/people/index.ts'
import { openHouse, type TestHouse } from '../../tests/house.ts'
import type { House } from '../house.ts'
import { visitorId } from './browser.ts'
import { formTokenOf } from './guard.ts'
import { startSession } from './sessions.ts'

let house: TestHouse
/** The same database, as a prefecture runs it: by host name, with TLS in front. */
let production: House
let folder: string
const logged: unknown[] = []
/** What the doors to the outside throw while a test says so. */
let fault: Error | null = null
let server: Server
let port: number

beforeAll(async () => {
  house = await openHouse()
  await house.sql(`update tenant set hosts = '{attaka.example.jp}' where tenant = 'attaka'`)
  folder = mkdtempSync(join(tmpdir(), 'attaka-client-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'assets', 'app-1234.css'), 'body { color: black }')
  production = await house.beside({
    outside: {
      ...house.outside,
      mode: 'production',
      address: (_, path) => `https://attaka.example.jp${path}`,
      providers: () => {
        if (fault) throw fault
        return []
      },
    },
    assets: { style: '/assets/app-1234.css', script: '/assets/app.js' },
    clientFolder: folder,
    log: (event, fields) => logged.push({ event, ...fields }),
    byPath: false,
    metricsToken: 'a token for metrics only',
    poolSize: 4,
  })
  server = createServer(getRequestListener(house.app.fetch, { overrideGlobalObjects: false }))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
  await production.close()
  rmSync(folder, { recursive: true })
})

const ask = (path: string, init?: RequestInit) => house.app.request(`http://localhost:3000${path}`, init)
const askProduction = (path: string, init?: RequestInit, host = 'attaka.example.jp') =>
  production.app.request(`https://${host}${path}`, init)

const everywhere = [
  ['the front page of the instance', '/', 200],
  ['a sign of life', '/healthz', 200],
  ['readiness', '/readyz', 200],
  ['numbers for operators', '/metrics', 200],
  ['robots', '/robots.txt', 200],
  ['the icon', '/favicon.ico', 200],
  ['an asset that isn’t there', '/assets/none.css', 404],
  ['a page', '/attaka/procedures', 200],
  ['a page that isn’t there', '/attaka/none', 404],
  ['a page for staff', '/attaka/console', 401],
  ['a redirect', '/attaka/language?to=en', 303],
  ['an unknown tenant', '/nowhere/procedures', 404],
  ['an unreadable address', '/attaka/%E0%A4%A', 400],
  ['an API answer', '/attaka/api/v1/procedures/catalogue', 200],
  ['an API document', '/attaka/api/v1/openapi.json', 200],
  ['an API problem', '/attaka/api/v1/none', 404],
] as const

describe('every answer', () => {
  test.each(everywhere)('carries what keeps browsers safe: %s', async (_, path, status) => {
    const answer = await ask(path)
    expect(answer.status).toBe(status)
    const policy = answer.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(answer.headers.get('x-powered-by')).toBeNull()
    // On plain HTTP a browser would ignore it; said only where it holds.
    expect(answer.headers.get('strict-transport-security')).toBeNull()
  })

  test('by TLS says so for a year', async () => {
    for (const path of ['/', '/none', '/console', '/assets/none.css', '/api/v1/none', '/healthz']) {
      const answer = await askProduction(path)
      expect(answer.headers.get('strict-transport-security'), path).toMatch(/^max-age=31536000/)
    }
  })

  test('with a page is never kept by caches, and an asset is kept for ever', async () => {
    expect((await ask('/attaka/procedures')).headers.get('cache-control')).toBe('no-store')
    const asset = await askProduction('/assets/app-1234.css')
    expect(await asset.text()).toContain('color: black')
    expect(asset.headers.get('cache-control')).toContain('immutable')
    expect((await askProduction('/assets/none.css')).headers.get('cache-control')).not.toContain('immutable')
  })

  test('that is a page has no script or style of its own', async () => {
    for (const path of [
      '/',
      '/attaka/',
      '/attaka/procedures',
      '/attaka/sign-in',
      '/attaka/none',
      '/attaka/developers',
    ]) {
      const html = await (await ask(path)).text()
      expect(html, path).toMatch(/^<!DOCTYPE html>/)
      expect(html, path).not.toMatch(/<script(?![^>]* src=)|<style| style="| on\w+="|javascript:/i)
    }
  })

  test('that is a problem tells programs in JSON and people in their words', async () => {
    for (const [path, status] of [
      ['/attaka/api/v1/none', 404],
      ['/attaka/api/v1/procedures/queue', 401],
    ] as const) {
      const answer = await ask(path)
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
      expect(await answer.json()).toMatchObject({ status, type: expect.stringMatching(/^urn:attaka:problem:/) })
    }
    expect(await (await ask('/attaka/none')).text()).toContain('お探しのページは見つかりませんでした')
    expect(await (await ask('/nowhere/')).text()).toContain('お探しのページは見つかりませんでした')
    expect((await ask('/attaka/none', { headers: { accept: 'application/json' } })).headers.get('content-type')).toBe(
      'application/problem+json',
    )
  })
})

describe('cookies', () => {
  test('aren’t set for mere readers', async () => {
    for (const path of [
      '/',
      '/attaka/',
      '/attaka/procedures',
      '/attaka/procedures?q=x',
      '/attaka/search?q=x',
      '/attaka/none',
      '/attaka/console',
      '/attaka/api/v1/none',
    ]) {
      expect((await ask(path)).headers.getSetCookie(), path).toEqual([])
    }
  })

  test('carry the secret of all forms of a page, which is another on each page', async () => {
    const who = await house.as('reviewer')
    const tokens = async () =>
      [...(await (await who.get('/my/account')).text()).matchAll(/name="_csrf" value="([^"]+)"/g)].map(
        ([, token]) => token,
      )
    const [one, other] = [await tokens(), await tokens()]
    expect(one.length).toBeGreaterThan(1)
    expect(new Set(one).size).toBe(1)
    expect(new Set(other).size).toBe(1)
    expect(one[0]).not.toBe(other[0])
  })

  test('of a trial are out of reach for scripts and other sites, and bound to the tenant’s path', async () => {
    const [cookie = ''] = (await ask('/attaka/sign-in')).headers.getSetCookie()
    expect(cookie).toMatch(/^attaka=[\w-]{43}; /)
    expect(cookie.split('; ').slice(1).sort()).toEqual(['HttpOnly', 'Path=/attaka', 'SameSite=Lax'])
  })

  test('in production are bound to the host and to TLS', async () => {
    for (const [name, path] of [
      ['__Host-attaka', '/sign-in'],
      ['attaka-language', '/language?to=en'],
    ] as const) {
      const cookie = (await askProduction(path)).headers.getSetCookie().find((one) => one.startsWith(`${name}=`)) ?? ''
      expect(cookie).toContain('HttpOnly')
      expect(cookie).toContain('Secure')
      expect(cookie).toContain('Path=/')
      expect(cookie).toContain('SameSite=Lax')
      expect(cookie).not.toContain('Domain')
    }
  })

  test('sign nobody in at the API, nor at another tenant', async () => {
    const reviewer = await house.as('reviewer')
    expect((await reviewer.get('/console/filings')).status).toBe(200)
    expect((await reviewer.get('/api/v1/procedures/queue')).status).toBe(401)
    const cookie = `attaka=${reviewer.jar.get('attaka')}`
    expect((await ask('/mie/console/filings', { headers: { cookie } })).status).toBe(401)
  })
})

describe('a tenant', () => {
  test('is found by host name, and by path only in a trial', async () => {
    expect((await askProduction('/procedures')).status).toBe(200)
    expect((await askProduction('/attaka/procedures')).status).toBe(404)
    expect((await askProduction('/procedures', {}, 'other.example.jp')).status).toBe(404)
    expect((await askProduction('/', {}, 'other.example.jp')).status).toBe(404)
    expect((await askProduction('/healthz', {}, '127.0.0.1')).status).toBe(200)
  })

  test('in production has no door of the trial', async () => {
    for (const path of ['/trial/gallery', '/trial/mailbox']) expect((await askProduction(path)).status, path).toBe(404)
    expect((await ask('/attaka/trial/gallery')).status).toBe(200)
    expect(await (await askProduction('/')).text()).not.toContain('trial-banner')
  })
})

describe('methods', () => {
  test.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'HEAD'])(
    '%s is answered, never by a fault',
    async (method) => {
      for (const [, path] of everywhere) {
        const { status } = await ask(path, { method })
        expect(status, path).toBeLessThan(500)
        if (method !== 'HEAD' && path.startsWith('/attaka')) expect(status, path).toBeGreaterThanOrEqual(400)
        house.pass(600)
      }
    },
  )

  test('HEAD says what GET would, without a body', async () => {
    const head = await ask('/attaka/procedures', { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  test('a page isn’t posted to, and an act isn’t got', async () => {
    expect((await house.browser().post('/procedures')).status).toBe(404)
    expect((await ask('/attaka/api/v1/procedures/add-note')).status).toBe(404)
    expect((await ask('/attaka/api/v1/procedures/catalogue', { method: 'POST' })).status).toBe(404)
  })
})

describe('addresses', () => {
  /** Bytes on the wire, as no browser would send them. Gives the status line's number. */
  const raw = (text: string) =>
    new Promise<number>((done, fail) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'))
      let heard = ''
      socket.setTimeout(5_000, () => socket.destroy(new Error('no answer')))
      socket.on('data', (chunk) => {
        heard += chunk
        socket.destroy()
      })
      socket.on('error', fail)
      socket.on('close', () => done(Number(heard.match(/^HTTP\/1\.1 (\d+)/)?.[1] ?? 0)))
    })
  const get = (path: string, headers = 'Host: localhost:3000') =>
    raw(`GET ${path} HTTP/1.1\r\n${headers}\r\nConnection: close\r\n\r\n`)

  test.each([
    ['broken escapes', '/attaka/%', 400],
    ['escapes of no text', '/attaka/procedures/%E0%A4%A', 400],
    ['escapes of no text in the query', '/attaka/procedures?q=%83%65', 400],
    ['NUL', '/attaka/procedures/%00', 400],
    ['NUL in the query', '/attaka/procedures?q=a%00b', 400],
    ['half a character', '/attaka/procedures?q=%ED%A0%80', 400],
    ['an escaped way up', '/attaka/procedures/%2e%2e%2f%2e%2e%2fetc%2fpasswd', 404],
    ['a way up', '/attaka/../../../etc/passwd', 404],
    ['a way out of the assets', '/assets/..%2f..%2fpackage.json', 404],
    ['a way out of the assets by twofold escapes', '/assets/%252e%252e%252fpackage.json', 404],
    ['a broken escape in the assets', '/assets/%zz', 404],
    ['two slashes', '//evil.example/', 404],
    ['a back slash', '/attaka\\procedures', 400],
    ['a whole address', 'http://localhost:3000/attaka/procedures', 200],
    ['another host’s whole address', 'http://evil.example/attaka/procedures', 200],
    ['no path', '*', 400],
    ['spaces', '/attaka/procedures?q=%20+%20', 200],
    ['raw bytes', '/attaka/\xe3\x81\x82', 400],
  ] as const)('with %s are answered for what they are', async (_, path, status) => {
    expect(await get(path)).toBe(status)
  })

  test('that are very long are answered, by us or by Node', async () => {
    expect(await get(`/attaka/procedures?q=${'x'.repeat(12_000)}`)).toBe(200)
    expect(await get(`/attaka/${'x/'.repeat(6_000)}`)).toBe(404)
    expect([414, 431]).toContain(await get(`/attaka/procedures?q=${'x'.repeat(100_000)}`))
  })

  test.each([
    ['no host', 'X-None: 1'],
    ['an impossible host', 'Host: a b'],
    ['a host of slashes', 'Host: //evil'],
    ['a host with a user', 'Host: user@localhost:3000'],
    ['two hosts', 'Host: localhost:3000\r\nHost: evil.example'],
  ])('at %s are refused, never by a fault', async (_, headers) => {
    const status = await get('/attaka/procedures', headers)
    expect(status).toBeGreaterThanOrEqual(200)
    expect(status).toBeLessThan(500)
  })

  test('asked with odd cookies and headers are answered', async () => {
    for (const header of [
      'Cookie: attaka=%E0%A4%A; attaka-said=x; attaka-language=\xff; ; =; a',
      `Cookie: attaka=${'x'.repeat(8_000)}`,
      'Cookie: attaka-said=v1.AAAA',
      'Authorization: Bearer',
      'Authorization: Basic \xff\xfe',
      'Accept: \xff',
      'Accept-Encoding: gzip;q=nonsense',
      'X-Forwarded-For: , , \xff',
      'Content-Length: 5\r\nContent-Type: x',
      'Origin: \xff',
      'Range: bytes=0-1,5-9,x',
    ]) {
      expect(await get('/attaka/procedures', `Host: localhost:3000\r\n${header}`), header).toBe(200)
    }
  })

  test('that are asked by somebody who leaves at once end nothing', async () => {
    for (let times = 0; times < 20; times++) {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => undefined)
      socket.write(`POST /attaka/filings/status HTTP/1.1\r\nHost: localhost:3000\r\nContent-Length: 1000\r\n\r\n_csrf=`)
      await new Promise((done) => setTimeout(done, times % 5))
      socket.destroy()
    }
    expect(await get('/attaka/procedures')).toBe(200)
  })

  test('that take a body know when it was cut off, and call it no fault of theirs', async () => {
    const metrics = async () =>
      (await (await ask('/metrics')).text()).match(/troubles_total\{kind="fault"\} (\d+)/)?.[1]
    const before = await metrics()
    await new Promise<void>((done) => {
      const cut = request({
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/attaka/filings/status',
        headers: { 'content-length': 1000 },
      })
      cut.on('error', () => done())
      cut.write('_csrf=')
      setTimeout(() => cut.destroy(new Error('away')), 50)
    })
    await new Promise((done) => setTimeout(done, 200))
    expect(await metrics()).toBe(before)
  })
})

describe('numbers for operators', () => {
  test('count by routes as the code writes them, never by what people typed', async () => {
    const secret = '01900000-aaaa-7000-8000-000000000101'
    await ask(`/attaka/procedures/${secret}`)
    await ask(`/attaka/${secret}`)
    const answer = await ask('/metrics')
    const text = await answer.text()
    expect(answer.headers.get('content-type')).toContain('text/plain')
    expect(text).toContain('attaka_http_seconds_count{route="/procedures/:slug",method="GET",status="404"}')
    expect(text).toContain('attaka_troubles_total{kind="missing"}')
    expect(text).toContain('nodejs_eventloop_lag_seconds')
    expect(text).not.toContain(secret)
  })

  test('are shown in production to whoever has their token', async () => {
    const asked = async (authorization?: string) =>
      (await askProduction('/metrics', authorization ? { headers: { authorization } } : {})).status
    expect([await asked(), await asked('Bearer wrong'), await asked('Bearer a token for metrics only')]).toEqual([
      404, 404, 200,
    ])
  })
})

describe('behind a proxy with TLS', () => {
  const own = 'p'.repeat(43)
  const send = (headers: Record<string, string>) =>
    production.app.request('http://attaka.example.jp/filings/status', {
      method: 'POST',
      headers: { cookie: `__Host-attaka=${own}`, ...headers },
      body: new URLSearchParams({
        _csrf: formTokenOf(house.outside.sealer, own),
        number: 'R8-XXXX-XXXX',
        mail: 'a@example.jp',
      }),
    })

  test('a form is taken from the site as people reach it, not from its name without TLS', async () => {
    expect((await send({ origin: 'https://attaka.example.jp' })).status).toBe(422)
    expect((await send({ origin: 'http://attaka.example.jp' })).status).toBe(403)
  })

  test('a neighbour below the same domain can plant no secret, neither of now nor of before', async () => {
    const planted = house.outside.sealer.newToken()
    const owner = `browser:${visitorId(house.outside.sealer, planted)}`
    await house.sql(
      `insert into draft (tenant, id, form, version, owner, answers, loose, revision, started_at, saved_at)
       select 'attaka', $1, form, version, $2, '{}', '{}', 0, now(), now() from form_version where tenant = 'attaka' limit 1`,
      ['01900000-0000-7000-8000-00000000dead', owner],
    )
    const open = async (cookie: string) =>
      (await askProduction('/apply/01900000-0000-7000-8000-00000000dead', { headers: { cookie } })).status
    for (const name of ['attaka', 'attaka-before']) expect(await open(`${name}=${planted}`), name).toBe(404)
    expect(await open(`__Host-attaka-before=${planted}`)).not.toBe(404)
  })
})

describe('the lines of the log', () => {
  test('name request, route, status and tenant, and nothing that people typed or are', async () => {
    logged.length = 0
    const [reviewer] = demonstrationPersons
    const fresh = house.outside.sealer.newToken()
    await production.sceneOf('attaka').change((db) =>
      startSession(
        db,
        {
          id: house.outside.sealer.hashToken(fresh),
          person: reviewer?.id ?? '',
          assurance: 'account',
          provider: 'office',
          staff: true,
        },
        new Date(),
      ),
    )
    const cookie = `__Host-attaka=${fresh}`
    const answer = await askProduction('/console/filings?q=hanako%40example.jp', {
      headers: { cookie, 'user-agent': 'a browser' },
    })
    expect(answer.status).toBe(200)
    const [line] = logged as Record<string, unknown>[]
    expect(line).toMatchObject({
      event: 'request',
      route: '/console/filings',
      method: 'GET',
      status: '200',
      tenant: 'attaka',
    })
    const text = JSON.stringify(logged)
    for (const told of [
      'hanako',
      fresh,
      house.outside.sealer.hashToken(fresh),
      reviewer?.id,
      reviewer?.name,
      'a browser',
    ]) {
      expect(text).not.toContain(told)
    }
  })

  test('tell of a fault where it was, and never what the driver said; people get its number', async () => {
    logged.length = 0
    fault = Object.assign(new Error('duplicate key (mail)=(hanako@example.jp)'), { code: '23505' })
    const answer = await askProduction('/sign-in')
    fault = null
    const html = await answer.text()
    expect(answer.status).toBe(500)
    expect(html).toContain('申し訳ありません。こちらの不具合です')
    expect(html).toContain(answer.headers.get('x-request-id'))
    expect(html).not.toContain('duplicate')
    expect(logged).toContainEqual({
      event: 'fault',
      request: answer.headers.get('x-request-id'),
      error: 'Error',
      code: '23505',
      where: expect.stringContaining('app.test.ts'),
    })
    expect(JSON.stringify(logged)).not.toContain('hanako')
  })
})
