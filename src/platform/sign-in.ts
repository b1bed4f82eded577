import { hash, timingSafeEqual } from 'node:crypto'
import * as oidc from 'openid-client'
import type { SignedIn as Vouched } from '#core/outside.ts'
import { boundedFetch } from './sign-in/bounded-fetch.ts'
import { cardAttributes } from './sign-in/card.ts'
import { claimOf } from './sign-in/claims.ts'
import { orFail, SignInFailed, type SignInFault } from './sign-in/failure.ts'
import { businessOf } from './sign-in/gbizid.ts'
import { type Provider, providerDirectory } from './sign-in/provider.ts'

export { type Provider, SignInFailed, type SignInFault }

/** What is kept of a sign-in that was begun: on the server, bound to the browser, for ten minutes and one use. */
export type Flow = { provider: string; state: string; nonce: string; verifier: string; redirectUri: string }

/** Whom the provider vouches for. A person is known again by issuer and subject together, never by mail. */
export type SignedIn = Vouched & {
  /** How surely the provider knows (Authentication Context Class Reference), as it writes it. */
  acr: string | null
  /** Lets the provider know, at sign-out, which session ends. */
  idToken: string
}

export type SignInDoor = {
  /** Where to send the browser (by GET: the content security policy stops a form's redirect), and what to keep. */
  beginSignIn(provider: Provider, redirectUri: string): Promise<{ url: string; flow: Flow }>
  /** Who came back. Of `callback` only path and query count: the origin is that of the flow's redirect address. */
  finishSignIn(provider: Provider, callback: URL, flow: Flow): Promise<SignedIn>
  /** Where to send the browser to end the provider's session too; null if the provider has no such place. */
  endSession(provider: Provider, postLogoutRedirect: string, idTokenHint?: string): Promise<string | null>
}

export type SignInOptions = {
  /** http for the machine itself (loopback), or also for these host names: only for trial and tests. Default: never. */
  allowInsecure?: boolean | readonly string[]
  /** Per request to the provider; default 10 s. */
  timeoutMs?: number
  /** Per answer of the provider; default 1 MB. */
  maxBytes?: number
  /** How long a provider's metadata is used; default an hour. */
  cacheMs?: number
  /** In milliseconds; only for the age of metadata. */
  now?: () => number
  /** What asks the network, should a provider not be reachable under its public address from here. */
  fetch?: typeof fetch
}

/**
 * Sign-in by OpenID Connect: authorization code, PKCE S256, state and nonce; RFC 9207 against mix-up; ID tokens of
 * listed asymmetric algorithms with their signatures checked. Everything fails as SignInFailed.
 */
export function signInDoor(options: SignInOptions = {}): SignInDoor {
  const {
    allowInsecure = false,
    timeoutMs = 10_000,
    maxBytes = 1_000_000,
    cacheMs = 3_600_000,
    now = Date.now,
  } = options
  const permitted = (url: URL) => url.protocol === 'https:' || (url.protocol === 'http:' && near(url, allowInsecure))
  const fetch = boundedFetch({ timeoutMs, maxBytes, permitted, fetch: options.fetch ?? globalThis.fetch })
  const configurationOf = providerDirectory({ fetch, permitted, cacheMs, now })

  return {
    beginSignIn: (provider, redirectUri) =>
      orFail(async () => {
        const { configuration } = await configurationOf(provider)
        const state = oidc.randomState()
        const nonce = oidc.randomNonce()
        const verifier = oidc.randomPKCECodeVerifier()
        const url = oidc.buildAuthorizationUrl(configuration, {
          redirect_uri: redirectUri,
          scope: provider.scope,
          state,
          nonce,
          code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
          ...(provider.acrValues ? { acr_values: provider.acrValues } : {}),
        })
        if (!permitted(url)) throw new SignInFailed('insecure')
        return { url: url.href, flow: { provider: provider.name, state, nonce, verifier, redirectUri } }
      }),

    finishSignIn: (provider, callback, flow) =>
      orFail(async () => {
        const answer = belonging(provider, callback, flow)
        const { configuration, keep } = await configurationOf(provider)
        fromIssuer(configuration.serverMetadata(), answer.searchParams)
        const tokens = await oidc.authorizationCodeGrant(configuration, answer, {
          pkceCodeVerifier: flow.verifier,
          expectedState: flow.state,
          expectedNonce: flow.nonce,
          idTokenExpected: true,
        })
        keep()
        const token = tokens.claims()!
        // The library takes a token from the future, one for several audiences, and one made for another party.
        if (token.iat > Date.now() / 1000 + 60) throw new SignInFailed('expired')
        const single = [token.aud].flat().length === 1
        if (!single || (token.azp ?? provider.clientId) !== provider.clientId) throw new SignInFailed('audience')
        if (provider.acr && !provider.acr.includes(String(token.acr ?? ''))) throw new SignInFailed('acr')

        const told = configuration.serverMetadata().userinfo_endpoint
          ? await oidc.fetchUserInfo(configuration, tokens.access_token, token.sub)
          : {}
        return signedIn(provider, { ...told, ...token }, tokens.id_token!)
      }),

    async endSession(provider, postLogoutRedirect, idTokenHint) {
      // Signing out here must work while the provider is away.
      const configuration = (await configurationOf(provider).catch(() => null))?.configuration
      if (!configuration?.serverMetadata().end_session_endpoint) return null
      const hint = idTokenHint ? { id_token_hint: idTokenHint } : null
      const url = oidc.buildEndSessionUrl(configuration, { post_logout_redirect_uri: postLogoutRedirect, ...hint })
      return permitted(url) ? url.href : null
    },
  }
}

/** The callback under the address that the provider was told, if it belongs to this flow. */
function belonging(provider: Provider, callback: URL, flow: Flow): URL {
  if (flow.provider !== provider.name) throw new SignInFailed('provider')
  const answer = new URL(flow.redirectUri)
  if (callback.pathname !== answer.pathname) throw new SignInFailed('redirect')
  answer.search = callback.search
  const states = answer.searchParams.getAll('state')
  if (states.length !== 1 || !same(states[0]!, flow.state)) throw new SignInFailed('state')
  return answer
}

/** RFC 9207: the answer names its issuer, so that another provider's code is not taken to this one. */
function fromIssuer(metadata: oidc.ServerMetadata, answer: URLSearchParams): void {
  const issuers = answer.getAll('iss')
  const missing = issuers.length === 0 && metadata.authorization_response_iss_parameter_supported
  if (missing || issuers.some((issuer) => issuer !== metadata.issuer)) throw new SignInFailed('issuer')
}

function signedIn(provider: Provider, claims: oidc.IDToken, idToken: string): SignedIn {
  const text = (name: string) => (typeof claims[name] === 'string' && claims[name] !== '' ? claims[name] : null)
  const groups = claimOf(provider, claims, 'groups')
  const profile = provider.profile ?? 'office'
  const attributes = profile === 'card' ? cardAttributes(provider, claims) : null
  const business = profile === 'gbizid' ? businessOf(provider, claims) : null
  return {
    profile,
    attributes,
    business,
    issuer: claims.iss,
    subject: claims.sub,
    name: attributes?.name ?? business?.person ?? text('name') ?? text('preferred_username') ?? '',
    mail: text('email'),
    mailVerified: text('email') !== null && claims.email_verified === true,
    groups: Array.isArray(groups) ? groups.filter((group) => typeof group === 'string') : [],
    acr: text('acr'),
    idToken,
  }
}

function near({ hostname }: URL, allowed: boolean | readonly string[]): boolean {
  if (allowed === false) return false
  if (/^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)) return true
  return allowed !== true && allowed.includes(hostname)
}

const digest = (text: string) => hash('sha256', text, 'buffer')
const same = (a: string, b: string) => timingSafeEqual(digest(a), digest(b))
