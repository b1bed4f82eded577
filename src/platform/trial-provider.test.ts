import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type Flow, type Provider, signInDoor } from './sign-in.ts'
import { type TrialPerson, trialProvider } from './trial-provider.ts'

const persons: TrialPerson[] = [
  {
    id: 'tsu-hanako',
    name: '津 花子',
    office: '三重県',
    department: '総務部',
    section: 'デジタル改革推進課',
    role: '申請を審査します <担当>',
    groups: ['reviewers'],
    mail: 'hanako@pref.example',
    mailVerified: true,
  },
  { id: 'resident', name: '𠮷田 葛\u{E0100}', office: '住民', role: '手続を申請します' },
]

let server: Server
let mount = ''
let origin = ''
let callback = ''
const faults: Error[] = []
const door = signInDoor({ allowInsecure: true })
const printed = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'info'), vi.spyOn(console, 'error')]

beforeAll(async () => {
  let trial: ReturnType<typeof trialProvider>
  server = createServer((req, res) =>
    req.url?.startsWith('/trial-provider') ? trial.handle(req, res) : res.end('callback'),
  )
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
  mount = `${origin}/trial-provider`
  callback = `${origin}/sign-in/trial/callback`
  const client = { clientId: 'attaka', clientSecret: 'trial secret', redirectUris: [callback, `${callback}/2`] }
  trial = trialProvider({ issuer: mount, clients: [client], persons, secret: 's', onError: (e) => faults.push(e) })
})

afterAll(async () => {
  for (const spy of printed) spy.mockRestore()
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
})

afterEach(() => {
  expect(faults).toEqual([])
  for (const spy of printed) expect(spy).not.toHaveBeenCalled()
})

const provider = (more: Partial<Provider> = {}): Provider => ({
  name: 'trial',
  label: '体験',
  issuer: mount,
  clientId: 'attaka',
  clientSecret: 'trial secret',
  scope: 'openid profile email',
  ...more,
})

/** A browser: keeps cookies by path, follows redirects up to the client's address. */
function browser() {
  const jar = new Map<string, { value: string; path: string }>()
  return async function go(
    to: string,
    form?: Record<string, string>,
  ): Promise<{ url: string; status: number; html: string; headers: Headers }> {
    const url = new URL(to)
    if (url.href.startsWith(callback)) return { url: url.href, status: 0, html: '', headers: new Headers() }
    const cookies = [...jar]
      .filter(([, { path }]) => url.pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`)
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: cookies.join('; '), accept: 'text/html' },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = '', path = '/'] = /^([^=]+)=([^;]*).*?; path=([^;]+)/i.exec(cookie) ?? []
      if (value) jar.set(name, { value, path })
      else jar.delete(name)
    }
    const next = answer.headers.get('location')
    if (next) return go(new URL(next, url).href)
    return { url: url.href, status: answer.status, html: await answer.text(), headers: answer.headers }
  }
}

async function signIn(person: string, with_ = provider(), go = browser()): Promise<{ callback: URL; flow: Flow }> {
  const { url, flow } = await door.beginSignIn(with_, callback)
  const page = await go(url)
  const { url: back } = await go(page.url, { person })
  return { callback: new URL(back), flow }
}

const failed = (fault: string) => expect.objectContaining({ name: 'SignInFailed', fault })

test('a visitor picks a person and comes back as that person', async () => {
  const { callback, flow } = await signIn('tsu-hanako')
  expect(await door.finishSignIn(provider(), callback, flow)).toMatchObject({
    issuer: mount,
    subject: 'tsu-hanako',
    name: '津 花子',
    mail: 'hanako@pref.example',
    mailVerified: true,
    groups: ['reviewers'],
    profile: 'office',
  })
})

test('the same browser is asked again each time, and may come back as somebody else', async () => {
  const go = browser()
  const first = await signIn('tsu-hanako', provider(), go)
  expect((await door.finishSignIn(provider(), first.callback, first.flow)).subject).toBe('tsu-hanako')
  const second = await signIn('resident', provider(), go)
  const person = await door.finishSignIn(provider(), second.callback, second.flow)
  expect(person).toMatchObject({
    subject: 'resident',
    name: '𠮷田 葛\u{E0100}',
    mail: null,
    mailVerified: false,
    groups: [],
  })
})

test('the page says what it is, lists everybody and needs no script', async () => {
  const { url } = await door.beginSignIn(provider(), callback)
  const { html, headers, status } = await browser()(url)
  expect(status).toBe(200)
  expect(html).toContain('体験用です。本物の認証ではありません。')
  expect(html).toContain('<html lang="ja">')
  expect(html).toContain('<span class="place">総務部 デジタル改革推進課</span>')
  expect(html).toContain('申請を審査します &lt;担当&gt;')
  expect(html).not.toMatch(/<script|<style|style=|https?:/)
  const policy = headers.get('content-security-policy')
  expect(policy).toBe(
    `default-src 'none'; style-src 'self'; form-action 'self' ${origin}; base-uri 'none'; frame-ancestors 'none'`,
  )
  const style = await fetch(`${mount}/style.css`)
  expect(style.headers.get('content-type')).toBe('text/css; charset=utf-8')
})

test('whoever gives up comes back and is told so', async () => {
  const { url, flow } = await door.beginSignIn(provider(), callback)
  const go = browser()
  const page = await go(url)
  const back = await go(page.url, { cancel: 'yes' })
  await expect(door.finishSignIn(provider(), new URL(back.url), flow)).rejects.toEqual(failed('denied'))
})

test('an unknown person is not let in, another browser cannot answer, and a used page says so', async () => {
  const { url } = await door.beginSignIn(provider(), callback)
  const go = browser()
  const page = await go(url)
  expect((await go(page.url, { person: 'root' })).status).toBe(422)
  const stranger = await browser()(page.url, { person: 'resident' })
  expect(stranger.status).toBe(400)
  expect(stranger.html).toContain('時間がたったか、すでに使われた画面です')
  await go(page.url, { person: 'resident' })
  expect((await go(page.url, { person: 'resident' })).status).toBe(400)
})

test('an answer under the address of another sign-in is refused', async () => {
  const { url } = await door.beginSignIn(provider(), callback)
  const start = await fetch(url, { redirect: 'manual' })
  const cookie = start.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const body = () => new URLSearchParams({ person: 'resident' })
  const at = (address: string) =>
    fetch(address, { method: 'POST', body: body(), headers: { cookie }, redirect: 'manual' })
  expect((await at(`${mount}/interaction/other`)).status).toBe(400)
  expect((await at(new URL(start.headers.get('location')!, origin).href)).status).toBe(303)
})

test('another state, nonce, verifier or provider in the flow is refused', async () => {
  for (const [change, fault] of [
    [{ state: 'other' }, 'state'],
    [{ nonce: 'other' }, 'nonce'],
    [{ verifier: 'x'.repeat(43) }, 'code'],
    [{ provider: 'office' }, 'provider'],
    [{ redirectUri: `${callback}/2` }, 'redirect'],
  ] as const) {
    const { callback, flow } = await signIn('resident')
    await expect(door.finishSignIn(provider(), callback, { ...flow, ...change })).rejects.toEqual(failed(fault))
  }
})

test('a code works once', async () => {
  const { callback, flow } = await signIn('resident')
  await door.finishSignIn(provider(), callback, flow)
  await expect(door.finishSignIn(provider(), callback, flow)).rejects.toEqual(failed('code'))
})

test('a code does not work at another redirect address, nor with another secret', async () => {
  const { callback: back, flow } = await signIn('resident')
  const elsewhere = new URL(`${callback}/2${back.search}`)
  const moved = { ...flow, redirectUri: `${callback}/2` }
  await expect(door.finishSignIn(provider(), elsewhere, moved)).rejects.toEqual(failed('code'))

  const again = await signIn('resident')
  const wrong = provider({ clientSecret: 'wrong' })
  await expect(door.finishSignIn(wrong, again.callback, again.flow)).rejects.toEqual(failed('client'))
})

test("another issuer's answer is refused", async () => {
  const { callback, flow } = await signIn('resident')
  expect(callback.searchParams.get('iss')).toBe(mount)
  callback.searchParams.set('iss', 'https://evil.example')
  await expect(door.finishSignIn(provider(), callback, flow)).rejects.toEqual(failed('issuer'))
})

test('an unknown client and an unknown redirect address get a page that helps, and no redirect', async () => {
  const unknown = await door.beginSignIn(provider({ clientId: 'stranger' }), callback)
  const page = await browser()(unknown.url)
  expect(page.status).toBe(400)
  expect(page.html).toContain('サインインを続けられません')
  expect(page.html).toContain('invalid_client')

  const away = await door.beginSignIn(provider(), 'https://evil.example/')
  const other = await browser()(away.url)
  expect(other.status).toBe(400)
  expect(other.html).toContain('invalid_redirect_uri')
})

test('without PKCE nobody gets a code, and the implicit way is closed', async () => {
  const { url } = await door.beginSignIn(provider(), callback)
  for (const change of [{ code_challenge: '' }, { response_type: 'id_token' }]) {
    const changed = new URL(url)
    for (const [name, value] of Object.entries(change)) changed.searchParams.set(name, value)
    const back = new URL((await browser()(changed.href)).url)
    expect(back.search + back.hash).toMatch(/error=(?:invalid_request|unsupported_response_type)/)
  }
})

test('addresses come from the configuration, whatever host the request or a proxy names', async () => {
  const { port } = server.address() as AddressInfo
  const answer = await fetch(`http://127.0.0.1:${port}/trial-provider/.well-known/openid-configuration`, {
    headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
  })
  const metadata = (await answer.json()) as Record<string, string>
  expect(metadata.token_endpoint).toBe(`${mount}/token`)
  expect(metadata.authorization_endpoint).toBe(`${mount}/auth`)
  expect(metadata.end_session_endpoint).toBeUndefined()
  expect((await fetch(`http://127.0.0.1:${port}/trial-providers`)).status).toBe(404)
})

test('two processes with one secret sign with the same key', async () => {
  const more = { issuer: mount, clients: [], persons, secret: 's' }
  const second = createServer(trialProvider(more).handle)
  await new Promise<void>((done) => second.listen(0, '127.0.0.1', done))
  const keysOf = async (address: string) => (await fetch(`${address}/jwks`)).json()
  const { port } = second.address() as AddressInfo
  const keys = (await keysOf(`http://127.0.0.1:${port}/trial-provider`)) as { keys: Record<string, string>[] }
  expect(keys).toEqual(await keysOf(mount))
  expect(keys.keys).toHaveLength(1)
  expect(keys.keys[0]).not.toHaveProperty('d')
  await new Promise((done) => second.close(done))
})
