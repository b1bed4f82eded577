import type { Db } from '#core/database.ts'
import type { Scene } from '#core/scene.ts'
import { takeLock } from '#platform/locks.ts'
import {
  clusterName,
  entriesToSeal,
  entryColumns,
  findCheckpoint,
  inMicroseconds,
  insertCheckpoint,
  lastCheckpoint,
  leavesBetween,
  transactionCount,
} from './queries.ts'
import { leafOf, nextCheckpoint, type Statement } from './trail/checkpoint.ts'

/** What one checkpoint adds at most: hashed in some ten milliseconds, during which this process answers nobody. */
const batch = 500

/**
 * Adds the next entries to the tree and returns how many. Nothing is missed, however late it is committed: every entry that
 * can be seen is taken, and the checkpoint notes as its horizon the oldest transaction that was still open. Whatever appears
 * later was written at or above it, and is looked for there.
 *
 * After a move to another database server, whose count of transactions is another one, everything without a leaf is looked
 * for once.
 */
export async function sealSome(db: Db, { tenant, now }: Pick<Scene, 'tenant' | 'now'>, limit = batch): Promise<number> {
  // Two sealers at once would both take the same entries.
  if (!(await takeLock(db, 'sealing'))) return 0
  const before = await lastCheckpoint(db)
  const cluster = await clusterName(db)
  // Asked before the entries are: what comes in between is left for the next time, and never passed over.
  const { settled, ahead } = await transactionCount(db)
  const moved = before !== null && (before.cluster !== cluster || BigInt(before.horizon) > BigInt(ahead))
  const from = before === null || moved ? '0' : before.horizon
  // Numbers of another server may be greater than any of this one: asked for only until all have been found.
  const to = before?.complete && !moved ? ahead : null
  const entries = await entriesToSeal(db, from, to, limit)
  const last = entries.at(-1)
  if (!last) return 0

  const complete = entries.length < limit
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
      // Cut off by the limit, all below the last one taken is done; of its own transaction some may be left.
      horizon: !complete && BigInt(reached) < BigInt(settled) ? reached : settled,
      cluster,
      complete,
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
