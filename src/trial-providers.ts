import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Profile } from '#core/outside.ts'
import { demonstrationPersons, trialIssuer } from '#modules/people/index.ts'
import { trialAccounts, trialCards } from '#modules/sign-in/index.ts'
import { sealer } from '#platform/sealing.ts'
import { publicKey } from '#platform/sign-in/keys.ts'
import { profileDefaults } from '#platform/sign-in/profiles.ts'
import type { Provider } from '#platform/sign-in.ts'
import { derivedKey } from '#platform/trial-provider/keys.ts'
import { type TrialPerson, trialProvider } from '#platform/trial-provider.ts'

/** The path below which the bundled identity providers answer, in trial mode only. */
export const trialPath = '/trial-provider'

type Played = { profile: Profile; path: string; label: string; issuer: string; persons(): readonly TrialPerson[] }

const office: Played = {
  profile: 'office',
  path: trialPath,
  label: '体験用の職員アカウント',
  issuer: trialIssuer,
  persons: () =>
    demonstrationPersons.map(({ subject, name, mail, what }) => ({
      id: subject,
      name,
      office: '体験用の職員',
      role: what,
      mail,
      mailVerified: true,
    })),
}

const others = (persons: typeof trialCards) => (): TrialPerson[] =>
  persons.map(({ subject, name, group, what, claims }) => ({ id: subject, name, office: group, role: what, claims }))

/** The providers that are played, and the unchanging names that their persons are remembered under. */
const played: readonly Played[] = [
  office,
  {
    profile: 'card',
    path: `${trialPath}/card`,
    label: 'マイナンバーカード（体験用）',
    issuer: `${trialIssuer}:card`,
    persons: others(trialCards),
  },
  {
    profile: 'gbizid',
    path: `${trialPath}/gbizid`,
    label: 'GビズID（体験用）',
    issuer: `${trialIssuer}:gbizid`,
    persons: others(trialAccounts),
  },
]

/** A tenant's own client at each bundled provider. */
export const trialClients = (secret: string, base: string, tenant: string): Provider[] =>
  played.map(({ profile, path, label }) => {
    const { scope, acrValues } = profileDefaults[profile]
    const key = profile === 'card' ? [derivedKey(secret, `client ${tenant}`)] : []
    return {
      name: profile === 'office' ? 'trial' : profile,
      label,
      profile,
      issuer: `${base}${path}`,
      clientId: `attaka-${tenant}`,
      clientSecret: profile === 'card' ? null : sealer(secret).sign('trial-provider', `${profile} ${tenant}`),
      keys: key,
      scope,
      acrValues,
      acr: acrValues ? [acrValues] : null,
    }
  })

/** The address of a bundled provider changes with the port; its persons are to stay the same. */
export const lastingIssuer = (base: string, issuer: string): string =>
  played.find(({ path }) => issuer === `${base}${path}`)?.issuer ?? issuer

/** Answers for the bundled providers: the one with the longest path that fits. */
export function trialProviders(secret: string, base: string, tenants: readonly string[]) {
  const open = played
    .map(({ profile, path, persons }) => ({
      path,
      provider: trialProvider({
        issuer: `${base}${path}`,
        profile,
        clients: tenants.map((tenant) => clientOf(secret, base, tenant, profile)),
        persons: persons(),
        secret,
      }),
    }))
    .sort((one, other) => other.path.length - one.path.length)
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const found = open.find(({ path }) => request.url?.startsWith(`${path}/`))
    found?.provider.handle(request, response)
    return found !== undefined
  }
}

function clientOf(secret: string, base: string, tenant: string, profile: Profile) {
  const client = trialClients(secret, base, tenant).find((one) => one.profile === profile)
  if (!client) throw new Error(`no trial client for ${profile}`)
  return {
    clientId: client.clientId,
    redirectUris: [`${base}/${tenant}/sign-in/back`],
    ...(client.clientSecret && { clientSecret: client.clientSecret }),
    ...(client.keys?.length && { keys: client.keys.map(publicKey) }),
  }
}
