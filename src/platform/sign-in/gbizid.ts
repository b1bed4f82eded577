import { isCorporateNumber } from '#core/identifiers.ts'
import type { Business, Corporation } from '#core/outside.ts'
import type { AccountType } from '#core/policy.ts'
import { type ClaimNames, type Claims, claimOf, textClaim } from './claims.ts'
import { SignInFailed } from './failure.ts'
import { profileDefaults } from './profiles.ts'

type BusinessProvider = ClaimNames & { accounts?: Readonly<Record<string, AccountType>> }

/**
 * Reads what GビズID says of an account. A company must come with a 法人番号 whose check digit fits; a メンバー acts for the
 * company of its parent, whose number it carries. An account whose type we don't know is refused, not guessed.
 */
export function businessOf(provider: BusinessProvider, claims: Claims): Business {
  const read = (key: string, max?: number) => textClaim(provider, claims, key, max)
  const accounts = { ...profileDefaults.gbizid.accounts, ...provider.accounts }
  const account = accounts[read('account', 20) ?? '']
  if (!account) throw new SignInFailed('claims')

  const number = read('number', 13)
  const name = read('company', 200)
  const sole = read('corporation', 4) === '2'
  if (sole && number) throw new SignInFailed('claims')
  if (!sole && !(number && isCorporateNumber(number) && name)) throw new SignInFailed('claims')

  const user = nameOf(read('lastName', 100), read('firstName', 100))
  const representative = nameOf(read('representativeLastName', 100), read('representativeFirstName', 100))
  return {
    account: proved(provider, claims, account),
    person: user ?? representative ?? name ?? '',
    company: sole || !number || !name ? null : { number, name },
    delegations: delegationsOf(provider, claims),
  }
}

const nameOf = (last: string | null, first: string | null) => (last && first ? `${last} ${first}` : (last ?? first))

/** Where the identity check itself is told (`verified_claims`) and was only a self-assertion, so is the account. */
function proved(provider: BusinessProvider, claims: Claims, account: AccountType): AccountType {
  const told = claimOf(provider, claims, 'verified')
  const [verified] = Array.isArray(told) ? told : [told]
  const verification = (verified as { verification?: { assurance_level?: unknown } } | undefined)?.verification
  return typeof verification?.assurance_level === 'string' && /^ial1\b/i.test(verification.assurance_level)
    ? 'entry'
    : account
}

/** Each must be a company with a right number and a name; what isn't is left out, so that it opens nothing. */
function delegationsOf(provider: BusinessProvider, claims: Claims): Corporation[] {
  const told = claimOf(provider, claims, 'delegations')
  const list = Array.isArray(told) ? told.slice(0, 200) : told ? [told] : []
  return list.flatMap((one) => {
    if (typeof one !== 'object' || one === null) return []
    const number = textClaim(provider, one as Claims, 'number', 13)
    const name = textClaim(provider, one as Claims, 'company', 200)
    return number && name && isCorporateNumber(number) ? [{ number, name }] : []
  })
}
