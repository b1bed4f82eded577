import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { workdayAhead } from '../../tests/days.ts'
import { openHouse, type TestHouse } from '../../tests/house.ts'
import { type House, openHouse as open } from '../house.ts'
import { formTokenOf } from './guard.ts'

/** A way to the database that can be cut and mended. */
async function breakableWay(to: URL) {
  const sockets = new Set<Socket>()
  let server: Server
  let port = 0
  const mend = () =>
    new Promise<void>((done) => {
      server = createServer((near) => {
        const far = connect(Number(to.port), to.hostname)
        for (const [one, other] of [
          [near, far],
          [far, near],
        ] as const) {
          sockets.add(one)
          one.on('error', () => undefined)
          one.on('close', () => {
            sockets.delete(one)
            other.destroy()
          })
          one.pipe(other)
        }
      })
      server.listen(port, '127.0.0.1', () => {
        const address = server.address()
        port = typeof address === 'object' && address ? address.port : port
        done()
      })
    })
  const cut = () =>
    new Promise<void>((done) => {
      server.close(() => done())
      for (const socket of sockets) socket.destroy()
    })
  await mend()
  return { cut, mend, port: () => port }
}

let whole: TestHouse
let house: House
let way: Awaited<ReturnType<typeof breakableWay>>
const logged: { event: string }[] = []

beforeAll(async () => {
  whole = await openHouse()
  const url = new URL(whole.databaseUrl('app'))
  way = await breakableWay(new URL(url))
  Object.assign(url, { hostname: '127.0.0.1', port: String(way.port()) })
  house = await whole.beside({
    appUrl: url.toString(),
    log: (event) => logged.push({ event }),
    poolSize: 3,
  })
})
afterAll(async () => {
  await house.close()
  await way.cut()
})
beforeEach(() => {
  logged.length = 0
})

const ask = (path: string, init?: RequestInit) => house.app.request(`http://localhost:3000${path}`, init)
const secret = 'd'.repeat(43)

describe('while the database is away', () => {
  test('people get a page that helps and says when to come back, programs a problem document', async () => {
    expect((await ask('/attaka/procedures')).status).toBe(200)
    await way.cut()
    const page = await ask('/attaka/procedures')
    const html = await page.text()
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, '30'])
    expect(html).toContain('ただいま混み合っているか、点検中です')
    expect(html).toContain('受付番号が表示された申請は、確実に記録されています')
    expect(html).toContain('電話や窓口、紙でも受け付けています')
    expect(html).toContain('000-000-0000')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")

    const problem = await ask('/attaka/api/v1/procedures/catalogue')
    expect([problem.status, problem.headers.get('retry-after')]).toEqual([503, '30'])
    expect(problem.headers.get('content-type')).toBe('application/problem+json')
    expect(await problem.json()).toMatchObject({ type: 'urn:attaka:problem:away', status: 503 })

    const posted = await ask('/attaka/filings/status', {
      method: 'POST',
      headers: { cookie: `attaka=${secret}` },
      body: new URLSearchParams({ _csrf: formTokenOf(whole.outside.sealer, secret) }),
    })
    expect(posted.status).toBe(503)

    // What somebody was typing on a page of a form is in the page, to be sent again with one press.
    const path = '/attaka/apply/01900000-0000-7000-8000-000000000001/session'
    const typed = { way: 'online', ...workdayAhead().typed }
    const withFiles = new FormData()
    for (const [name, value] of Object.entries({ _csrf: formTokenOf(whole.outside.sealer, secret), ...typed })) {
      withFiles.set(name, value)
    }
    withFiles.set('paper', new File(['x'], 'a.pdf'))
    const plain = new URLSearchParams({ _csrf: formTokenOf(whole.outside.sealer, secret), ...typed })
    for (const body of [plain, withFiles]) {
      const lost = await ask(path, { method: 'POST', headers: { cookie: `attaka=${secret}` }, body })
      const kept = await lost.text()
      expect(lost.status).toBe(503)
      for (const [name, value] of Object.entries(typed)) expect(kept).toContain(`name="${name}" value="${value}"`)
      expect(kept).toContain(`action="${path}"`)
      expect(kept).toContain('もう一度送る')
      expect(kept.includes('選んだファイルは')).toBe(body === withFiles)
    }
    expect(new Set(logged.map(({ event }) => event))).not.toContain('fault')
    await way.mend()
  })

  test('the house says that it lives and isn’t ready, and is ready again without a restart', async () => {
    expect((await ask('/readyz')).status).toBe(200)
    await way.cut()
    const unready = await ask('/readyz')
    expect([unready.status, unready.headers.get('retry-after')]).toEqual([503, '30'])
    expect((await ask('/healthz')).status).toBe(200)
    expect((await ask('/metrics')).status).toBe(200)
    await way.mend()
    await expect.poll(async () => (await ask('/readyz')).status).toBe(200)
    expect((await ask('/attaka/procedures')).status).toBe(200)
    expect((await ask('/attaka/api/v1/procedures/catalogue')).status).toBe(200)
  })

  test('whoever was in the middle of something is told the same, however often it happens', async () => {
    for (let times = 0; times < 5; times++) {
      const asked = Array.from({ length: 12 }, () => ask('/attaka/procedures'))
      await new Promise((done) => setTimeout(done, times * 3))
      await way.cut()
      const statuses = (await Promise.all(asked)).map(({ status }) => status)
      expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([])
      await way.mend()
      await expect.poll(async () => (await ask('/readyz')).status).toBe(200)
    }
    expect(new Set(logged.map(({ event }) => event))).not.toContain('fault')
  })

  test('connections that its administrator ends are told as away too, and replaced', async () => {
    const ended = `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app' and datname = current_database()`
    const asked = Array.from({ length: 20 }, () => ask('/attaka/procedures'))
    await whole.sql(ended)
    const statuses = (await Promise.all(asked)).map(({ status }) => status)
    expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([])
    await expect.poll(async () => (await ask('/attaka/procedures')).status).toBe(200)
  })
})

test('a house can’t be opened on a database that is away, and says so', async () => {
  const nowhere = open({
    appUrl: 'postgres://app:secret-of-app@127.0.0.1:1/attaka',
    outside: whole.outside,
    assets: { style: '', script: '' },
    clientFolder: '.',
    log: () => undefined,
  })
  await expect(nowhere).rejects.toThrow(/ECONNREFUSED/)
  await expect(nowhere).rejects.not.toThrow(/secret-of-app/)
})
