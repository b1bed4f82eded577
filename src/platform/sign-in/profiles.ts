import type { Profile } from '#core/outside.ts'
import type { AccountType } from '#core/policy.ts'

type Defaults = {
  scope: string
  acrValues: string | null
  /** How the provider names what we read. */
  claims: Readonly<Record<string, string>>
  /** How the provider writes the types of account. */
  accounts: Readonly<Record<string, AccountType>>
}

/**
 * What the providers' published guides say. None of it is certain for ever, so every value can be overridden in the
 * settings of a provider (docs/operate/identity.md) without a new version of Attaka.
 */
export const profileDefaults: Readonly<Record<Profile, Defaults>> = {
  office: { scope: 'openid profile email', acrValues: null, claims: { groups: 'groups' }, accounts: {} },
  // デジタル認証アプリ: 基本4情報, each by a scope of its own; the second word of acr asks for the revocation list.
  card: {
    scope: 'openid name address birthdate gender',
    acrValues: 'aal3 crl',
    claims: { name: 'name', address: 'address', birthdate: 'birthdate', gender: 'gender' },
    accounts: {},
  },
  // GビズID: an absent scope would silently be widened to everything, so it is always sent.
  gbizid: {
    scope: 'openid profile user',
    acrValues: null,
    claims: {
      account: 'account_type',
      corporation: 'corp_type',
      number: 'corporate_number',
      company: 'name',
      lastName: 'user_last_nm',
      firstName: 'user_first_nm',
      representativeLastName: 'rep_last_nm',
      representativeFirstName: 'rep_first_nm',
      verified: 'verified_claims',
      delegations: 'delegation_info',
    },
    accounts: { '1': 'entry', '2': 'prime', '3': 'member' },
  },
}
