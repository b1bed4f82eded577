import type { Db } from '#core/database.ts'

type TokenTables = {
  api_token: {
    id: string
    hash: string
    name: string
    roles: string[]
    scopes: string[]
    created_at: Date
    created_by: string
    expires_at: Date
    revoked_at: Date | null
  }
}

/** The only door to these tables; other modules cannot name them. */
export const tables = (db: Db) => db.withTables<TokenTables>()
