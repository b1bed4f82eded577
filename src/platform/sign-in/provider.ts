import * as oidc from 'openid-client'
import { SignInFailed } from './failure.ts'

/** An identity provider that speaks OpenID Connect, and our client there. */
export type Provider = {
  /** Ours, in addresses and flows: `office`. */
  name: string
  /** What the button says. */
  label: string
  /** Exactly as the provider writes it, with or without the last slash. */
  issuer: string
  clientId: string
  /** null = a public client, which PKCE alone protects. */
  clientSecret: string | null
  /** With `openid`; always sent in full, since some providers widen an absent scope. */
  scope: string
  /** What is asked for as `acr_values`, if anything. */
  acrValues?: string | null
  /** The claim that lists groups; default `groups`. */
  groupsClaim?: string
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

type Known = { configuration: Promise<oidc.Configuration>; until: number }

/**
 * Finds out how a provider is spoken to, and remembers it for `cacheMs`. While the provider cannot be asked again, what
 * was known stays in use. Throws SignInFailed, or the library's errors.
 */
export function providerDirectory(discovery: Discovery) {
  const known = new Map<string, Known>()
  return async function configurationOf(provider: Provider): Promise<oidc.Configuration> {
    const key = JSON.stringify(provider)
    const before = known.get(key)
    if (before && discovery.now() < before.until) return before.configuration

    const configuration = learn(provider, discovery)
    if (known.size > 1000) known.clear()
    known.set(key, { configuration, until: discovery.now() + discovery.cacheMs })
    try {
      return await configuration
    } catch (error) {
      known.delete(key)
      if (!before) throw error
      known.set(key, { configuration: before.configuration, until: discovery.now() + 60_000 })
      return before.configuration
    }
  }
}

async function learn(provider: Provider, { fetch, permitted }: Discovery): Promise<oidc.Configuration> {
  const issuer = new URL(provider.issuer)
  if (!permitted(issuer)) throw new SignInFailed('insecure')
  const insecure = issuer.protocol === 'http:'

  const metadata = provider.metadata ?? (await discover(provider, fetch, insecure))
  if (metadata.issuer !== provider.issuer) throw new SignInFailed('issuer')
  const offered = metadata.id_token_signing_alg_values_supported ?? algorithms
  const accepted = algorithms.filter((algorithm) => offered.includes(algorithm))
  if (accepted.length === 0) throw new SignInFailed('algorithm')

  const configuration = new oidc.Configuration(
    { ...metadata, id_token_signing_alg_values_supported: accepted },
    provider.clientId,
    undefined,
    authentication(provider, metadata),
  )
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

function authentication({ clientSecret }: Provider, metadata: oidc.ServerMetadata): oidc.ClientAuth {
  if (clientSecret === null) return oidc.None()
  const ways = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
  const post = !ways.includes('client_secret_basic') && ways.includes('client_secret_post')
  return post ? oidc.ClientSecretPost(clientSecret) : oidc.ClientSecretBasic(clientSecret)
}
