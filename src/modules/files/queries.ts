import { sql } from 'kysely'
import type { Db } from '#core/database.ts'
import type { Reference } from '#core/reference.ts'
import { waitedSince } from './rules.ts'
import { tables } from './tables.ts'

/** A file that is kept, as its owner holds it in its own record. `size` in bytes, `type` by the content. */
export type KeptFile = { file: string; name: string; type: string; size: number; sha256: string }

const bytes = ['name', 'type', 'size', 'sha256'] as const

/** The files about one thing, oldest first. */
export const filesAbout = (db: Db, about: Reference): Promise<(KeptFile & { kept_at: Date })[]> =>
  tables(db)
    .selectFrom('file')
    .select(['id as file', ...bytes, 'kept_at'])
    .where('about', '=', sameThing(about))
    .where('released_at', 'is', null)
    .orderBy('id')
    .execute()

/** One kept file; `key` says where its bytes are and never leaves the house. */
export const findFile = (db: Db, id: string) =>
  tables(db)
    .selectFrom('file')
    .select(['id as file', ...bytes, 'kept_at', 'about', 'storage_key as key'])
    .where('id', '=', id)
    .where('released_at', 'is', null)
    .executeTakeFirst()

/** A kept file, if it is about this thing. */
export const findFileAbout = (db: Db, id: string, about: Reference): Promise<KeptFile | undefined> =>
  tables(db)
    .selectFrom('file')
    .select(['id as file', ...bytes])
    .where('id', '=', id)
    .where('about', '=', sameThing(about))
    .where('released_at', 'is', null)
    .executeTakeFirst()

/** A staged file by its token, for those who staged it, while it waits (or was claimed and the token is remembered). */
export const findStaged = (db: Db, tokenHash: string, owners: readonly string[], now: Date) =>
  tables(db)
    .selectFrom('staged_file')
    .select(['id', ...bytes, 'storage_key as key', 'claimed_at'])
    .where('token_hash', '=', tokenHash)
    .where('staged_by', 'in', owners.length > 0 ? [...owners] : [''])
    .where('dropped_at', 'is', null)
    .where((eb) => eb.or([eb('claimed_at', 'is not', null), eb('staged_at', '>', waitedSince(now))]))

/** How many bytes these owners have staged in the last hour. */
export async function stagedLately(db: Db, owners: readonly string[], now: Date): Promise<number> {
  const row = await tables(db)
    .selectFrom('staged_file')
    .select(sql<number>`coalesce(sum(size), 0)::bigint`.as('bytes'))
    .where('staged_by', 'in', [...owners])
    .where('staged_at', '>', new Date(now.getTime() - 3_600_000))
    .executeTakeFirst()
  return row?.bytes ?? 0
}

/** Says that bytes are no longer on their way. */
export const forgetArriving = (db: Db, id: string) =>
  tables(db).deleteFrom('arriving_file').where('id', '=', id).executeTakeFirst()

/** Equal as data, whatever the order of its parts. */
const sameThing = ({ module, kind, id }: Reference) => sql<Reference>`${JSON.stringify({ module, kind, id })}::jsonb`
