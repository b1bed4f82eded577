import type { Db } from '#core/database.ts'
import type { AccountType, Assurance } from '#core/policy.ts'
import type { PersonJoined } from '#modules/people/index.ts'

type RepresentationTables = {
  company_member: {
    id: string
    company: string
    person: string
    account: AccountType | null
    source: 'gbizid' | 'office'
    sign_in: string | null
    since: Date
    until: Date | null
    ended_by: string | null
    reason: string | null
  }
  mandate: {
    id: string
    kind: 'delegated' | 'legal'
    source: 'granted' | 'office' | 'gbizid'
    principal: string
    agent: string | null
    mail: string | null
    procedures: string[] | null
    assurance: Assurance
    account: AccountType | null
    reason: string | null
    granted_at: Date
    granted_by: string
    accepted_at: Date | null
    expires_at: Date
    revoked_at: Date | null
    revoked_by: string | null
  }
  /** The records of `people`, to join names to; written there alone. */
  person: PersonJoined
}

/** The only door to these tables; other modules cannot name them. */
export const tables = (db: Db) => db.withTables<RepresentationTables>()
