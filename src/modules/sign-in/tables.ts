import type { Db } from '#core/database.ts'

type SignInTables = {
  sign_in_flow: { id: string; browser: string; sealed: string; started_at: Date }
  mail_code: {
    id: string
    browser: string
    sealed: string
    code: string
    tries: number
    sent_at: Date
    used_at: Date | null
  }
}

/** The only door to these tables; other modules cannot name them. */
export const tables = (db: Db) => db.withTables<SignInTables>()
