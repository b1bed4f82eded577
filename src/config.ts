// All settings and what is wrong with them stand in one file: the only one that reads the environment.
import { join } from 'node:path'
import { z } from 'zod'
import { profiles } from '#core/outside.ts'
import { accountTypes } from '#core/policy.ts'
import { profileDefaults } from '#platform/sign-in/profiles.ts'

/** What each value means stands in docs/operate/configure.md. */

const url = (...protocols: string[]) =>
  z.string().refine(
    (value) => {
      try {
        return protocols.includes(new URL(value).protocol)
      } catch {
        return false
      }
    },
    { error: `must be an address that begins with ${protocols.join(' or ')}//` },
  )

const key = z
  .looseObject({ kid: z.string().min(1).max(200), kty: z.enum(['RSA', 'EC']), d: z.string().min(1) })
  .refine(({ kty, crv }) => kty === 'RSA' || crv === 'P-256', { error: 'must be a private RSA or P-256 key as a JWK' })

const provider = z
  .strictObject({
    tenant: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'must be a tenant’s id'),
    name: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'must be a short lower-case name'),
    label: z.string().min(1).max(60),
    profile: z.enum(profiles, { error: 'must be office, card or gbizid' }).default('office'),
    issuer: url('https:', 'http:'),
    clientId: z.string().min(1).max(255),
    clientSecret: z.string().min(1).nullable().default(null),
    keys: z.array(key).max(5).default([]),
    scope: z.string().min(1).optional(),
    acrValues: z.string().min(1).nullable().optional(),
    acr: z.array(z.string().min(1)).min(1).optional(),
    claims: z.record(z.string(), z.string().min(1)).default({}),
    accounts: z.record(z.string(), z.enum(accountTypes)).default({}),
    /** Of the provider's metadata, what is pinned; all of it, or discovery is asked. */
    endpoints: z
      .strictObject({
        authorization_endpoint: url('https:', 'http:'),
        token_endpoint: url('https:', 'http:'),
        jwks_uri: url('https:', 'http:'),
        userinfo_endpoint: url('https:', 'http:').optional(),
        end_session_endpoint: url('https:', 'http:').optional(),
        token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
        authorization_response_iss_parameter_supported: z.boolean().optional(),
      })
      .optional(),
  })
  .transform(({ scope, acrValues, acr, endpoints, ...given }) => {
    const asked = acrValues === undefined ? profileDefaults[given.profile].acrValues : acrValues
    return {
      ...given,
      scope: scope ?? profileDefaults[given.profile].scope,
      acrValues: asked,
      // What was asked for is what must come back, unless the settings say what else counts as that.
      acr: acr ?? (asked === null ? null : [asked]),
      metadata: endpoints ? ({ issuer: given.issuer, ...endpoints } as { issuer: string }) : null,
    }
  })

type GivenProvider = z.output<typeof provider>

const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    context.addIssue({ code: 'custom', message: 'must be JSON' })
    return z.NEVER
  }
})

const environment = z.object({
  PORT: z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).optional(),
  BASE_URL: url('http:', 'https:').optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  DATABASE_OWNER_URL: url('postgres:', 'postgresql:').optional(),
  SMTP_URL: url('smtp:', 'smtps:').optional(),
  MAIL_FROM: z
    .string()
    .max(254)
    .regex(/^[^\s@]+@[^\s@]+$/, 'must be a mail address')
    .default('no-reply@localhost.localdomain'),
  S3_ENDPOINT: url('http:', 'https:').optional(),
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_BUCKET: z.string().min(1).optional(),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  WITNESS_DIR: z.string().min(1).optional(),
  WITNESS_BUCKET: z.string().min(1).optional(),
  IDENTITY_PROVIDERS: json.pipe(z.array(provider)).optional(),
  SECRET_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
  SURFACE: z.enum(['public', 'staff', 'both'], { error: 'must be public, staff or both' }).default('both'),
  MODE: z.enum(['trial', 'production'], { error: 'must be trial or production' }).default('trial'),
  PROXY_HOPS: z.coerce.number({ error: 'must be a whole number' }).int().min(0).max(10).default(0),
  METRICS_TOKEN: z.string().min(20, 'must have at least 20 characters').optional(),
})

type Environment = z.output<typeof environment>

/** A wrong or missing value: one sentence that names it. Stops the start. */
export class WrongConfig extends Error {
  override readonly name = 'WrongConfig'
}

/** What the house is told from outside. Throws `WrongConfig`. */
export function readConfig(given: Record<string, string | undefined> = process.env) {
  // An empty value is what a commented-out line of a settings file leaves: the same as none.
  const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = environment.safeParse(present)
  if (!parsed.success) {
    const [first] = parsed.error.issues
    throw new WrongConfig(`${first?.path.join('.')} ${sentence(first?.message)}`)
  }
  const value = parsed.data
  // A trial signs anybody in without a password: nobody is to run one by forgetting a line.
  if (!present.MODE && (value.DATABASE_URL || value.BASE_URL?.startsWith('https://'))) {
    throw new WrongConfig(
      'MODE is missing: say MODE=production, or MODE=trial for a trial, where anybody signs in as anybody.',
    )
  }
  const fault =
    providersFault(value.IDENTITY_PROVIDERS ?? []) ??
    (value.MODE === 'production' ? productionFault(value) : trialFault(value))
  if (fault) throw new WrongConfig(fault)
  const base = value.BASE_URL?.replace(/\/+$/, '') ?? null
  return {
    port: value.PORT,
    host: value.HOST ?? null,
    base,
    dataDir: value.DATA_DIR,
    database: value.DATABASE_URL ? { appUrl: value.DATABASE_URL, ownerUrl: value.DATABASE_OWNER_URL ?? null } : null,
    smtpUrl: value.SMTP_URL ?? null,
    mailFrom: value.MAIL_FROM,
    s3: value.S3_BUCKET ? bucket(value, value.S3_BUCKET) : null,
    witness: {
      folder: value.WITNESS_DIR ?? join(value.DATA_DIR, 'witness'),
      s3: value.WITNESS_BUCKET ? bucket(value, value.WITNESS_BUCKET) : null,
    },
    providers: value.IDENTITY_PROVIDERS ?? [],
    secret: value.SECRET_KEY ?? null,
    surface: value.SURFACE,
    mode: value.MODE,
    proxyHops: value.PROXY_HOPS,
    metricsToken: value.METRICS_TOKEN ?? null,
  }
}

const bucket = (value: Environment, name: string) => ({
  endpoint: value.S3_ENDPOINT ?? `https://s3.${value.S3_REGION}.amazonaws.com`,
  region: value.S3_REGION,
  bucket: name,
  accessKeyId: value.S3_ACCESS_KEY_ID ?? '',
  secretAccessKey: value.S3_SECRET_ACCESS_KEY ?? '',
})

export type Config = ReturnType<typeof readConfig>

/** Providers that could be mistaken for each other, or that couldn't be spoken to. */
function providersFault(providers: readonly GivenProvider[]): string | null {
  const seen = new Set<string>()
  for (const { tenant, name, profile, clientSecret, keys } of providers) {
    if (seen.has(`${tenant} ${name}`)) return `IDENTITY_PROVIDERS names ${name} of ${tenant} twice.`
    seen.add(`${tenant} ${name}`)
    if (profile === 'card' && keys.length === 0)
      return `IDENTITY_PROVIDERS lacks the keys of ${name} (private_key_jwt).`
    if (profile === 'gbizid' && !clientSecret) return `IDENTITY_PROVIDERS lacks the clientSecret of ${name}.`
    if (new Set(keys.map(({ kid }) => kid)).size < keys.length) {
      return `IDENTITY_PROVIDERS gives two keys of ${name} the same kid.`
    }
  }
  return null
}

/** What production can't do without, and what it must not have. */
function productionFault(value: Environment): string | null {
  if (!value.BASE_URL?.startsWith('https://')) return 'BASE_URL must be the https:// address of the site in production.'
  if (!value.DATABASE_URL) return 'DATABASE_URL is missing: production runs on a PostgreSQL server of its own.'
  if (!value.SMTP_URL) return 'SMTP_URL is missing: production sends real mail.'
  if (!value.SECRET_KEY) return 'SECRET_KEY is missing: production keeps its secret outside of the data folder.'
  if (/^(.)\1*$/.test(value.SECRET_KEY) || /change|secret|example|default|password/i.test(value.SECRET_KEY)) {
    return 'SECRET_KEY looks like a placeholder: make a random one, for example with "openssl rand -base64 48".'
  }
  if (value.MAIL_FROM.includes('localhost')) return 'MAIL_FROM must be a real address in production.'
  const providers = value.IDENTITY_PROVIDERS ?? []
  if (value.SURFACE !== 'public' && !providers.some(({ profile }) => profile === 'office')) {
    return 'IDENTITY_PROVIDERS is missing: staff sign in through the office’s provider, the trial one is not there in production.'
  }
  const insecure = providers.find(({ issuer }) => !issuer.startsWith('https://'))
  if (insecure) return `IDENTITY_PROVIDERS names an issuer without https:// (${insecure.name}).`
  return storageFault(value)
}

const trialFault = (value: Environment): string | null =>
  value.DATABASE_URL && !value.DATABASE_OWNER_URL
    ? 'DATABASE_OWNER_URL is missing: with DATABASE_URL, migrations need the owner’s login.'
    : storageFault(value)

const storageFault = (value: Environment): string | null => {
  const given = value.S3_BUCKET ? 'S3_BUCKET' : value.WITNESS_BUCKET ? 'WITNESS_BUCKET' : null
  if (!given) return null
  if (!value.S3_ACCESS_KEY_ID) return `S3_ACCESS_KEY_ID is missing: ${given} is given.`
  if (!value.S3_SECRET_ACCESS_KEY) return `S3_SECRET_ACCESS_KEY is missing: ${given} is given.`
  return null
}

const sentence = (text = 'is wrong') => `${text.charAt(0).toLowerCase()}${text.slice(1)}.`
