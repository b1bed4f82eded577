import type { Profile } from '#core/outside.ts'

/** How the providers that are played differ from each other. */
export const profiles: Record<
  Profile,
  { scopes: Record<string, string[]>; algorithm: 'ES256' | 'RS256'; acr: string | null }
> = {
  office: {
    scopes: { profile: ['name', 'department', 'section', 'groups'], email: ['email', 'email_verified'] },
    algorithm: 'ES256',
    acr: null,
  },
  card: {
    scopes: { name: ['name'], address: ['address'], birthdate: ['birthdate'], gender: ['gender'] },
    algorithm: 'ES256',
    acr: 'aal3 crl',
  },
  gbizid: {
    scopes: {
      profile: ['account_type', 'corp_type', 'corporate_number', 'name', 'rep_last_nm', 'rep_first_nm'],
      user: ['user_last_nm', 'user_first_nm', 'delegation_info'],
      jp_gbizid_v1_ida: ['verified_claims'],
    },
    algorithm: 'RS256',
    acr: null,
  },
}
