import type { IncomingMessage, ServerResponse } from 'node:http'
import Provider, { type Configuration } from 'oidc-provider'
import type { Profile } from '#core/outside.ts'
import { cookieKeys, derivedKey, freshRsaKey, pairwise } from './trial-provider/keys.ts'
import { memoryAdapter } from './trial-provider/memory.ts'
import { errorPage, personsPage, styles } from './trial-provider/pages.ts'
import type { TrialPerson } from './trial-provider/person.ts'
import { profiles } from './trial-provider/profiles.ts'

export type { TrialPerson }

export type TrialClient = {
  clientId: string
  redirectUris: readonly string[]
  clientSecret?: string
  /** Public keys of a client that proves itself by its own signature (private_key_jwt). */
  keys?: readonly object[]
}

export type TrialProviderOptions = {
  /** Its public address with the path where it is mounted: `http://localhost:3000/trial-provider`. */
  issuer: string
  /** Whose ways it plays: the office's provider (default), デジタル認証アプリ or GビズID. */
  profile?: Profile
  clients: readonly TrialClient[]
  persons: readonly TrialPerson[]
  /** What its keys are derived from. */
  secret: string
  /** Hears of faults of the provider itself; not of refused requests. */
  onError?: (error: Error) => void
}

/**
 * The bundled identity provider of trial mode: whoever comes picks a demonstration person. Never to be mounted in
 * production mode. What it remembers lives in this process, so with two processes one of them has to serve its path.
 *
 * `handle` answers every request below the issuer's path, whatever Host it names.
 */
export function trialProvider(options: TrialProviderOptions): {
  handle(req: IncomingMessage, res: ServerResponse): void
} {
  const issuer = new URL(options.issuer)
  const mount = issuer.pathname.replace(/\/$/, '')
  const onError = options.onError ?? (() => {})
  // Made when somebody comes: its keys cost time, and most who start a trial sign in by one provider at most.
  let made: { provider: Provider; answer: ReturnType<Provider['callback']> } | null = null
  const make = () => {
    const provider = new Provider(options.issuer, configuration(options, mount))
    provider.proxy = true // trusts the two headers that handle sets itself
    provider.on('server_error', (_, error) => onError(error))
    return { provider, answer: provider.callback() }
  }

  // Chrome applies form-action to the redirects after the form, too: they end at the client.
  const origins = new Set(options.clients.flatMap((client) => client.redirectUris.map((uri) => new URL(uri).origin)))
  const policy = `default-src 'none'; style-src 'self'; form-action 'self' ${[...origins].join(' ')}; base-uri 'none'; frame-ancestors 'none'`

  return {
    handle(req, res) {
      const path = req.url?.startsWith(`${mount}/`) ? req.url.slice(mount.length) : null
      res.setHeader('content-security-policy', policy)
      res.setHeader('x-content-type-options', 'nosniff')
      res.setHeader('referrer-policy', 'no-referrer')
      if (path === null) return void send(res, 404, 'text/html', errorPage(mount, 'not_found'))
      if (path === '/style.css') return void send(res, 200, 'text/css', styles)

      // Addresses are built from the issuer, not from what the request or a proxy in front says.
      Object.assign(req.headers, { host: issuer.host, 'x-forwarded-proto': issuer.protocol.slice(0, -1) })
      delete req.headers['x-forwarded-host']
      made ??= make()
      const { provider, answer } = made
      const uid = /^\/interaction\/([\w-]+)$/.exec(path)?.[1]
      if (!uid) {
        Object.assign(req, { originalUrl: req.url, url: path })
        return void answer(req, res)
      }
      interaction(provider, options, mount, uid, req, res).catch((error) => {
        const known = error instanceof Error && error.name === 'SessionNotFound'
        if (!known) onError(error)
        if (!res.headersSent)
          send(res, known ? 400 : 500, 'text/html', errorPage(mount, known ? error.name : 'server_error'))
      })
    },
  }
}

/** Shows the persons; takes the one picked. The cookie and the address must be of the same sign-in. */
async function interaction(
  provider: Provider,
  { persons, profile = 'office' }: TrialProviderOptions,
  mount: string,
  uid: string,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const details = await provider.interactionDetails(req, res)
  if (details.uid !== uid) return send(res, 400, 'text/html', errorPage(mount, 'session_not_found'))

  const form = req.method === 'POST' ? await readForm(req) : null
  if (form?.has('cancel')) {
    return provider.interactionFinished(req, res, { error: 'access_denied', error_description: 'cancelled' })
  }
  const person = persons.find(({ id }) => id === form?.get('person'))
  if (person) {
    const acr = profiles[profile].acr
    const login = { accountId: person.id, remember: false, ...(acr && { acr }) }
    return provider.interactionFinished(req, res, { login })
  }
  send(res, form ? 422 : 200, 'text/html', personsPage(mount, `${mount}/interaction/${uid}`, persons))
}

function configuration(
  { clients, persons, secret, profile = 'office' }: TrialProviderOptions,
  mount: string,
): Configuration {
  const { scopes, algorithm, acr } = profiles[profile]
  return {
    adapter: memoryAdapter(),
    jwks: { keys: [algorithm === 'RS256' ? freshRsaKey() : derivedKey(secret, profile === 'office' ? '' : profile)] },
    cookies: { keys: cookieKeys(secret), long: { path: mount || '/', httpOnly: true, sameSite: 'lax', signed: true } },
    clients: clients.map(({ clientId, clientSecret, redirectUris, keys }) => ({
      client_id: clientId,
      ...(clientSecret && { client_secret: clientSecret }),
      ...(keys && { token_endpoint_auth_method: 'private_key_jwt' as const, jwks: { keys: [...keys] } }),
      redirect_uris: [...redirectUris],
      response_types: ['code'],
      grant_types: ['authorization_code'],
      id_token_signed_response_alg: algorithm,
      ...(profile === 'card' && { subject_type: 'pairwise' as const }),
    })),
    responseTypes: ['code'],
    scopes: ['openid'],
    ...(acr && { acrValues: acr.split(' ') }),
    subjectTypes: ['public', 'pairwise'],
    pairwiseIdentifier: (_, account, client) => pairwise(secret, client.clientId, account),
    claims: { openid: ['sub'], ...scopes },
    enabledJWA: { idTokenSigningAlgValues: [algorithm], clientAuthSigningAlgValues: ['RS256', 'ES256'] },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 3600, IdToken: 600, Interaction: 3600, Session: 3600 },
    // No session is kept, so nothing may hang on one.
    expiresWithSession: () => false,
    clientBasedCORS: () => false,
    interactions: { url: (_, { uid }) => `${mount}/interaction/${uid}` },

    findAccount(_, id) {
      const person = persons.find((one) => one.id === id)
      return person && { accountId: id, claims: () => claimsOf(person) }
    },

    // Nobody is asked for consent: both ends are the same house.
    async loadExistingGrant(ctx) {
      const { client, session, params, provider } = ctx.oidc
      const grant = new provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! })
      grant.addOIDCScope(String(params!.scope))
      await grant.save()
      return grant
    },

    renderError(ctx, out) {
      ctx.type = 'html'
      ctx.body = errorPage(mount, out.error)
    },
  }
}

const claimsOf = (person: TrialPerson) => ({
  sub: person.id,
  name: person.name,
  department: person.department ?? null,
  section: person.section ?? null,
  groups: [...(person.groups ?? [])],
  ...person.claims,
  ...(person.mail ? { email: person.mail, email_verified: person.mailVerified ?? false } : {}),
})

async function readForm(req: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of req) if (text.length < 4096) text += chunk
  return new URLSearchParams(text)
}

function send(res: ServerResponse, status: number, type: string, body: string): void {
  res.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' }).end(body)
}
