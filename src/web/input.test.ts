import { beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '../../tests/house.ts'
import { formTokenOf } from './guard.ts'
import { formBytes } from './input.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})

const secret = 'c'.repeat(43)
const csrf = () => `_csrf=${formTokenOf(house.outside.sealer, secret)}`

type Body = string | Uint8Array<ArrayBuffer> | ReadableStream

/** A post of exactly these bytes. */
async function send(path: string, body: Body, headers: Record<string, string> = {}) {
  const answer = await house.app.request(`http://localhost:3000/attaka${path}`, {
    method: 'POST',
    headers: { cookie: `attaka=${secret}`, ...headers },
    body,
    duplex: 'half',
  } as RequestInit)
  house.pass(600)
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() }
}

const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' }
const form = (text: string) => send('/filings/status', `${csrf()}&${text}`, urlencoded)
const json = { 'content-type': 'application/json' }
const api = '/api/v1/procedures/add-note'

/** The first bytes of something that never ends. */
const endless = (chunk: Uint8Array, most: number) => {
  let given = 0
  const stream = new ReadableStream({
    pull(controller) {
      given += chunk.byteLength
      if (given > most) controller.error(new Error('the reader went on reading'))
      else controller.enqueue(chunk)
    },
  })
  return stream
}

describe('a form that can’t be read', () => {
  test.each([
    ['JSON', 'application/json', 415],
    ['plain text', 'text/plain', 415],
    ['XML', 'application/xml', 415],
    ['no known type', 'x', 415],
    ['multipart without a boundary', 'multipart/form-data', 400],
  ])('because it is %s is refused as such', async (_, type, status) => {
    const answer = await send('/filings/status', '{}', { 'content-type': type })
    expect(answer.status).toBe(status)
    expect(answer.text).toContain('送られた内容を読み取れませんでした')
  })

  test.each([
    ['a form', '/filings/status', urlencoded],
    ['a program’s JSON', api, json],
    ['a form that had said how long it is', '/filings/status', { ...urlencoded, 'content-length': '10' }],
  ])(
    'because its sender hung up is refused as cut off, not as if the database were away: %s',
    async (_, path, type) => {
      const hungUp = new ReadableStream({
        pull: (controller) => controller.error(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })),
      })
      expect((await send(path, hungUp, type)).status).toBe(400)
    },
  )

  test('because its bytes are no UTF-8 is refused', async () => {
    const bytes = Buffer.concat([Buffer.from(`${csrf()}&number=`), Buffer.from([0x83, 0x65, 0x83, 0x58, 0x83, 0x67])])
    expect((await send('/filings/status', new Uint8Array(bytes), urlencoded)).status).toBe(400)
  })

  test('because an escape says what is no text is answered beside the field', async () => {
    for (const odd of ['%83%65', '%FF', '%00', '%ED%A0%80']) {
      const answer = await form(`number=${odd}&mail=a@example.jp`)
      expect(answer.status, odd).toBe(422)
      expect(answer.text).toContain('使えない制御文字')
    }
  })

  test('because a field’s very name is no text is refused', async () => {
    expect((await form('a%00b=1')).status).toBe(400)
  })

  test('because it is empty is refused for its missing token', async () => {
    expect((await send('/filings/status', '', urlencoded)).status).toBe(403)
  })

  test('because it breaks off is refused', async () => {
    const boundary = 'x'.repeat(20)
    const type = { 'content-type': `multipart/form-data; boundary=${boundary}` }
    const start = `--${boundary}\r\ncontent-disposition: form-data; name="number"\r\n\r\nR8`
    expect((await send('/filings/status', start, type)).status).toBe(400)
    expect((await send('/filings/status', 'nothing of the kind', type)).status).toBe(400)
    expect((await send('/filings/status', '', type)).status).toBe(400)
  })
})

describe('a form that is too large', () => {
  test('is refused before it is read whole', async () => {
    const chunk = new Uint8Array(64 * 1024).fill(97)
    const answer = await send('/filings/status', endless(chunk, 4 * formBytes), urlencoded)
    expect(answer.status).toBe(413)
    expect(answer.text).toContain('送られた内容が大きすぎます')
  })

  test('is refused by what it says of itself', async () => {
    const answer = await send('/filings/status', 'a=1', { ...urlencoded, 'content-length': String(formBytes + 1) })
    expect(answer.status).toBe(413)
  })

  test('in one multipart field, or in many, is refused', async () => {
    const field = new FormData()
    field.set('number', 'x'.repeat(formBytes + 1))
    const many = new FormData()
    for (let index = 0; index < 600; index++) many.append(`f${index}`, 'x')
    const together = new FormData()
    for (let index = 0; index < 6; index++) together.append(`f${index}`, 'x'.repeat(formBytes / 5))
    for (const body of [field, many, together]) {
      const answer = await house.app.request('http://localhost:3000/attaka/filings/status', { method: 'POST', body })
      expect(answer.status).toBe(413)
    }
  })

  test('of files that no field asks for is refused before they are read', async () => {
    const files = new FormData()
    files.set('_csrf', formTokenOf(house.outside.sealer, secret))
    files.set('file', new Blob(['x'.repeat(1000)]), 'a.txt')
    const answer = await house.app.request('http://localhost:3000/attaka/filings/status', {
      method: 'POST',
      headers: { cookie: `attaka=${secret}` },
      body: files,
    })
    expect(answer.status).toBe(400)
  })
})

describe('odd fields', () => {
  test('ten thousand of them are read, and mean nothing', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `f${index}=${index % 10}`).join('&')
    expect((await form(`${many}&number=R8-AAAA-AAAA&mail=a@example.jp`)).status).toBe(422)
  })

  // Read in one go: a reading that grows with the square of the fields would outlast any test.
  test('as many of one name as fit are read, and are no text', async () => {
    expect((await form(`number=1&mail=a${'&x'.repeat(250_000)}`)).status).toBe(422)
    expect((await form(`mail=a${'&number=1'.repeat(50_000)}`)).status).toBe(422)
  })

  test.each(['__proto__', 'constructor', 'toString', '__proto__[polluted]', 'constructor.prototype.polluted'])(
    'named %s change nothing',
    async (name) => {
      expect((await form(`${encodeURIComponent(name)}=polluted&number=x&mail=y`)).status).toBe(422)
      expect(({} as Record<string, unknown>).polluted).toBeUndefined()
      expect(Object.prototype.toString.call({})).toBe('[object Object]')
      const answer = await send(api, `{"mail":"x","${name}":{"polluted":true}}`, json)
      expect(answer.status).toBe(401)
      expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    },
  )

  test('a field that is named twice is no text', async () => {
    const answer = await form('number=R8-AAAA-AAAA&number=R8-BBBB-BBBB&mail=a@example.jp')
    expect(answer.status).toBe(422)
  })

  test('named like a part of the address don’t lead the act elsewhere', async () => {
    const approver = await house.as('approver')
    const ids = ['01900000-0000-7000-8000-00000000f001', '01900000-0000-7000-8000-00000000f002'] as const
    for (const [at, id] of ids.entries()) {
      await house.sql(
        `insert into filing (tenant, id, number, procedure, draft, form, version, state, edition, arrived_at)
         select 'attaka', $1, $2, p.id, gen_random_uuid(), p.form, 1, 'received', 1, now()
         from procedure p where p.tenant = 'attaka' limit 1`,
        [id, `R8-TEST-000${at}`],
      )
    }
    const sent = await approver.post(`/console/filings/${ids[0]}/note`, { note: 'ここに', id: ids[1] })
    expect(sent.headers.get('location')).toBe(`/attaka/console/filings/${ids[0]}`)
    expect(await house.sql(`select filing from filing_event where note = 'ここに'`)).toEqual([{ filing: ids[0] }])
  })
})

describe('a program’s JSON', () => {
  test.each([
    ['cut off', '{"mail":'],
    ['of another language', "{'mail': 1}"],
    ['with a comment', '{} // x'],
    ['with a control character', '{"mail":"a\u0000b"}'],
    ['with NUL in disguise', '{"mail":"a\\u0000b"}'],
    ['with half a character', '{"mail":"\\ud842"}'],
    ['with half a character in a name', '{"\\ud842":"x"}'],
    ['nested without end', '['.repeat(200_000)],
    ['nested deeply', '['.repeat(9_000) + ']'.repeat(9_000)],
    ['nested deeply in names', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`],
  ])('%s is refused as a problem document', async (_, body) => {
    const answer = await send(api, body, json)
    expect(answer.type).toBe('application/problem+json')
    const problem = JSON.parse(answer.text)
    // Where it could be read, whoever sent it is asked for a token.
    expect([400, 401]).toContain(problem.status)
    expect(answer.status).toBe(problem.status)
  })

  test('that is no UTF-8 or too large is refused', async () => {
    expect((await send(api, new Uint8Array([0x22, 0xff, 0x22]), json)).status).toBe(400)
    expect((await send(api, `"${'x'.repeat(formBytes)}"`, json)).status).toBe(413)
    expect((await send(api, endless(new Uint8Array(64 * 1024).fill(32), 4 * formBytes), json)).status).toBe(413)
  })

  test.each(['null', '1', '"x"', '[]', '[[]]', 'true', ''])('that is %s and no object is refused', async (body) => {
    const reviewer = await token('reviewer')
    const answer = await send('/api/v1/procedures/add-note', body, { ...json, authorization: `Bearer ${reviewer}` })
    expect(answer.status).toBe(422)
    expect(JSON.parse(answer.text).errors).toBeInstanceOf(Array)
  })
})

/** A bearer token with one role, as an administrator would issue it. */
async function token(role: string) {
  const plain = `attaka_${house.outside.sealer.newToken()}`
  await house.sql(
    `insert into api_token (tenant, id, hash, name, roles, scopes, created_at, created_by, expires_at)
     values ('attaka', gen_random_uuid(), $1, $2, $3, '{procedures:write}', now(), 'test', now() + interval '300 days')`,
    [house.outside.sealer.hashToken(plain), plain.slice(-20), `{${role}}`],
  )
  return plain
}
