import { sql } from 'kysely'
import type { Stage } from '#core/scene.ts'
import type { Definition } from '../rules/index.ts'
import { tables } from '../tables.ts'

type Version = { form: string; version: number; definition: Definition; published_at: Date; published_by: string }

/** Published versions never change: what was read once needs not be read again, by whichever process. */
const known = new Map<string, Version>()

/** A definition is some kilobytes; an instance has some hundreds of forms in use. */
const most = 500

/** Written by another transaction than this one, so by one that has ended well: what this one publishes may yet be undone. */
const settled = sql<boolean>`xmin is distinct from pg_current_xact_id_if_assigned()::xid`

/** One published version, as it was published; nobody may alter what is given. */
export async function findVersion(
  { db, tenant }: Pick<Stage, 'db' | 'tenant'>,
  form: string,
  version: number,
): Promise<Version | undefined> {
  // Under its tenant's name: what row-level security would hide is not found here either.
  const key = `${tenant} ${form} ${version}`
  const remembered = known.get(key)
  if (remembered) return remembered
  const found = await tables(db)
    .selectFrom('form_version')
    .select(['form', 'version', 'definition', 'published_at', 'published_by', settled.as('settled')])
    .where('form', '=', form)
    .where('version', '=', version)
    .executeTakeFirst()
  if (!found?.settled) return found
  const [oldest] = known.size >= most ? known.keys() : []
  if (oldest !== undefined) known.delete(oldest)
  known.set(key, frozen(found))
  return found
}

/** Frozen to its depth: it is everybody's. */
function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || value instanceof Date || Object.isFrozen(value)) return value
  for (const part of Object.values(value)) frozen(part)
  return Object.freeze(value)
}
