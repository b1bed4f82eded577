import { beforeAll, describe, expect, test } from 'vitest'
import { askFrom, formOf } from '../../tests/ask-from.ts'
import { openHouse, type TestHouse } from '../../tests/house.ts'
import { occupied } from '../../tests/occupied.ts'
import type { House } from '../house.ts'

let whole: TestHouse
let house: House
beforeAll(async () => {
  whole = await openHouse()
  house = await whole.beside({
    poolSize: 2,
    waiting: 3,
    proxyHops: 1,
  })
  return () => house.close()
})

const ask = (path: string, init: RequestInit & { from?: string; secret?: string } = {}) =>
  askFrom(house, path, { from: '192.0.2.1', ...init })
const post = (path: string, fields: Record<string, string>, token?: string) =>
  ask(path, formOf(whole, 'e'.repeat(43), { ...(token && { _csrf: token }), ...fields }))

const occupy = () => occupied(house.database, 2)

/** Fills the queue with one noisy program at あったか県. */
async function crowd(count = 3, from = '192.0.2.99') {
  const asked = Array.from({ length: count }, () => ask('/attaka/procedures', { from }))
  await expect.poll(() => house.database.load().waiting).toBe(Math.min(count, 3))
  return asked
}

describe('when more ask than can be answered', () => {
  test('a reader is asked to wait by a page that comes again by itself, and a program by a problem document', async () => {
    const free = await occupy()
    const waiting = await crowd()
    const page = await ask('/attaka/procedures?q=DX', { from: '192.0.2.99' })
    const html = await page.text()
    const seconds = page.headers.get('retry-after') ?? ''
    expect(page.status).toBe(503)
    expect(Number(seconds)).toBeGreaterThanOrEqual(5)
    expect(page.headers.get('refresh')).toBe(seconds)
    expect(html).toContain('ただいま混み合っています')
    expect(html).toContain(`${seconds}秒後に、自動でもう一度試します`)
    expect(html).toContain('href="/attaka/procedures?q=DX"')
    expect(html).toContain('000-000-0000')

    const problem = await ask('/attaka/api/v1/procedures/catalogue', { from: '192.0.2.99' })
    expect([problem.status, problem.headers.get('refresh')]).toEqual([503, null])
    expect(await problem.json()).toMatchObject({ type: 'urn:attaka:problem:busy' })
    await free()
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200, 200])
  })

  test('what was typed stays in the page, and can be sent again from it', async () => {
    const free = await occupy()
    const waiting = await crowd(3, '192.0.2.1')
    const typed = { number: 'R8-XXXX-XXXX', mail: '"><b>hanako</b>@example.jp' }
    const refused = await post('/attaka/filings/status', typed)
    const html = await refused.text()
    expect([refused.status, refused.headers.get('refresh')]).toEqual([503, null])
    expect(html).toContain('入力したものは、このページに残っています')
    expect(html).toContain('action="/attaka/filings/status"')
    expect(html).toContain('name="number" value="R8-XXXX-XXXX"')
    expect(html).not.toContain('<b>hanako')
    await free()
    await Promise.all(waiting)

    const token = html.match(/name="_csrf" value="([^"]+)"/)?.[1] ?? ''
    expect((await post('/attaka/filings/status', typed, token)).status).toBe(422)
  })

  test('a forged form gets no valid token by this way', async () => {
    const free = await occupy()
    const waiting = await crowd(3, '192.0.2.1')
    const forged = await post('/attaka/filings/status', { number: 'R8-AAAA-AAAA' }, 'made.up')
    const html = await forged.text()
    expect(forged.status).toBe(503)
    expect(html).not.toContain('R8-AAAA-AAAA')
    expect(html).not.toContain('_csrf')
    await free()
    await Promise.all(waiting)
  })

  test('another tenant is served all the same: the noisy one makes room', async () => {
    const free = await occupy()
    const waiting = await crowd(3)
    const quiet = ask('/mie/procedures', { from: '192.0.2.50' })
    const refused = await Promise.race(waiting)
    expect(refused.status).toBe(503)
    await free()
    expect((await quiet).status).toBe(200)
    expect((await Promise.all(waiting)).map(({ status }) => status).sort()).toEqual([200, 200, 503])
  })

  test('so is somebody else in the same tenant', async () => {
    const free = await occupy()
    const waiting = await crowd(3)
    const person = ask('/attaka/procedures', { from: '192.0.2.51' })
    expect((await Promise.race(waiting)).status).toBe(503)
    await free()
    expect((await person).status).toBe(200)
    await Promise.all(waiting)
  })

  test('whoever watches the house is answered: that it lives, what it does, and first of all whether it is ready', async () => {
    const free = await occupy()
    const waiting = await crowd(3)
    expect((await ask('/healthz')).status).toBe(200)
    const metrics = await (await ask('/metrics')).text()
    expect(metrics).toContain('attaka_database_transactions{state="waiting"} 3')
    const ready = Array.from({ length: 20 }, () => ask('/readyz'))
    // However many ask, it's one question to the database.
    await expect.poll(() => house.database.load().waiting).toBe(4)
    await free()
    expect((await Promise.all(ready)).map(({ status }) => status)).toEqual(Array(20).fill(200))
    await Promise.all(waiting)
  })
})
