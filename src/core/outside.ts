import type { AccountType } from './policy.ts'

/**
 * The doors to the outside that actions, jobs and routes may ask for. `platform/` makes them, `main` hands them over,
 * tests replace those we don't own.
 */
export type Outside = {
  mode: 'trial' | 'production'
  /** An absolute address in a tenant, for mails and identity providers. `path` begins with "/". */
  address(tenant: string, path: string): string
  storage: Storage
  /** A mail server; in trial mode without one, a folder that the mailbox page shows. */
  mail: Mail
  /** Only where mails stay in a folder. */
  mailbox: Mailbox | null
  sealer: Sealer
  /** Places outside of the database that remember how far the audit trail was sealed. */
  witnesses: readonly Witness[]
  /** Identity providers that a tenant's people may sign in with. */
  providers(tenant: string): readonly { name: string; label: string; profile: Profile }[]
  /** Our public keys at a provider (JWK Set), null where we have none there. */
  keys(tenant: string, provider: string): { keys: readonly object[] } | null
  signIn: SignIn
}

export type Storage = {
  put(key: string, body: AsyncIterable<Uint8Array>): Promise<void>
  get(key: string): Promise<{ stream: ReadableStream<Uint8Array>; size: number } | null>
  remove(key: string): Promise<void>
}

/** Remembers lines, tenant by tenant, in the order in which they were said; what is said can't be unsaid by us. */
export type Witness = {
  /** Names the place in messages to operators. */
  name: string
  /** Durable when it returns. A crash may leave half a line behind, which stays recognisable as such. */
  keep(tenant: string, line: string, at: Date): Promise<void>
  /** The last whole line, or null. */
  last(tenant: string): Promise<string | null>
  /** All lines from the first, broken ones too. */
  lines(tenant: string): AsyncIterable<string>
}

export type Mail = {
  /** Throws with `permanent: true` on it where trying again is useless. */
  send(message: OutgoingMail): Promise<{ response: string }>
}

/** `id` makes the Message-ID, so that a repeated attempt is recognised. */
export type OutgoingMail = { id: string; tenant: string; to: string; subject: string; text: string }

export type Mailbox = {
  list(tenant: string): Promise<(OutgoingMail & { at: Date })[]>
}

/** Secrets of this instance; every use names its purpose, so that one use's values mean nothing to another. */
export type Sealer = {
  seal(purpose: string, text: string): string
  open(purpose: string, sealed: string): string | null
  sign(purpose: string, text: string): string
  verify(purpose: string, text: string, signature: string): boolean
  hashToken(token: string): string
  newToken(bytes?: number): string
  newCode(digits?: number): string
}

/** What must be remembered between leaving for an identity provider and coming back. */
export type SignInFlow = { provider: string; state: string; nonce: string; verifier: string; redirectUri: string }

/** What a provider vouches for: the office's own accounts, the My Number card (デジタル認証アプリ), companies (GビズID). */
export const profiles = ['office', 'card', 'gbizid'] as const

export type Profile = (typeof profiles)[number]

/** 基本4情報 as the card's certificate holds them. Personal data: shown to the person, never logged. */
export type CardAttributes = {
  name: string
  address: string | null
  /** ISO date. */
  birthdate: string | null
  gender: 'male' | 'female' | 'other' | null
}

/** `number` is a 法人番号 whose check digit fits. */
export type Corporation = { number: string; name: string }

/** A business account: who uses it, of what kind it is, and for which company. */
export type Business = {
  account: AccountType
  /** Who uses the account, as far as it tells. */
  person: string
  /** null: a sole proprietor (個人事業主), who has no 法人番号 and acts for themselves. */
  company: Corporation | null
  /** Companies that have entrusted this account with their filings (委任). */
  delegations: readonly Corporation[]
}

/** Whom a provider vouches for. Known again by issuer and subject together. */
export type SignedIn = {
  issuer: string
  subject: string
  /** Empty if the provider tells none. */
  name: string
  mail: string | null
  mailVerified: boolean
  groups: readonly string[]
  profile: Profile
  /** Of the card only. */
  attributes: CardAttributes | null
  /** Of a business account only. */
  business: Business | null
}

export type SignIn = {
  /** Where to send the browser, which is to come back at `path` of this tenant. Throws `SignInFailed`. */
  begin(tenant: string, provider: string, path: string): Promise<{ url: string; flow: SignInFlow }>
  /** Who came back, with every check of the protocol. Of `callback` only path and query count. */
  finish(tenant: string, callback: URL, flow: SignInFlow): Promise<SignedIn>
}
