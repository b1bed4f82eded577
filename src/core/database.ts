import type { Compilable, Kysely } from 'kysely'

/**
 * A handle inside one tenant's open transaction, and nothing else: code gets one from `look`, `change` or a stage.
 * It names no tables; each module widens it to its own by `tables(db)` in its `tables.ts`.
 */
// biome-ignore lint/complexity/noBannedTypes: an empty database type is the point, modules add their own tables
export type Db = Kysely<{}>

/** One statement that nobody has said yet. Every query that isn't executed is one. */
export type Statement = Pick<Compilable, 'compile'>
