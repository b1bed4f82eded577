import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Flow, type Provider, SignInFailed, signInDoor } from './sign-in.ts'

// A provider written for these tests alone, which can be told to lie about anything.

type Answer = { status?: number; type?: string; body: string | AsyncIterable<string> | 'never' }
const json = (value: unknown, status = 200): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
})

let server: Server
let issuer = ''
let keys: CryptoKeyPair
let other: CryptoKeyPair
let asked: string[] = []
let answers: Record<string, () => Answer | Promise<Answer>> = {}
const callback = 'https://town.example/sign-in/office'

const provider = (more: Partial<Provider> = {}): Provider => ({
  name: 'office',
  label: '職員',
  issuer,
  clientId: 'attaka',
  clientSecret: 'a secret: with %&+ characters',
  scope: 'openid profile email',
  ...more,
})

const metadata = (more: Record<string, unknown> = {}) => ({
  issuer,
  authorization_endpoint: `${issuer}/auth`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  userinfo_endpoint: `${issuer}/userinfo`,
  end_session_endpoint: `${issuer}/end`,
  id_token_signing_alg_values_supported: ['HS256', 'none', 'ES256'],
  authorization_response_iss_parameter_supported: true,
  ...more,
})

const now = () => Math.floor(Date.now() / 1000)
const claims = (flow: Flow, more: Record<string, unknown> = {}) => ({
  iss: issuer,
  sub: 'p1',
  aud: 'attaka',
  iat: now(),
  exp: now() + 60,
  nonce: flow.nonce,
  ...more,
})
const signed = (content: Record<string, unknown>, key = keys.privateKey, kid = 'k1') =>
  new SignJWT(content).setProtectedHeader({ alg: 'ES256', kid }).sign(key)
const tokens = (idToken: string) => json({ access_token: 'at', token_type: 'Bearer', id_token: idToken })

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const path = request.url?.split('?')[0] ?? ''
    asked.push(path)
    const { status = 200, type = 'text/plain', body } = (await answers[path]?.()) ?? { status: 404, body: 'x' }
    if (body === 'never') return
    response.writeHead(status, { 'content-type': type })
    if (typeof body === 'string') return response.end(body)
    for await (const part of body) if (!response.write(part)) await new Promise((go) => response.once('drain', go))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/op`
  keys = await generateKeyPair('ES256', { extractable: true })
  other = await generateKeyPair('ES256', { extractable: true })
})

afterAll(async () => {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
})

beforeEach(async () => {
  asked = []
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }
  answers = {
    '/op/.well-known/openid-configuration': () => json(metadata()),
    '/op/jwks': () => json({ keys: [jwk] }),
    '/op/userinfo': () =>
      json({ sub: 'p1', name: '津 花子', email: 'h@tsu.example', email_verified: true, groups: ['a', 1] }),
  }
})

const door = (options = {}) => signInDoor({ allowInsecure: true, ...options })
const back = (flow: Flow, more: Record<string, string> = {}) =>
  new URL(`${callback}?${new URLSearchParams({ code: 'c', state: flow.state, iss: issuer, ...more })}`)

/** Signs in, the token endpoint answering with what `lie` makes of the flow. */
async function signIn(lie: (flow: Flow) => Promise<string>, with_ = provider(), options = {}) {
  const { beginSignIn, finishSignIn } = door(options)
  const { flow } = await beginSignIn(with_, callback)
  answers['/op/token'] = async () => tokens(await lie(flow))
  return finishSignIn(with_, back(flow), flow)
}

const failed = (fault: string) =>
  expect.objectContaining({ name: 'SignInFailed', fault, message: `sign-in failed: ${fault}` })

describe('a sign-in', () => {
  test('asks with code, PKCE, state and nonce, and tells whom the provider vouches for', async () => {
    const { beginSignIn, finishSignIn } = door()
    const { url, flow } = await beginSignIn(provider({ acrValues: 'aal3 crl' }), callback)
    expect(url.startsWith(`${issuer}/auth?`)).toBe(true)
    expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
      client_id: 'attaka',
      response_type: 'code',
      redirect_uri: callback,
      scope: 'openid profile email',
      state: flow.state,
      nonce: flow.nonce,
      code_challenge_method: 'S256',
      acr_values: 'aal3 crl',
    })
    expect(url).not.toContain(flow.verifier)

    answers['/op/token'] = async () => tokens(await signed(claims(flow, { acr: 'aal3', name: '津 花子（証明）' })))
    expect(await finishSignIn(provider(), back(flow), flow)).toMatchObject({
      issuer,
      subject: 'p1',
      name: '津 花子（証明）',
      mail: 'h@tsu.example',
      mailVerified: true,
      groups: ['a'],
      acr: 'aal3',
    })
  })

  test('does without userinfo, and takes groups from the claim that is configured', async () => {
    const pinned = metadata({ userinfo_endpoint: undefined })
    const person = await signIn((flow) => signed(claims(flow, { roles: ['x'], email_verified: true })), {
      ...provider({ claims: { groups: 'roles' } }),
      metadata: pinned,
    })
    expect(person).toMatchObject({ name: '', mail: null, mailVerified: false, groups: ['x'], acr: null })
    expect(asked).toEqual(['/op/token', '/op/jwks'])
  })
})

describe('a sign-in fails, with its reason and nothing else,', () => {
  test.each<[string, string, (flow: Flow) => Promise<string>]>([
    ['for another nonce', 'nonce', (flow) => signed(claims(flow, { nonce: 'n' }))],
    ['without a nonce', 'response', (flow) => signed(claims(flow, { nonce: undefined }))],
    ['from another issuer', 'issuer', (flow) => signed(claims(flow, { iss: 'https://evil.example' }))],
    ['for another audience', 'audience', (flow) => signed(claims(flow, { aud: 'other' }))],
    ['for several audiences', 'audience', (flow) => signed(claims(flow, { aud: ['attaka', 'other'], azp: 'attaka' }))],
    ['for another party', 'audience', (flow) => signed(claims(flow, { azp: 'other' }))],
    ['when it is over', 'expired', (flow) => signed(claims(flow, { iat: now() - 900, exp: now() - 600 }))],
    [
      'when it comes from the future',
      'expired',
      (flow) => signed(claims(flow, { iat: now() + 900, exp: now() + 999 })),
    ],
    ['when another key signed', 'signature', (flow) => signed(claims(flow), other.privateKey)],
    ['when an unknown key signed', 'signature', (flow) => signed(claims(flow), other.privateKey, 'k2')],
    ['when nobody signed', 'algorithm', async (flow) => new UnsecuredJWT(claims(flow)).encode()],
    [
      'when the public key was taken for a secret',
      'algorithm',
      async (flow) =>
        new SignJWT(claims(flow))
          .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
          .sign(Buffer.from(JSON.stringify(await exportJWK(keys.publicKey)))),
    ],
    [
      'when claims were changed after signing',
      'signature',
      async (flow) => {
        const [head, , signature] = (await signed(claims(flow))).split('.')
        return `${head}.${Buffer.from(JSON.stringify(claims(flow, { sub: 'p2' }))).toString('base64url')}.${signature}`
      },
    ],
    ['when userinfo is about somebody else', 'subject', (flow) => signed(claims(flow, { sub: 'p2' }))],
    ['when the token is no token', 'response', async () => 'x.y.z'],
  ])('%s', async (_, fault, lie) => {
    const failure = await signIn(lie).catch((error) => error)
    expect(failure).toEqual(failed(fault))
    expect(failure).toBeInstanceOf(SignInFailed)
    expect(failure.cause).toBeUndefined()
  })

  test.each<[string, string, (flow: Flow) => URL]>([
    ['for another state', 'state', (flow) => back(flow, { state: 's' })],
    ['without a state', 'state', () => new URL(`${callback}?code=c&iss=${issuer}`)],
    ['for two states', 'state', (flow) => new URL(`${back(flow)}&state=${flow.state}`)],
    ['when another issuer answers (mix-up)', 'issuer', (flow) => back(flow, { iss: 'https://evil.example' })],
    [
      'when the issuer is not told although promised',
      'issuer',
      (flow) => new URL(`${callback}?code=c&state=${flow.state}`),
    ],
    ['at another address', 'redirect', (flow) => new URL(`https://town.example/sign-in/other${back(flow).search}`)],
    ['when the person says no', 'denied', (flow) => back(flow, { error: 'access_denied' })],
    ['when the provider reports a fault', 'response', (flow) => back(flow, { error: 'server_error' })],
    ['without a code', 'response', (flow) => new URL(`${callback}?state=${flow.state}&iss=${issuer}`)],
  ])('%s, before a token is asked for', async (_, fault, answer) => {
    const { beginSignIn, finishSignIn } = door()
    const { flow } = await beginSignIn(provider(), callback)
    await expect(finishSignIn(provider(), answer(flow), flow)).rejects.toEqual(failed(fault))
    expect(asked).not.toContain('/op/token')
  })

  test('when the flow was begun at another provider', async () => {
    const { beginSignIn, finishSignIn } = door()
    const { flow } = await beginSignIn(provider(), callback)
    await expect(finishSignIn(provider({ name: 'gbizid' }), back(flow), flow)).rejects.toEqual(failed('provider'))
  })

  test.each<[string, string, () => Answer]>([
    ['when the code is used up', 'code', () => json({ error: 'invalid_grant' }, 400)],
    ['when our secret is wrong', 'client', () => json({ error: 'invalid_client' }, 401)],
    ['when the answer is no JSON', 'response', () => ({ body: '<html>' })],
    ['when the answer is broken', 'response', () => ({ type: 'application/json', body: '{"access_token":' })],
    ['when the provider fails', 'response', () => ({ status: 500, body: 'x' })],
    ['when the answer never comes', 'timeout', () => ({ body: 'never' })],
    ['when the answer stops half-way', 'timeout', () => ({ type: 'application/json', body: stalled() })],
    ['when the answer never ends', 'too-large', () => ({ type: 'application/json', body: endless() })],
  ])('%s', async (_, fault, answer) => {
    const { beginSignIn, finishSignIn } = door({ timeoutMs: 200, maxBytes: 100_000 })
    const { flow } = await beginSignIn(provider(), callback)
    answers['/op/token'] = answer
    await expect(finishSignIn(provider(), back(flow), flow)).rejects.toEqual(failed(fault))
  })

  test('when userinfo is ten megabytes', async () => {
    answers['/op/userinfo'] = () => ({ type: 'application/json', body: `{"sub":"p1","x":"${'x'.repeat(10_000_000)}"}` })
    await expect(signIn((flow) => signed(claims(flow)))).rejects.toEqual(failed('too-large'))
  })
})

async function* stalled() {
  yield '{'
  await new Promise(() => {})
}
async function* endless() {
  for (;;) yield ' '.repeat(10_000)
}

describe('the provider itself', () => {
  const begin = (with_: Provider, options = {}) => signInDoor(options).beginSignIn(with_, callback)

  test('is asked over https only, unless it is near and that is allowed', async () => {
    await expect(begin(provider())).rejects.toEqual(failed('insecure'))
    await expect(begin(provider({ issuer: 'http://idp.example' }), { allowInsecure: true })).rejects.toEqual(
      failed('insecure'),
    )
    await expect(begin(provider({ issuer: 'file:///etc/passwd' }), { allowInsecure: true })).rejects.toEqual(
      failed('insecure'),
    )
    expect(asked).toEqual([])
  })

  test('may not send the browser or us to plain http elsewhere', async () => {
    const pinned = (more: Record<string, unknown>) => provider({ metadata: metadata(more) })
    const away = pinned({ authorization_endpoint: 'http://evil.example/auth' })
    await expect(begin(away, { allowInsecure: true })).rejects.toEqual(failed('insecure'))
    const { flow } = await door().beginSignIn(pinned({ token_endpoint: 'http://169.254.169.254/' }), callback)
    const inside = pinned({ token_endpoint: 'http://169.254.169.254/' })
    await expect(door().finishSignIn(inside, back(flow), flow)).rejects.toEqual(failed('insecure'))
  })

  test('must name itself exactly as configured, and sign in a way we accept', async () => {
    await expect(door().beginSignIn(provider({ issuer: `${issuer}/` }), callback)).rejects.toEqual(failed('issuer'))
    answers['/op/.well-known/openid-configuration'] = () => json(metadata({ issuer: 'https://evil.example' }))
    await expect(door().beginSignIn(provider(), callback)).rejects.toEqual(failed('issuer'))
    const weak = metadata({ id_token_signing_alg_values_supported: ['HS256', 'none'] })
    await expect(door().beginSignIn(provider({ metadata: weak }), callback)).rejects.toEqual(failed('algorithm'))
  })

  test('is asked once, again when its metadata is old, and used as known while it is away', async () => {
    let time = 0
    const { beginSignIn } = door({ cacheMs: 1000, now: () => time })
    await Promise.all([beginSignIn(provider(), callback), beginSignIn(provider(), callback)])
    await beginSignIn(provider(), callback)
    expect(asked).toHaveLength(1)
    time = 1000
    await beginSignIn(provider(), callback)
    expect(asked).toHaveLength(2)
    time = 2000
    answers = {}
    await beginSignIn(provider(), callback)
    expect(asked).toHaveLength(3)
  })

  test('that cannot be reached is unreachable, and asked again next time', async () => {
    const { beginSignIn } = door()
    const closed = provider({ issuer: 'http://127.0.0.1:1/op' })
    await expect(beginSignIn(closed, callback)).rejects.toEqual(failed('unreachable'))
    const discovery = answers['/op/.well-known/openid-configuration']!
    answers['/op/.well-known/openid-configuration'] = () => ({ status: 503, body: 'x' })
    await expect(beginSignIn(provider(), callback)).rejects.toEqual(failed('response'))
    answers['/op/.well-known/openid-configuration'] = discovery
    await beginSignIn(provider(), callback)
  })

  test('ends its session too, if it has a place for that', async () => {
    const url = new URL((await door().endSession(provider(), 'https://town.example/', 'token'))!)
    expect(url.href.startsWith(`${issuer}/end?`)).toBe(true)
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'attaka',
      post_logout_redirect_uri: 'https://town.example/',
      id_token_hint: 'token',
    })
    const without = provider({ metadata: metadata({ end_session_endpoint: undefined }) })
    expect(await door().endSession(without, 'https://town.example/')).toBeNull()
    expect(await door().endSession(provider({ issuer: 'http://127.0.0.1:1' }), 'https://town.example/')).toBeNull()
  })
})
