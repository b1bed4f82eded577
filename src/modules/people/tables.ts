import type { Generated } from 'kysely'
import type { Db } from '#core/database.ts'
import type { Profile } from '#core/outside.ts'
import type { RoleName } from '#core/policy.ts'

type PeopleTables = {
  unit: { id: string; kind: 'department' | 'section' }
  unit_state: {
    unit: string
    valid_from: string
    valid_to: string | null
    name: string
    parent: string | null
    ordinal: number
  }
  person: {
    id: string
    kind: PersonKind
    name: string
    reading: string | null
    mail: string | null
    mail_verified_at: Date | null
    corporate_number: string | null
    created_at: Date
    disabled_at: Date | null
    /** `searchText` of name, reading and mail. Null only until the next start has written it. */
    search: string
  }
  sign_in: {
    /** Made by the database where it isn't given. */
    id: Generated<string>
    issuer: string
    subject: string
    person: string
    profile: Generated<Profile>
    provider: string | null
    linked_at: Date
    last_at: Date | null
  }
  verified_attribute: { person: string; name: AttributeName; value: string; verified_at: Date; method: string }
  group_role: {
    id: string
    provider: string
    name: string
    role: RoleName
    department: string | null
    section: string | null
    entered_at: Date
    entered_by: string
    removed_at: Date | null
    removed_by: string | null
  }
  membership: { id: string; person: string; section: string | null; valid_from: string; valid_to: string | null }
  role_grant: {
    id: string
    person: string
    role: RoleName
    department: string | null
    section: string | null
    granted_at: Date
    granted_by: string
    revoked_at: Date | null
    revoked_by: string | null
    reason: string | null
    /** The line of the table of groups that gave it, where no person did. */
    group_role: Generated<string | null>
  }
  invitation: {
    id: string
    person: string
    provider: string
    subject: string | null
    mail: string
    invited_at: Date
    invited_by: string
    expires_at: Date
    used_at: Date | null
  }
}

export type AttributeName = 'name' | 'address' | 'birthdate' | 'gender' | 'corporate_number'

export type PersonKind = 'resident' | 'staff' | 'company'

/** The only door to these tables; other modules cannot name them. */
export const tables = (db: Db) => db.withTables<PeopleTables>()

/** What modules above may join to rows of their own: who somebody is. Writing stays here. */
export type PersonJoined = Pick<PeopleTables['person'], 'id' | 'kind' | 'name' | 'corporate_number' | 'disabled_at'>
