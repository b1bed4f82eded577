import { join } from 'node:path'
import { z } from 'zod'

/** The only file that reads the environment. What each value means stands in docs/operate/configure.md. */

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

const provider = z.strictObject({
  tenant: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'must be a tenant’s id'),
  name: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'must be a short lower-case name'),
  label: z.string().min(1).max(60),
  issuer: url('https:', 'http:'),
  clientId: z.string().min(1).max(255),
  clientSecret: z.string().min(1).nullable().default(null),
  scope: z.string().default('openid profile email'),
})

export type StaffProvider = z.output<typeof provider>

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
  const fault = value.MODE === 'production' ? productionFault(value) : trialFault(value)
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
  if (value.SURFACE !== 'public' && !value.IDENTITY_PROVIDERS?.length) {
    return 'IDENTITY_PROVIDERS is missing: staff sign in through the office’s provider, the trial one is not there in production.'
  }
  const insecure = value.IDENTITY_PROVIDERS?.find(({ issuer }) => !issuer.startsWith('https://'))
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
