import { request } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { openDrafts } from '../../tests/crash/drafts.ts'
import { openVisitor, procedurePath, tenantPath } from '../../tests/crash/visitor.ts'
import type { Bench } from './figure.ts'
import { openTown } from './parts/town.ts'

type Piece = { kind: 'html' | 'css' | 'script' | 'other'; bytes: number; text: string }

/** What a resident's browser fetches for each page with nothing in its cache: bytes as they travel, and requests. */
export const bench: Bench = {
  name: 'weight',
  async run(report) {
    const town = await openTown()
    const { application } = town
    try {
      const [ready] = await openDrafts(application)(['weight'])
      if (!ready) throw new Error('there is no draft')
      const visitor = openVisitor(application.base, '127.3.3.3')
      await visitor.get(procedurePath)
      const begun = (await visitor.post(`${procedurePath}/begin`)).headers.location ?? ''
      const form = new URL((await visitor.get(begun)).headers.location ?? '', application.base).pathname
      const pages: [string, string, string?][] = [
        ['home', `${tenantPath}/`],
        ['catalogue', `${tenantPath}/procedures`],
        ['procedure', procedurePath],
        ['form page', form, visitor.cookie()],
        ['check before filing', ready.path, ready.cookie],
        ['state by receipt number', `${tenantPath}/filings/status`],
        ['plans', `${tenantPath}/plans`],
        ['sign-in', `${tenantPath}/sign-in`],
        ['other ways', `${tenantPath}/other-ways`],
      ]
      for (const [name, path, cookie = ''] of pages) {
        const pieces = await load(application.base, path, cookie)
        const sum = (kind?: Piece['kind']) =>
          pieces.filter((one) => !kind || one.kind === kind).reduce((all, { bytes }) => all + bytes, 0)
        const size = `html ${sum('html')}, css ${sum('css')}, script ${sum('script')}, other ${sum('other')}`
        const met = sum() < 60 * 1024 && sum('script') < 20 * 1024
        const aim = 'under 60 KiB, of it under 20 KiB of script'
        report({ name: `${name}, all that travels (gzip)`, size, value: sum(), unit: 'bytes', aim, met })
        report({ name: `${name}, requests`, size: 'nothing in the cache', value: pieces.length, unit: 'requests' })
      }
    } finally {
      await town.close()
    }
  },
}

/** A page and what it names: style, scripts with what they import, pictures. */
async function load(base: string, path: string, cookie: string): Promise<Piece[]> {
  const html = await fetchPacked(base, path, 'html', cookie)
  const named = (pattern: RegExp, text: string) => [...text.matchAll(pattern)].map(([, address = '']) => address)
  const pieces = [html]
  const seen = new Set<string>()
  const take = async (address: string, kind: Piece['kind'], from: string) => {
    const at = new URL(address, new URL(from, base)).pathname
    if (seen.has(at)) return
    seen.add(at)
    const piece = await fetchPacked(base, at, kind, '')
    pieces.push(piece)
    if (kind === 'script')
      for (const more of named(/(?:from|import)\s*["'](\.[^"']+)["']/g, piece.text)) await take(more, 'script', at)
  }
  for (const address of named(/<link rel="stylesheet" href="([^"]+)"/g, html.text)) await take(address, 'css', path)
  for (const address of named(/<script[^>]* src="([^"]+)"/g, html.text)) await take(address, 'script', path)
  for (const address of named(/<(?:img|source)[^>]* src="([^"]+)"/g, html.text)) await take(address, 'other', path)
  return pieces
}

/** One answer with its bytes as they came over the wire, heads left out. */
function fetchPacked(base: string, path: string, kind: Piece['kind'], cookie: string): Promise<Piece> {
  return new Promise((done, fail) => {
    const headers = { 'accept-encoding': 'gzip', 'x-forwarded-for': '127.3.3.3', ...(cookie && { cookie }) }
    request(new URL(path, base), { headers }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => {
        if (answer.statusCode !== 200) return fail(new Error(`${path} was answered with ${answer.statusCode}`))
        const body = Buffer.concat(parts)
        const text = (answer.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString('utf8')
        done({ kind, bytes: body.length, text })
      })
    })
      .on('error', fail)
      .end()
  })
}
