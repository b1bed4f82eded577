import type { Profile } from '#core/outside.ts'
import { cleanLine, isBlank } from '#core/text.ts'
import { SignInFailed } from './failure.ts'
import { profileDefaults } from './profiles.ts'

/** Everything a provider said, before any of it is believed. */
export type Claims = Readonly<Record<string, unknown>>

/** What is read of a provider's settings to understand its claims. */
export type ClaimNames = { profile?: Profile; claims?: Readonly<Record<string, string>> }

/** The claim that goes by our name `key`, as this provider calls it. */
export function claimOf(provider: ClaimNames, claims: Claims, key: string): unknown {
  const names = { ...profileDefaults[provider.profile ?? 'office'].claims, ...provider.claims }
  return claims[names[key] ?? key]
}

/** One line of text as the provider writes it, or null. Broken or overlong text is no answer to rely on. */
export function textClaim(provider: ClaimNames, claims: Claims, key: string, max = 400): string | null {
  const value = claimOf(provider, claims, key)
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const cleaned = cleanLine(String(value).trim())
  if (!cleaned.ok || cleaned.text.length > max) throw new SignInFailed('claims')
  return isBlank(cleaned.text) ? null : cleaned.text
}
