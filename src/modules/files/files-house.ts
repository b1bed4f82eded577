import { createHash } from 'node:crypto'
import { serve } from '@hono/node-server'
import { afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type { ThingKind } from '#core/contributions.ts'
import { newId } from '#core/ids.ts'
import { type Actor, holds } from '#core/policy.ts'
import type { Reference } from '#core/reference.ts'
import { onStage, type Scene } from '#core/scene.ts'
import { visitorId } from '#web/browser.ts'
import { formTokenOf } from '#web/guard.ts'
import { openHouse, type TestHouse } from '../../../tests/house.ts'
import { claimFile, uploadField } from './index.ts'

// For tests only: what the tests of this room share, a house with a storage in memory and a module that owns cases.

export const hour = 3_600_000
export const pdfText = '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'
export const pdf = (name = '図面.pdf', text = pdfText) => new File([text], name, { type: 'application/pdf' })
export const png = new File([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')], 'a.pdf', {
  type: 'application/pdf',
})
export const onlyPdf = { accept: ['.pdf'], maxBytes: 100_000 }
export const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex')

export let house: TestHouse
export type Browser = ReturnType<TestHouse['browser']>
/** The storage as tests use it, and what is in it. */
export let stored: Map<string, Buffer>
export let honest: TestHouse['outside']['storage']

/** Opens the house for the test file that calls it. */
export function filesHouse() {
  beforeAll(async () => {
    house = await openHouse()
    // A module that owns cases, which reviewers may see.
    const cases: ThingKind = {
      module: 'trial',
      kind: 'case',
      label: '事例',
      find: async () => [],
      show: async (_, actor, id) =>
        holds(actor, 'reviewer')
          ? { reference: { module: 'trial', kind: 'case', id }, title: id, href: '/', state: null }
          : null,
    }
    ;(house.sceneOf('attaka').registry.things as ThingKind[]).push(cases)
    stored = new Map()
    honest = {
      async put(key, body) {
        const parts: Uint8Array[] = []
        for await (const part of body) parts.push(part)
        stored.set(key, Buffer.concat(parts))
      },
      async get(key) {
        const bytes = stored.get(key)
        return bytes ? { stream: new Blob([new Uint8Array(bytes)]).stream(), size: bytes.length } : null
      },
      async remove(key) {
        stored.delete(key)
      },
    }
  })
  beforeEach(() => Object.assign(house.outside.storage, honest))
  afterEach(() => Object.assign(house.outside.storage, honest))
}

/** A scene as a browser's request has it. */
export const visitorScene = (browser: Browser, tenant = 'attaka'): Scene => ({
  ...house.sceneOf(tenant, null),
  visitor: [visitorId(house.outside.sealer, browser.jar.get('attaka') ?? '')],
})
export const actorScene = (id: string, tenant = 'attaka'): Scene => house.sceneOf(tenant, personActor(id))
export const personActor = (id: string): Actor => ({ ...house.sceneOf('attaka').actor!, id, kind: 'person' })

export const pathFor = (limits = onlyPdf, tenant = 'attaka') => uploadField(house.sceneOf(tenant), limits).upload
export const send = (browser: Browser, file: File = pdf(), path = pathFor()) => browser.post(path, { file })
export const stage = async (browser: Browser, file: File = pdf()): Promise<string> => {
  const answer = await send(browser, file)
  expect(answer.status).toBe(201)
  return ((await answer.json()) as { token: string }).token
}
export const someCase = (): Reference => ({ module: 'trial', kind: 'case', id: newId() })
export const claim = (scene: Scene, token: string, about: Reference, limits = onlyPdf) =>
  scene.change((db) => claimFile(onStage(scene, db), { token, about, limits }))
export const keep = async (about = someCase(), file: File = pdf()) => {
  const browser = house.browser()
  const token = await stage(browser, file)
  return { about, ...(await claim(visitorScene(browser), token, about)) }
}
export const rows = async (table: 'arriving_file' | 'staged_file' | 'file') =>
  Number((await house.sql<{ n: string }>(`select count(*) n from ${table}`))[0]?.n)
export const state = async () => ({
  arriving: await rows('arriving_file'),
  staged: await rows('staged_file'),
  stored: stored.size,
})
export const detailOf = async (answer: Response) => ((await answer.json()) as { detail: string }).detail

/** The house behind a real socket. */
export async function listening() {
  const server = serve({ fetch: house.app.fetch, port: 0, overrideGlobalObjects: false })
  await new Promise((ready) => server.once('listening', ready))
  return { server, port: (server.address() as { port: number }).port }
}

/** The beginning of an upload as a browser sends it. */
export async function partOf(browser: Browser) {
  const csrf = formTokenOf(house.outside.sealer, browser.jar.get('attaka') ?? '')
  const boundary = 'xxxx'
  const disposition = (rest: string) => `--${boundary}\r\ncontent-disposition: form-data; ${rest}\r\n`
  return {
    boundary,
    head: `${disposition('name="_csrf"')}\r\n${csrf}\r\n${disposition('name="file"; filename="a.pdf"')}\r\n`,
  }
}
