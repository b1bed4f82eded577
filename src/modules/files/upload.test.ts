import { connect } from 'node:net'
import { describe, expect, test, vi } from 'vitest'
import { newId } from '#core/ids.ts'
import {
  actorScene,
  claim,
  detailOf,
  filesHouse,
  honest,
  hour,
  house,
  listening,
  onlyPdf,
  partOf,
  pathFor,
  pdf,
  pdfText,
  png,
  rows,
  send,
  someCase,
  stage,
  state,
  stored,
  visitorScene,
} from './files-house.ts'
import { receiveUpload, stagedFile } from './index.ts'
import { sweepStaged } from './jobs.ts'

filesHouse()

describe('a visitor', () => {
  test('sends a file, and sees again what was attached', async () => {
    const hanako = house.browser()
    const sent = await send(hanako, pdf('../川沿いの図面.pdf'))
    expect(sent.status).toBe(201)
    const { token, ...told } = (await sent.json()) as { token: string }
    expect(told).toEqual({ name: '川沿いの図面.pdf', type: 'application/pdf', size: pdfText.length })

    const shown = await hanako.get(`/files/staged/${token}`)
    expect(shown.status).toBe(200)
    expect(await shown.text()).toBe(pdfText)
    expect(shown.headers.get('content-disposition')).toContain('attachment; filename="file.pdf"')
    expect(await house.sceneOf('attaka').look((db) => stagedFile(db, visitorScene(hanako), token))).toEqual({
      token,
      ...told,
      href: `/files/staged/${token}`,
    })
  })

  test('finds nothing of another browser, nor of another tenant', async () => {
    const hanako = house.browser()
    const token = await stage(hanako)
    const mallory = house.browser()
    await stage(mallory)
    expect((await mallory.get(`/files/staged/${token}`)).status).toBe(404)
    expect(await house.sceneOf('attaka').look((db) => stagedFile(db, visitorScene(mallory), token))).toBeNull()
    await expect(claim(visitorScene(mallory), token, someCase())).rejects.toMatchObject({ kind: 'invalid' })

    const abroad = house.browser('mie')
    abroad.jar.set('attaka', hanako.jar.get('attaka') ?? '')
    expect((await abroad.get(`/files/staged/${token}`)).status).toBe(404)
    await expect(claim(visitorScene(abroad, 'mie'), token, someCase())).rejects.toMatchObject({ kind: 'invalid' })
    expect((await hanako.get(`/files/staged/${token}`)).status).toBe(200)
  })

  test('who signs in keeps what the same browser sent before', async () => {
    const hanako = house.browser()
    const token = await stage(hanako)
    const scene = { ...actorScene(newId()), visitor: visitorScene(hanako).visitor }
    expect(await claim(scene, token, someCase())).toMatchObject({ name: '図面.pdf' })
  })

  test.each([
    ['of another type than its name says', png, '中身がPDFではないようです'],
    ['that is a web page', new File(['<script>alert(1)</script>'], 'a.pdf'), '中身がPDFではないようです'],
    ['with another ending than its content', new File([pdfText], 'a.html'), '中身がPDFではないようです'],
    ['without content', new File([], 'a.pdf'), '空のファイルです'],
    ['one byte too large', pdf('a.pdf', pdfText.padEnd(100_001)), 'ファイルが大きすぎます。98 KBまでにしてください'],
  ])('is told what is wrong with a file %s, and nothing is kept', async (_, file, sentence) => {
    const before = await state()
    const answer = await send(house.browser(), file)
    expect(answer.status).toBe(422)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await detailOf(answer)).toContain(sentence)
    expect(await state()).toEqual(before)
  })

  test('who sends no file, two files, or no form is told so, and nothing is kept', async () => {
    const before = await state()
    const browser = house.browser()
    expect(await detailOf(await browser.post(pathFor(), {}))).toBe('ファイルを選んでください')
    const both = await browser.post(pathFor(), { file: pdf(), other: pdf() })
    expect(both.status).toBe(400)
    // Many small ones of one form are no rush of many people.
    const { boundary, head } = await partOf(browser)
    const part = `\r\n--${boundary}\r\ncontent-disposition: form-data; name="more"; filename="b.pdf"\r\n\r\n${pdfText}`
    const many = await browser.send(pathFor(), {
      method: 'POST',
      body: `${head}${pdfText}${part.repeat(11)}\r\n--${boundary}--\r\n`,
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    })
    expect(many.status).toBe(400)
    const json = await browser.send(pathFor(), { method: 'POST', body: '{}', headers: { 'content-type': 'text/json' } })
    expect(json.status).toBe(415)
    expect(await state()).toEqual(before)
  })

  test('can’t widen what a field takes: forged, foreign and missing policies are refused', async () => {
    const before = await state()
    const wide = Buffer.from(JSON.stringify([['.pdf'], 9_000_000])).toString('base64url')
    const [, signature] = decodeURIComponent(pathFor().split('policy=')[1] ?? '').split('.')
    for (const path of [
      '/files/staging',
      '/files/staging?policy=%00',
      `/files/staging?policy=${wide}.${signature}`,
      `/files/staging?policy=.`,
      pathFor(onlyPdf, 'mie'),
    ]) {
      const answer = await send(house.browser(), pdf(), path)
      expect([path, answer.status]).toEqual([path, path.includes('%00') ? 400 : 403])
    }
    expect(await state()).toEqual(before)
  })

  test('is refused without the form’s token, before anything is received', async () => {
    const before = await state()
    const body = new FormData()
    body.set('_csrf', 'wrong')
    body.set('file', pdf())
    const answer = await house.browser().send(pathFor(), { method: 'POST', body })
    expect(answer.status).toBe(403)
    expect(await detailOf(answer)).toContain('読み込み直して')
    expect(await state()).toEqual(before)
  })

  test('can send sixty files an hour, and again when it is over', async () => {
    const eager = house.browser()
    await stage(eager)
    await house.sql(`update hit set count = 60 where key = $1`, [`files:browser:${visitorScene(eager).visitor[0]}`])
    const answer = await send(eager)
    expect(answer.status).toBe(429)
    expect(await detailOf(answer)).toContain('1時間ほどたってから')
    expect((await send(house.browser())).status).toBe(201)
    house.pass(hour)
    expect((await send(eager)).status).toBe(201)
  })

  test('can send 500 MB an hour, however many uploads run at once', async () => {
    const eager = house.browser()
    await stage(eager)
    const left = 500 * 1024 * 1024 - 3 * pdfText.length
    await house.sql('update staged_file set size = $1 where staged_by = $2', [
      left,
      `browser:${visitorScene(eager).visitor[0]}`,
    ])
    const before = await state()
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(eager)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 429, 429, 429, 429, 429])
    expect(await state()).toEqual({ ...before, staged: before.staged + 3, stored: before.stored + 3 })
    house.pass(hour)
  })
})

describe('the stream', () => {
  test('is not read by the storage beyond the limit', async () => {
    let given = 0
    house.outside.storage.put = async (key, body) => {
      for await (const part of body) given += part.length
      stored.set(key, Buffer.alloc(0))
    }
    const before = await state()
    const large = pdf('a.pdf', pdfText.padEnd(8_000_000))
    expect((await send(house.browser(), large)).status).toBe(422)
    expect(given).toBeLessThanOrEqual(100_000)
    expect(await state()).toEqual(before)
  })

  test('that falls silent is given up, and nothing of it is kept', async () => {
    const before = await state()
    async function* silent() {
      yield Buffer.from(pdfText.padEnd(9000))
      await new Promise(() => undefined)
    }
    const file = { field: 'file', name: 'a.pdf', type: '', stream: silent() }
    const upload = await receiveUpload(actorScene(newId()), file, onlyPdf, { stallMs: 40 })
    expect(upload).toEqual({ ok: false, fault: 'cut' })
    expect(await state()).toEqual(before)
  })

  test('of a connection that is cut leaves no file, and the house goes on', async () => {
    const before = await state()
    const browser = house.browser()
    await browser.post('/files/staging', {})
    const { boundary, head } = await partOf(browser)
    const { server, port } = await listening()
    await new Promise<void>((closed) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(
          `POST /attaka${pathFor()} HTTP/1.1\r\nhost: localhost:3000\r\ncookie: attaka=${browser.jar.get('attaka')}\r\n` +
            `content-type: multipart/form-data; boundary=${boundary}\r\ncontent-length: 90000\r\n\r\n${head}${pdfText.padEnd(20_000)}`,
        )
        setTimeout(() => socket.destroy(), 300)
      }).on('close', () => closed())
    })
    server.close()
    const begun = await house.sql("select id from audit where act = 'files.begin-upload' and actor_kind = 'visitor'")
    expect(begun.length).toBeGreaterThan(0)
    // The part hears at once that no more will come: nothing is left for the sweep.
    await vi.waitFor(async () => expect(await state()).toEqual(before), 5_000)
    expect((await send(house.browser())).status).toBe(201)
  })

  test('fills, with others that are never ended, the room of its own address only', async () => {
    const before = await state()
    const browser = house.browser()
    await browser.post('/files/staging', {})
    const { boundary, head } = await partOf(browser)
    const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
    const begin = () => {
      const { readable, writable } = new TransformStream<Uint8Array>()
      const writer = writable.getWriter()
      void writer.write(Buffer.from(head + pdfText)).catch(() => undefined)
      const init: RequestInit & { duplex: 'half' } = { method: 'POST', headers, body: readable, duplex: 'half' }
      return { answer: browser.send(pathFor(), init), end: () => writer.abort(new Error('hung up')) }
    }
    const begun = Array.from({ length: 8 }, begin)
    await vi.waitFor(async () => expect((await state()).arriving).toBe(begun.length), 5_000)
    const refused = await send(house.browser())
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
    for (const { end } of begun) await end()
    for (const { answer } of begun) expect((await answer).status).toBe(400)
    expect(await state()).toEqual(before)
    expect((await send(house.browser())).status).toBe(201)
  })

  test('that ends in the middle of a file is a 400, not an end of the house', async () => {
    const before = await state()
    const browser = house.browser()
    await browser.post('/files/staging', {})
    const { boundary, head } = await partOf(browser)
    const answer = await browser.send(pathFor(), {
      method: 'POST',
      body: `${head}${pdfText}`,
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    })
    expect(answer.status).toBe(400)
    expect(await state()).toEqual(before)
  })
})

describe('a storage that fails', () => {
  test('in the middle of a file leaves no row; the sweep removes what it may have kept', async () => {
    const before = await state()
    house.outside.storage.put = async (key, body) => {
      for await (const part of body) {
        stored.set(key, Buffer.from(part))
        throw new Error('disk full')
      }
    }
    const answer = await send(house.browser())
    expect(answer.status).toBe(503)
    expect(await detailOf(answer)).toContain('数分後に')
    expect(await state()).toEqual({ ...before, arriving: before.arriving + 1, stored: before.stored + 1 })

    house.pass(49 * hour)
    await sweepStaged.run(house.sceneOf('attaka'), {})
    expect(await state()).toEqual({ arriving: 0, staged: 0, stored: await rows('file') })
  })

  test('before anything was read lets the rest of the form be read', async () => {
    house.outside.storage.put = async () => {
      throw new Error('no route to host')
    }
    expect((await send(house.browser(), pdf('a.pdf', pdfText.padEnd(90_000)))).status).toBe(503)
  })

  test('when the row can’t be written leaves a note by which the sweep finds the bytes', async () => {
    const before = await state()
    house.outside.storage.put = async (key, body) => {
      await honest.put(key, body)
      await house.sql('alter table staged_file add constraint broken check (false) not valid')
    }
    const answer = await send(house.browser())
    await house.sql('alter table staged_file drop constraint broken')
    expect(answer.status).toBe(500)
    expect(await state()).toEqual({ ...before, arriving: before.arriving + 1, stored: before.stored + 1 })
    house.pass(49 * hour)
    await sweepStaged.run(house.sceneOf('attaka'), {})
    expect((await state()).stored).toBe(await rows('file'))
  })
})

describe('a program', () => {
  test('with a token sends, keeps and reads files by the same rules', async () => {
    const secret = house.outside.sealer.newToken()
    const id = newId()
    await house.sql(
      `insert into api_token (tenant, id, hash, name, roles, scopes, created_at, created_by, expires_at)
       values ('attaka', $1, $2, 'test', '{reviewer}', '{files:write}', now(), 'test', now() + interval '10 years')`,
      [id, house.outside.sealer.hashToken(secret)],
    )
    const ask = (path: string, init: RequestInit = {}) =>
      house.browser().send(path, { ...init, headers: { authorization: `Bearer ${secret}` } })
    const path = (name: string, limits = onlyPdf) => `/api/v1${pathFor(limits)}&name=${encodeURIComponent(name)}`
    const sent = await ask(path('報告'), { method: 'POST', body: pdfText })
    expect(sent.status).toBe(201)
    const { token, name } = (await sent.json()) as { token: string; name: string }
    expect(name).toBe('報告.pdf')
    const { file } = await claim(actorScene(id), token, someCase())
    expect(await (await ask(`/api/v1/files/${file}/content`)).text()).toBe(pdfText)
    expect(await (await ask(`/api/v1/files/file?id=${file}`)).json()).toMatchObject({ file, name: '報告.pdf' })

    const before = await state()
    const large = await ask(path('a.pdf'), { method: 'POST', body: pdfText.padEnd(3_000_000) })
    expect([large.status, await detailOf(large)]).toEqual([422, 'ファイルが大きすぎます。98 KBまでにしてください'])
    expect((await ask('/api/v1/files/staging', { method: 'POST', body: pdfText })).status).toBe(403)
    expect((await house.browser().send(path('a.pdf'), { method: 'POST', body: pdfText })).status).toBe(401)
    expect(await state()).toEqual(before)
  })
})
