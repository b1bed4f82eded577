import { beforeAll, describe, expect, test } from 'vitest'
import { askFrom, formOf } from '../../tests/ask-from.ts'
import { openHouse, type TestHouse } from '../../tests/house.ts'
import type { House } from '../house.ts'

let whole: TestHouse
let house: House
beforeAll(async () => {
  whole = await openHouse()
  // Its clock stands still: posts are counted by the minute.
  const now = new Date()
  house = await whole.beside({ proxyHops: 1, clock: () => now })
  return () => house.close()
})

const post = (from: string, init: RequestInit & { secret?: string }, path = '/filings/status') =>
  askFrom(house, `/attaka${path}`, { method: 'POST', ...init, from })

/** Somebody's honest form. */
const honest = (from: string) =>
  post(from, formOf(whole, 'e'.repeat(43), { number: 'R8-XXXX-XXXX', mail: 'hanako@example.jp' }))

/** A form of which half a megabyte has come, and no more does until it is let go: then its sender hangs up. */
function slow(type: string, text: string) {
  let letGo = () => {}
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text))
      letGo = () => controller.error(new Error('hung up'))
    },
  })
  const init: RequestInit & { duplex: 'half' } = { headers: { 'content-type': type }, body, duplex: 'half' }
  const sent = async () => (await post('198.51.100.7', init)).status
  return { answer: sent(), letGo }
}

const part = (name: string) => `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${'a'.repeat(250_000)}\r\n`

describe('forms that are begun and never ended', () => {
  test.each([
    ['as they are', 'application/x-www-form-urlencoded', 'a'.repeat(500_000)],
    ['in parts', 'multipart/form-data; boundary=x', `${part('one')}${part('two')}--x`],
  ])('%s fill the room of their own address, nobody else’s', async (_, type, text) => {
    const begun = Array.from({ length: 18 }, () => slow(type, text))
    expect(await Promise.race(begun.map(({ answer }) => answer))).toBe(503)
    expect((await honest('192.0.2.1')).status).toBe(422)
    for (const { letGo } of begun) letGo()
    const ended = await Promise.all(begun.map(({ answer }) => answer))
    // Of a post in two parts, the second is refused where others hold their first: sixteen find room, or fifteen.
    expect(ended.filter((status) => status === 503).length).toBeLessThanOrEqual(3)
    // Nothing of them is counted any more.
    expect((await honest('198.51.100.7')).status).toBe(422)
    const again = Array.from({ length: 16 }, () => slow(type, text))
    for (const { letGo } of again) letGo()
    expect(new Set(await Promise.all(again.map(({ answer }) => answer)))).toEqual(new Set([400]))
  })
})

test.each([
  ['of one IPv6 network', (at: number) => `2001:db8:7:8::${at.toString(16)}`, '2001:db8:7:9::1'],
  ['with a port that is new each time', (at: number) => `203.0.113.7:${40_000 + at}`, '203.0.113.8:40000'],
  ['of one IPv6 network, with ports', (at: number) => `[2001:db8:a:b:${at}::1]:${40_000 + at}`, '[2001:db8:a:c::1]:1'],
  ['written as IPv4 and as IPv6', (at: number) => (at % 2 ? '203.0.113.9' : '::ffff:203.0.113.9'), '203.0.113.10'],
])('addresses %s count as one, and their neighbour as another', async (_, from, neighbour) => {
  const send = async (address: string) => (await post(address, {}, '/api/v1/procedures/add-note')).status
  for (let at = 1; at <= 4; at++) expect(await send(from(at))).toBe(401)
  await whole.sql("update hit set count = 600 where key like 'post:%' and count = 4")
  expect(await send(from(5))).toBe(429)
  expect(await send(neighbour)).toBe(401)
})

test.each([
  ['a proxy that is not counted', 0, ['192.0.2.1', '192.0.2.2'], [{ expected: 0, seen: 1 }]],
  ['a way past the proxies', 2, ['192.0.2.1, 192.0.2.2', '192.0.2.1'], [{ expected: 2, seen: 1 }]],
  ['nothing where it is right', 1, ['192.0.2.1', '203.0.113.1, 192.0.2.1'], []],
] as const)('the log is told once of %s', async (_, proxyHops, forwarded, told) => {
  const said: unknown[] = []
  const other = await whole.beside({ proxyHops, log: (event, fields) => event === 'proxy-hops' && said.push(fields) })
  for (const from of forwarded)
    await other.app.request('http://localhost:3000/attaka/', { headers: { 'x-forwarded-for': from } })
  await other.close()
  expect(said).toEqual(told)
})
