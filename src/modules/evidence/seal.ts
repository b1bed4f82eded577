import type { Db } from '#core/database.ts'
import type { Scene } from '#core/scene.ts'
import {
  clusterName,
  entryColumns,
  findCheckpoint,
  inMicroseconds,
  insertCheckpoint,
  lastCheckpoint,
  leavesBetween,
  sealableEntries,
  takeTurn,
} from './queries.ts'
import { leafOf, nextCheckpoint, type Statement } from './trail/checkpoint.ts'

/** What one checkpoint adds at most: a transaction of well under a second. */
const batch = 2_000

/**
 * Adds the next entries to the tree and returns how many. Nothing is missed, however late it is committed: an entry is
 * taken once no transaction below its own is open any more, and those below the last checkpoint's horizon have all been
 * taken. After a move to another database server, whose count of transactions is another one, everything without a leaf
 * is looked for once.
 */
export async function sealSome(db: Db, { tenant, now }: Pick<Scene, 'tenant' | 'now'>, limit = batch): Promise<number> {
  if (!(await takeTurn(db, tenant))) return 0
  const before = await lastCheckpoint(db)
  const cluster = await clusterName(db)
  const elsewhere = before !== null && before.cluster !== cluster
  const from = before?.horizon ?? '0'
  const { settled, behind, foreign, entries } = await sealableEntries(db, { from, moved: elsewhere, limit })
  const last = entries.at(-1)
  if (!last) return 0

  const moved = elsewhere || behind
  const more = entries.length === limit
  const reached = String(last.written_in)
  const columns = (await entryColumns(db)).map(({ name }) => name)
  const leaves = entries.map((entry) => [String(entry.id), leafOf(entry, columns)] as const)
  const checkpoint = nextCheckpoint(
    before,
    leaves.map(([, hash]) => hash),
    {
      tenant,
      columns,
      sealed_at: inMicroseconds(now),
      complete: !more && !(before === null && foreign),
      // A search through everything that is cut off by the limit is begun again by the next batch.
      ...(moved && more && before
        ? { horizon: before.horizon, cluster: before.cluster }
        : // Cut off by the limit, all below the last one taken is done; of its own transaction some may be left.
          {
            horizon: more && BigInt(reached) < BigInt(settled) ? reached : settled,
            // A trail that came from another server before it was ever sealed: what lies ahead is looked for next.
            cluster: before === null && foreign ? null : cluster,
          }),
    },
  )
  await insertCheckpoint(db, checkpoint, leaves)
  return entries.length
}

/** The checkpoint and its leaves as they are said outside, or null where there is no such number. */
export async function statementOf(db: Db, number: number): Promise<Statement | null> {
  const checkpoint = await findCheckpoint(db, number)
  if (!checkpoint) return null
  const before = number > 1 ? await findCheckpoint(db, number - 1) : null
  const leaves = await leavesBetween(db, before?.size ?? 0, checkpoint.size)
  return { ...checkpoint, leaves: leaves.map(({ entry, hash }) => [entry, hash]) }
}
