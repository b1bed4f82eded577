import { join } from 'node:path'
import type { Outside } from '#core/outside.ts'
import { MailFailed, mailer } from '#platform/mail.ts'
import { hashToken, newCode, newToken, sealer } from '#platform/sealing.ts'
import { publicKey } from '#platform/sign-in/keys.ts'
import { type Provider, signInDoor } from '#platform/sign-in.ts'
import { folderStorage } from '#platform/storage/folder.ts'
import { s3Storage } from '#platform/storage/s3.ts'
import type { Storage } from '#platform/storage.ts'
import type { Tenant } from '#platform/tenants.ts'
import { trialMailbox } from '#platform/trial-mailbox.ts'
import { folderWitness } from '#platform/witness/folder.ts'
import { storageWitness } from '#platform/witness/storage.ts'
import type { Config } from './config.ts'
import { lastingIssuer, trialClients, trialPath } from './trial-providers.ts'

type Told = {
  config: Config
  secret: string
  /** The site's address without a last slash. */
  base: string
  /** Where this very process answers, for what it asks itself. */
  port(): number
  tenants(): readonly Tenant[]
  /** How long an identity provider may take for an answer, in milliseconds; tests have less time. */
  patience?: number
}

/** Makes the doors to the outside as the settings say. */
export function openOutside({ config, secret, base, port, tenants, patience }: Told): Outside {
  const { mail, mailbox } = config.smtpUrl
    ? { mail: realMail(config.smtpUrl, config.mailFrom), mailbox: null }
    : trialMailbox(join(config.dataDir, 'mailbox'))
  const byPath = config.mode === 'trial'
  const providers = providersOf(config, secret, base)
  const providerOf = (tenant: string, name: string) => {
    const found = providers(tenant).find((provider) => provider.name === name)
    if (!found) throw new Error(`no identity provider ${name}`)
    return found
  }
  const door = signInDoor({
    allowInsecure: byPath,
    ...(patience && { timeoutMs: patience }),
    // The bundled provider runs in this very process: reached directly, even where the public address is a proxy's.
    fetch: (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input)
      if (!byPath || !url.href.startsWith(`${base}${trialPath}/`)) return fetch(input, init)
      return fetch(`http://127.0.0.1:${port()}${url.pathname}${url.search}`, init)
    },
  })
  const address = (tenant: string, path: string) => {
    const host = tenants().find((one) => one.tenant === tenant)?.hosts[0]
    if (host) return `${new URL(base).protocol}//${host}${path}`
    return byPath && tenant ? `${base}/${tenant}${path}` : `${base}${path}`
  }
  return {
    mode: config.mode,
    address,
    storage: storageOf(config),
    witnesses: witnessesOf(config),
    mail,
    mailbox,
    sealer: { ...sealer(secret), hashToken, newToken, newCode },
    // Staff don't sign in where only the public is served, and nobody else does where only staff are.
    providers: (tenant) =>
      providers(tenant)
        .filter(({ profile = 'office' }) => config.surface !== (profile === 'office' ? 'public' : 'staff'))
        .map(({ name, label, profile = 'office' }) => ({ name, label, profile })),
    keys: (tenant, name) => {
      const keys = providers(tenant).find((one) => one.name === name)?.keys ?? []
      return keys.length > 0 ? { keys: keys.map(publicKey) } : null
    },
    signIn: {
      begin: (tenant, name, path) => door.beginSignIn(providerOf(tenant, name), address(tenant, path)),
      async finish(tenant, callback, flow) {
        const provider = providerOf(tenant, flow.provider)
        const { issuer, ...person } = await door.finishSignIn(provider, callback, flow)
        return { ...person, issuer: byPath ? lastingIssuer(base, issuer) : issuer }
      },
    },
  }
}

/** Where the bytes of files are. */
export const storageOf = ({ s3, dataDir }: Pick<Config, 's3' | 'dataDir'>): Storage =>
  s3 ? s3Storage(s3) : folderStorage(join(dataDir, 'files'))

/** Where the roots of the audit trail are kept outside of the database: always in a folder, and in a bucket if there is one. */
export const witnessesOf = ({ witness }: Pick<Config, 'witness'>): Outside['witnesses'] => [
  folderWitness(witness.folder),
  ...(witness.s3 ? [storageWitness(`bucket ${witness.s3.bucket}`, s3Storage(witness.s3))] : []),
]

/** Mail by SMTP. What the server refuses for good is marked, so that nobody tries it again for three days. */
function realMail(smtpUrl: string, from: string): Outside['mail'] {
  const door = mailer(smtpUrl, { from: { name: 'あったか', address: from } })
  return {
    send: ({ id, to, subject, text }) =>
      door.send({ id, to, subject, text }).catch((error: unknown) => {
        if (error instanceof MailFailed) throw Object.assign(error, { permanent: error.kind === 'permanent' })
        throw error
      }),
  }
}

/** A tenant's providers from the settings; in trial mode without any, the bundled ones. */
const providersOf =
  (config: Config, secret: string, base: string) =>
  (tenant: string): readonly Provider[] => {
    const given = config.providers.filter((provider) => provider.tenant === tenant)
    if (given.length > 0 || config.mode === 'production') return given
    return trialClients(secret, base, tenant)
  }
