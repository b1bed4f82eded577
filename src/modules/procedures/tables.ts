import type { ColumnType, Generated } from 'kysely'
import type { Db } from '#core/database.ts'
import type { AccountType, Assurance } from '#core/policy.ts'
import type { Answers } from '#modules/forms/index.ts'
import type { FilingState } from './rules.ts'

type Json<T> = ColumnType<T, string, string>

/** A field to be corrected, and why. */
export type CorrectionItem = { field: string; label: string; reason: string }

export type ProcedureTables = {
  procedure: {
    id: string
    slug: string
    title: string
    summary: string
    explanation: string
    form: string
    section: string | null
    state: 'draft' | 'published' | 'closed'
    opens_at: Date | null
    closes_at: Date | null
    standard_days: number | null
    legal_basis: string | null
    name_field: string | null
    mail_field: string | null
    /** The least that is asked of people who file, and of those who come with a business account (null = as sure as of people). */
    least_assurance: Generated<Assurance>
    least_account: AccountType | null
    /** What it is searched by (`searchForm`); never shown. Null only until the next start has written it. */
    search: Generated<string | null>
    updated_at: Date
  }
  filing: {
    id: string
    number: string
    procedure: string
    draft: string
    form: string
    version: number
    state: FilingState
    applicant: string | null
    /** For whom it was filed, by which mandate, and how surely the office knew who filed, as it was then. */
    represents: string | null
    mandate: string | null
    assurance: Assurance | null
    account: AccountType | null
    name: string | null
    mail: string | null
    /** The mail address as addresses are compared (`comparedMail`); kept by the database. */
    mail_compared: ColumnType<string | null, never, never>
    edition: number
    arrived_at: Date
    closed_at: Date | null
  }
  filing_edition: { filing: string; edition: number; answers: Json<Answers>; filed_at: Date }
  filing_event: {
    id: string
    filing: string
    at: Date
    kind: string
    actor: string | null
    note: string | null
    inside: boolean
  }
  correction: {
    id: string
    filing: string
    items: Json<CorrectionItem[]>
    /** What the applicant left as it was, by field, and why. */
    kept: ColumnType<Record<string, string>, string | undefined, string>
    due_on: string
    asked_at: Date
    answered_at: Date | null
  }
  filing_access: { filing: string; visitor: string; until: Date }
}

/** The only door to these tables; other modules cannot name them. */
export const tables = (db: Db) => db.withTables<ProcedureTables>()
