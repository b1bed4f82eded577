import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK, jwtVerify, SignJWT } from 'jose'

export type Claims = Record<string, unknown>

/** What was posted to the token endpoint, and by which way the client proved itself. */
export type TokenRequest = { form: URLSearchParams; authorization: string | undefined }

export type Answer = { status?: number; headers?: Record<string, string>; body: string | 'never' }

/** What the provider says and does, one by one, for the next sign-in. Everything that isn't given is as it should be. */
export type Lie = {
  /** Changes what the ID token says. */
  claims?(honest: Claims): Claims
  /** Makes the ID token in another way than by the provider's key. */
  token?(claims: Claims, keys: { jwk: JWK; privateKey: CryptoKey }): Promise<string>
  userinfo?(honest: Claims): Answer
  tokenAnswer?(honest: Answer): Answer
  metadata?(honest: Claims): Claims
}

export const json = (value: unknown, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
})

const now = () => Math.floor(Date.now() / 1000)

/**
 * An identity provider written for tests alone, that speaks OpenID Connect on this machine and can be told to lie about
 * anything. One server plays several issuers, each below a path of its own.
 */
export async function openHostileProvider() {
  let count = 0
  let keys = await freshKeys(++count)
  let lie: Lie = {}
  let person: Claims = {}
  const asked: { path: string; token?: TokenRequest }[] = []
  /** Codes that were given out, with what they are for. */
  const codes = new Map<string, { nonce: string; client: string }>()

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const [, at = '', path = ''] = /^\/([^/]+)(\/.*)$/.exec(url.pathname) ?? []
    const answer = await answerTo(at, path, request)
    if (answer.body === 'never') return
    response.writeHead(answer.status ?? 200, answer.headers).end(answer.body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const issuerOf = (at: string) => `http://127.0.0.1:${port}/${at}`

  async function answerTo(at: string, path: string, request: IncomingMessage): Promise<Answer> {
    const issuer = issuerOf(at)
    if (path === '/.well-known/openid-configuration') {
      const honest = {
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        userinfo_endpoint: `${issuer}/userinfo`,
        id_token_signing_alg_values_supported: ['none', 'HS256', 'ES256'],
        authorization_response_iss_parameter_supported: true,
      }
      return json(lie.metadata?.(honest) ?? honest)
    }
    if (path === '/jwks') {
      asked.push({ path })
      return json({ keys: [keys.jwk] })
    }
    if (path === '/token') return token(issuer, request)
    if (path === '/userinfo') {
      asked.push({ path })
      return lie.userinfo?.(person) ?? json(person)
    }
    return { status: 404, body: 'x' }
  }

  async function token(issuer: string, request: IncomingMessage): Promise<Answer> {
    let text = ''
    for await (const chunk of request) text += chunk
    const form = new URLSearchParams(text)
    asked.push({ path: '/token', token: { form, authorization: request.headers.authorization } })
    const code = form.get('code') ?? ''
    const given = codes.get(code)
    codes.delete(code)
    if (!given) return json({ error: 'invalid_grant' }, 400)
    const honest = {
      iss: issuer,
      sub: String(person.sub),
      aud: given.client,
      iat: now(),
      exp: now() + 60,
      nonce: given.nonce,
      ...('acr' in person && { acr: person.acr }),
    }
    const claims = lie.claims?.(honest) ?? honest
    const idToken =
      (await lie.token?.(claims, keys)) ??
      (await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: keys.jwk.kid! }).sign(keys.privateKey))
    const answer = json({ access_token: 'at', token_type: 'Bearer', id_token: idToken })
    return lie.tokenAnswer?.(answer) ?? answer
  }

  return {
    issuerOf,
    asked,
    /** Who comes next, as userinfo tells, and what is lied about meanwhile. */
    play(claims: Claims, lies: Lie = {}) {
      person = claims
      lie = lies
      asked.length = 0
    },
    /** Follows the address that the browser was sent to; gives the query with which it comes back. */
    authorise(address: string): URLSearchParams {
      const { pathname, searchParams } = new URL(address)
      const code = `code-${++count}`
      codes.set(code, { nonce: searchParams.get('nonce') ?? '', client: searchParams.get('client_id') ?? '' })
      const issuer = issuerOf(pathname.split('/')[1] ?? '')
      return new URLSearchParams({ code, state: searchParams.get('state') ?? '', iss: issuer })
    },
    /** Signs with a new key from now on, and publishes only that one. */
    async rotate() {
      keys = await freshKeys(++count)
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((done) => server.close(done))
    },
  }
}

async function freshKeys(n: number) {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid: `k${n}`, alg: 'ES256', use: 'sig' } }
}

/** Verifies the assertion of a client as デジタル認証アプリ does: for the token endpoint, five minutes, signed with a published key. */
export async function verifyAssertion({ form }: TokenRequest, published: { keys: JWK[] }, tokenEndpoint: string) {
  const assertion = form.get('client_assertion') ?? ''
  const header = JSON.parse(Buffer.from(assertion.split('.')[0] ?? '', 'base64url').toString())
  const key = published.keys.find(({ kid }) => kid === header.kid)
  if (!key) throw new Error(`no published key ${header.kid}`)
  const { payload } = await jwtVerify(assertion, key, { audience: tokenEndpoint, algorithms: ['RS256', 'ES256'] })
  return { header, payload }
}
