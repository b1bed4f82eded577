import { describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import type { Reference } from '#core/reference.ts'
import { onStage } from '#core/scene.ts'
import {
  claim,
  filesHouse,
  honest,
  hour,
  house,
  keep,
  listening,
  onlyPdf,
  pathFor,
  pdf,
  pdfText,
  rows,
  send,
  sha256,
  someCase,
  stage,
  state,
  stored,
  visitorScene,
} from './files-house.ts'
import { claimFile, filesAbout, releaseFile } from './index.ts'
import { sweepStaged } from './jobs.ts'
import { contentDisposition, storageKey } from './rules.ts'

filesHouse()

describe('a claim', () => {
  test('happens once, whoever else wants it at the same time', async () => {
    const browser = house.browser()
    const token = await stage(browser)
    const abouts = Array.from({ length: 20 }, someCase)
    const claims = await Promise.allSettled(abouts.map((about) => claim(visitorScene(browser), token, about)))
    expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of claims) if (one.status === 'rejected') expect(one.reason).toMatchObject({ kind: 'invalid' })
    const kept = await Promise.all(abouts.map((about) => house.sceneOf('attaka').look(filesAbout, about)))
    expect(kept.flat()).toHaveLength(1)
  })

  test('for the same thing gives the same file, twenty times at once and again later', async () => {
    const browser = house.browser()
    const token = await stage(browser)
    const about = someCase()
    const claims = await Promise.all(Array.from({ length: 20 }, () => claim(visitorScene(browser), token, about)))
    const [first] = claims
    expect(new Set(claims.map(({ file }) => file)).size).toBe(1)
    expect(first).toEqual({
      file: first?.file,
      name: '図面.pdf',
      type: 'application/pdf',
      size: pdfText.length,
      sha256: sha256(pdfText),
    })
    // A form that shows the kept file again sends its id.
    expect(await claim(visitorScene(browser), first?.file ?? '', about)).toEqual(first)
    await expect(claim(visitorScene(browser), first?.file ?? '', someCase())).rejects.toThrow('no such staged file')
    house.pass(49 * hour)
    await sweepStaged.run(house.sceneOf('attaka'), {})
    expect(await claim(visitorScene(house.browser()), first?.file ?? '', about)).toEqual(first)
    expect(stored.has(storageKey('attaka', first?.file ?? ''))).toBe(true)
  })

  test('goes with the act that made it: rolled back, the file waits again', async () => {
    const browser = house.browser()
    const token = await stage(browser)
    const scene = visitorScene(browser)
    const about = someCase()
    const act = scene.change(async (db) => {
      await claimFile(onStage(scene, db), { token, about })
      throw new Error('the act failed')
    })
    await expect(act).rejects.toThrow('the act failed')
    expect(await scene.look(filesAbout, about)).toEqual([])
    expect(await claim(scene, token, about)).toMatchObject({ name: '図面.pdf' })
  })

  test('of a token from a wider field elsewhere is refused, with what this field takes', async () => {
    const browser = house.browser()
    const token = await stage(browser)
    const scene = visitorScene(browser)
    await expect(claim(scene, token, someCase(), { accept: ['.png', '.jpg'], maxBytes: 1000 })).rejects.toMatchObject({
      kind: 'invalid',
      fields: { file: expect.stringContaining('JPEG画像、PNG画像のどれでもないようです') },
    })
    await expect(claim(scene, token, someCase(), { accept: ['.pdf'], maxBytes: 10 })).rejects.toMatchObject({
      fields: { file: 'ファイルが大きすぎます。10 Bまでにしてください' },
    })
    expect(await claim(scene, token, someCase())).toBeTruthy()
  })

  test('comes too late after 48 hours', async () => {
    const browser = house.browser()
    const token = await stage(browser)
    house.pass(48 * hour)
    await expect(claim(visitorScene(browser), token, someCase())).rejects.toMatchObject({
      fields: { file: 'ファイルを受け取れませんでした。もう一度選んでください' },
    })
    expect((await browser.get(`/files/staged/${token}`)).status).toBe(404)
  })
})

describe('the sweep', () => {
  test('removes what nobody claimed within 48 hours, and nothing else', async () => {
    await house.pass(49 * hour)
    await sweepStaged.run(house.sceneOf('attaka'), {})
    const { file } = await keep()
    const browser = house.browser()
    await stage(browser)
    house.pass(47 * hour)
    const young = await stage(browser)
    house.pass(hour + 1000)
    await sweepStaged.run(house.sceneOf('attaka'), {})
    expect(await rows('staged_file')).toBe(1)
    expect(await claim(visitorScene(browser), young, someCase())).toBeTruthy()
    expect(stored.has(storageKey('attaka', file))).toBe(true)
    expect(stored.size).toBe(await rows('file'))
  })

  test('goes on where a failing storage stopped it, and one stuck file holds up no other', async () => {
    const browser = house.browser()
    const tokens = [await stage(browser), await stage(browser), await stage(browser)]
    house.pass(49 * hour)
    let calls = 0
    house.outside.storage.remove = async (key) => {
      if (++calls === 1) throw new Error('away')
      await honest.remove(key)
    }
    await expect(sweepStaged.run(house.sceneOf('attaka'), {})).rejects.toThrow('1 files could not be removed')
    expect(await rows('staged_file')).toBe(1)
    for (const token of tokens) await expect(claim(visitorScene(browser), token, someCase())).rejects.toThrow()
    await sweepStaged.run(house.sceneOf('attaka'), {})
    expect(await state()).toEqual({ arriving: 0, staged: 0, stored: await rows('file') })
  })

  test('touches no other tenant', async () => {
    const there = house.browser('mie')
    await send(there, pdf(), pathFor(onlyPdf, 'mie'))
    house.pass(49 * hour)
    await sweepStaged.run(house.sceneOf('attaka'), {})
    expect(await rows('staged_file')).toBe(1)
    await sweepStaged.run(house.sceneOf('mie'), {})
    expect(await rows('staged_file')).toBe(0)
  })
})

describe('a kept file', () => {
  test('is opened by those to whom its owner shows the thing, as an attachment, and the reading is on record', async () => {
    const about = someCase()
    const { file } = await keep(about, pdf('三重県 計画(案)&"図".pdf'))
    const reviewer = await house.as('reviewer')
    const answer = await reviewer.get(`/files/${file}`)
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(pdfText.length),
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    })
    const disposition = answer.headers.get('content-disposition') ?? ''
    expect(disposition).toMatch(/^attachment; filename="file\.pdf"; filename\*=UTF-8''/)
    expect(decodeURIComponent(disposition.split("UTF-8''")[1] ?? '')).toBe('三重県 計画(案)&_図_.pdf')
    expect(await answer.text()).toBe(pdfText)

    const [entry] = await house.sql<{ actor: string; subjects: unknown }>(
      `select actor, subjects from audit where act = 'files.file' and kind = 'read' order by id desc limit 1`,
    )
    expect(entry).toEqual({ actor: reviewer.id, subjects: [{ module: 'files', kind: 'file', id: file }, about] })
  })

  test('is asked about by HEAD without its bytes', async () => {
    const { file } = await keep()
    const head = await (await house.as('reviewer')).send(`/files/${file}`, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(pdfText.length)])
    expect(await head.text()).toBe('')
  })

  test('is told by the API to the same people and to nobody else', async () => {
    const { file } = await keep()
    const asked = await house.browser().send(`/api/v1/files/file?id=${file}`)
    expect(asked.status).toBe(401)
    expect((await house.browser().send(`/api/v1/files/${file}/content`)).status).toBe(401)
  })

  test('without a module that shows what it is about is nobody’s to open', async () => {
    const { file } = await keep({ module: 'nobody', kind: 'thing', id: '1' })
    expect((await (await house.as('reviewer')).get(`/files/${file}`)).status).toBe(404)
  })

  test('that is not there, in another tenant, or not for this person looks the same', async () => {
    const { file } = await keep()
    const planner = await house.as('planner')
    const abroad = await house.as('reviewer', 'mie')
    const reviewer = await house.as('reviewer')
    for (const answer of [
      await planner.get(`/files/${file}`),
      await abroad.get(`/files/${file}`),
      await reviewer.get(`/files/${newId()}`),
      await reviewer.get('/files/nonsense'),
      await reviewer.get("/files/'%3B--"),
      await reviewer.get('/files/staged/nonsense'),
    ]) {
      expect(answer.status).toBe(404)
      expect(await answer.text()).toContain('見つかりませんでした')
    }
  })

  test('whose bytes are lost or were changed gives a page that helps, never a wrong file', async () => {
    const { file } = await keep()
    const key = storageKey('attaka', file)
    const reviewer = await house.as('reviewer')
    stored.set(key, Buffer.from(pdfText.replace('Catalog', 'Cataloh')))
    const { server, port } = await listening()
    const changed = fetch(`http://127.0.0.1:${port}/attaka/files/${file}`, {
      headers: { cookie: `attaka=${reviewer.jar.get('attaka')}` },
    })
    await expect(changed.then((answer) => answer.text())).rejects.toThrow()
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
    server.close()

    stored.set(key, Buffer.from(`${pdfText} `))
    for (const lose of [() => {}, () => stored.delete(key)]) {
      lose()
      const gone = await reviewer.get(`/files/${file}`)
      expect(gone.status).toBe(404)
      expect(await gone.text()).toContain('担当の窓口に連絡してください')
    }
    const problem = await reviewer.get(`/files/${file}`, { accept: 'application/json' })
    expect([problem.status, problem.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
  })

  test('while the storage is away is a 503 that says it is not lost', async () => {
    const { file } = await keep()
    house.outside.storage.get = async () => {
      throw new Error('storage: GET was not answered')
    }
    const answer = await (await house.as('reviewer')).get(`/files/${file}`)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '60'])
    const html = await answer.text()
    expect(html).toContain('ファイルはなくなっていません')
    expect(html).toContain(`href="/attaka/files/${file}"`)
    expect(html).not.toContain('storage: GET')
  })

  test('that its owner gives up is gone at once, and its bytes with the job', async () => {
    const { file, about } = await keep()
    const scene = house.sceneOf('attaka')
    const release = (of: Reference) => scene.change((db) => releaseFile(onStage(scene, db), { file, about: of }))
    await expect(release(someCase())).rejects.toMatchObject({ kind: 'missing' })
    await release(about)
    expect(await scene.look(filesAbout, about)).toEqual([])
    expect((await (await house.as('reviewer')).get(`/files/${file}`)).status).toBe(404)
    await house.settle()
    expect(stored.has(storageKey('attaka', file))).toBe(false)
    expect(await house.sql('select id from file where id = $1', [file])).toEqual([])
  })

  test('asks a visitor to sign in, whether it is there or not', async () => {
    const { file } = await keep()
    for (const id of [file, newId()]) expect((await house.browser().get(`/files/${id}`)).status).toBe(401)
  })
})

test.each([
  ['plan.pdf', `attachment; filename="plan.pdf"; filename*=UTF-8''plan.pdf`],
  ["it's (1).csv", `attachment; filename="file.csv"; filename*=UTF-8''it%27s%20%281%29.csv`],
  ['図', `attachment; filename="file"; filename*=UTF-8''%E5%9B%B3`],
])('the name %s travels in a header', (name, header) => {
  expect(contentDisposition(name)).toBe(header)
})
