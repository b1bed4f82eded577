import * as oidc from 'openid-client'
import type { Profile } from '#core/outside.ts'
import type { AccountType } from '#core/policy.ts'
import { SignInFailed } from './failure.ts'
import { type SigningKey, signingKey } from './keys.ts'

/** An identity provider that speaks OpenID Connect, and our client there. */
export type Provider = {
  /** Ours, in addresses and flows: `office`. */
  name: string
  /** What the button says. */
  label: string
  /** What it vouches for; default `office`. */
  profile?: Profile
  /** Exactly as the provider writes it, with or without the last slash. */
  issuer: string
  clientId: string
  /** null = a public client, which PKCE alone protects; not used where there are `keys`. */
  clientSecret: string | null
  /** Our private keys there (private_key_jwt): the first signs, all are published, so that one can follow another. */
  keys?: readonly SigningKey[]
  /** With `openid`; always sent in full, since some providers widen an absent scope. */
  scope: string
  /** What is asked for as `acr_values`, if anything. */
  acrValues?: string | null
  /** What is taken for an answer to that: the `acr` of the ID token must be one of these. Absent = it is not looked at. */
  acr?: readonly string[] | null
  /** The provider's names for the claims we read, where they differ from its guide (`profiles.ts`). */
  claims?: Readonly<Record<string, string>>
  /** How GビズID writes the types of account, where that differs. */
  accounts?: Readonly<Record<string, AccountType>>
  /** The provider's metadata, to sign in also while its discovery is away; its issuer must be the same. */
  metadata?: oidc.ServerMetadata | null
}

/** What a provider may sign ID tokens with; never `none`, never a shared secret. */
const algorithms = ['ES256', 'PS256', 'RS256']

export type Discovery = {
  fetch: oidc.CustomFetch
  permitted(url: URL): boolean
  cacheMs: number
  now(): number
}

type Learned = { metadata: oidc.ServerMetadata; authentication: oidc.ClientAuth; insecure: boolean }

/** The provider's public keys, and when they were fetched. */
type Keys = { jwks: oidc.ExportedJWKSCache['jwks']; at: number }

type Known = { learned: Promise<Learned>; until: number; keys: Keys | null }

/** Everything that is needed to speak to a provider. `keep` keeps the keys that were fetched meanwhile. */
export type Spoken = { configuration: oidc.Configuration; keep(): void }

/**
 * Finds out how a provider is spoken to, and remembers it for `cacheMs`. While the provider cannot be asked again, what
 * was known stays in use. Throws SignInFailed, or the library's errors.
 */
export function providerDirectory(discovery: Discovery) {
  const known = new Map<string, Known>()

  const find = async (provider: Provider): Promise<{ entry: Known; learned: Learned }> => {
    const key = JSON.stringify(provider)
    const before = known.get(key)
    if (before && discovery.now() < before.until) return { entry: before, learned: await before.learned }

    const entry = {
      learned: learn(provider, discovery),
      until: discovery.now() + discovery.cacheMs,
      keys: before?.keys ?? null,
    }
    if (known.size > 1000) known.clear()
    known.set(key, entry)
    try {
      return { entry, learned: await entry.learned }
    } catch (error) {
      known.delete(key)
      if (!before) throw error
      known.set(key, { ...before, until: discovery.now() + 60_000 })
      return { entry: before, learned: await before.learned }
    }
  }

  return async function configurationOf(provider: Provider): Promise<Spoken> {
    const { entry, learned } = await find(provider)
    const configuration = configured(provider, learned, discovery.fetch)
    if (entry.keys && discovery.now() - entry.keys.at < discovery.cacheMs) {
      // Said to be a minute old, whatever they are: so the library asks again, once, when a token names a key that it
      // doesn't find. Each sign-in has a configuration of its own, since the library remembers keys with it.
      oidc.setJwksCache(configuration, { jwks: entry.keys.jwks, uat: Math.floor(Date.now() / 1000) - 61 })
    }
    const given = entry.keys?.jwks
    return {
      configuration,
      keep() {
        const jwks = oidc.getJwksCache(configuration)?.jwks
        if (jwks && JSON.stringify(jwks) !== JSON.stringify(given)) entry.keys = { jwks, at: discovery.now() }
      },
    }
  }
}

async function learn(provider: Provider, { fetch, permitted }: Discovery): Promise<Learned> {
  const issuer = new URL(provider.issuer)
  if (!permitted(issuer)) throw new SignInFailed('insecure')
  const insecure = issuer.protocol === 'http:'

  const metadata = provider.metadata ?? (await discover(provider, fetch, insecure))
  if (metadata.issuer !== provider.issuer) throw new SignInFailed('issuer')
  const offered = metadata.id_token_signing_alg_values_supported ?? algorithms
  const accepted = algorithms.filter((algorithm) => offered.includes(algorithm))
  if (accepted.length === 0) throw new SignInFailed('algorithm')
  return {
    metadata: { ...metadata, id_token_signing_alg_values_supported: accepted },
    authentication: await authentication(provider, metadata),
    insecure,
  }
}

function configured(provider: Provider, { metadata, authentication, insecure }: Learned, fetch: oidc.CustomFetch) {
  const configuration = new oidc.Configuration({ ...metadata }, provider.clientId, undefined, authentication)
  configuration[oidc.customFetch] = fetch
  // Signatures are checked even where TLS alone would do: what is kept of a sign-in rests on them.
  oidc.enableNonRepudiationChecks(configuration)
  if (insecure) oidc.allowInsecureRequests(configuration)
  return configuration
}

async function discover(provider: Provider, fetch: oidc.CustomFetch, insecure: boolean): Promise<oidc.ServerMetadata> {
  const execute = insecure ? [oidc.allowInsecureRequests] : []
  const options = { [oidc.customFetch]: fetch, execute }
  return (
    await oidc.discovery(new URL(provider.issuer), provider.clientId, undefined, oidc.None(), options)
  ).serverMetadata()
}

async function authentication(provider: Provider, metadata: oidc.ServerMetadata): Promise<oidc.ClientAuth> {
  const [first] = provider.keys ?? []
  if (first) return oidc.PrivateKeyJwt(await signingKey(first), { [oidc.modifyAssertion]: forTokenEndpoint(metadata) })
  if (provider.clientSecret === null) return oidc.None()
  const ways = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
  const post = !ways.includes('client_secret_basic') && ways.includes('client_secret_post')
  return post ? oidc.ClientSecretPost(provider.clientSecret) : oidc.ClientSecretBasic(provider.clientSecret)
}

/** The library addresses its assertion to the issuer; デジタル認証アプリ expects the token endpoint, for five minutes. */
const forTokenEndpoint = (metadata: oidc.ServerMetadata) => (_: unknown, payload: Record<string, unknown>) => {
  payload.aud = metadata.token_endpoint
  payload.exp = Number(payload.iat) + 300
}
