import { isIsoDate } from '#core/dates.ts'
import type { CardAttributes } from '#core/outside.ts'
import { type ClaimNames, type Claims, claimOf, textClaim } from './claims.ts'
import { SignInFailed } from './failure.ts'

/** Reads the attributes of a card. Without a name nobody could be told whom they are: refused. */
export function cardAttributes(provider: ClaimNames, claims: Claims): CardAttributes {
  const name = textClaim(provider, claims, 'name', 200)
  if (!name) throw new SignInFailed('claims')
  return {
    name,
    address: addressOf(provider, claims),
    birthdate: dayOf(textClaim(provider, claims, 'birthdate', 40)),
    gender: genders[(textClaim(provider, claims, 'gender', 20) ?? '').toLowerCase()] ?? null,
  }
}

/** A string, or OpenID Connect's object with the whole address in `formatted`. */
function addressOf(provider: ClaimNames, claims: Claims): string | null {
  const value = claimOf(provider, claims, 'address')
  const formatted = typeof value === 'object' && value !== null ? (value as Record<string, unknown>).formatted : value
  return textClaim({ claims: { address: 'address' } }, { address: formatted }, 'address')
}

/** "19890108" and "1989-01-08" are the same day. A day that never was is a faulty answer. */
function dayOf(text: string | null): string | null {
  if (text === null) return null
  const iso = /^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : text
  if (!isIsoDate(iso)) throw new SignInFailed('claims')
  return iso
}

/** JIS X 0303 codes, or words. */
const genders: Record<string, CardAttributes['gender']> = {
  '1': 'male',
  男: 'male',
  男性: 'male',
  male: 'male',
  m: 'male',
  '2': 'female',
  女: 'female',
  女性: 'female',
  female: 'female',
  f: 'female',
  '3': 'other',
  '9': 'other',
  other: 'other',
}
