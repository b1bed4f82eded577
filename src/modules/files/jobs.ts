import { z } from 'zod'
import type { Db } from '#core/database.ts'
import { job } from '#core/job.ts'
import type { Scene } from '#core/scene.ts'
import { mayRemove } from '#platform/removals.ts'
import { waitedSince } from './rules.ts'
import { tables } from './tables.ts'

/** Removes the bytes of a file that its owner gave up, then its row. */
export const removeReleased = job({
  name: 'files.remove-released',
  input: z.object({ id: z.uuid() }),

  async run(scene, { id }) {
    const row = await scene.look(async (db) => {
      const released = await tables(db)
        .selectFrom('file')
        .select(['id', 'storage_key as key'])
        .where('id', '=', id)
        .where('released_at', 'is not', null)
        .executeTakeFirst()
      // While a backup runs its bytes stay; the sweep takes them later.
      return released && (await mayRemove(db)) ? released : null
    })
    if (!row) return
    await scene.outside.storage.remove(row.key)
    await scene.change((db) => forget(db, 'file', id))
  },
})

/**
 * Removes what nobody claimed within 48 hours, and what crashes and failures left. Bytes first, then the row: stopped at
 * any moment, the next run goes on. A file whose bytes can't be removed now does not hold up the others.
 */
export const sweepStaged = job({
  name: 'files.sweep-staged',
  input: z.object({}),
  every: '41 * * * *',

  async run(scene) {
    const before = waitedSince(scene.now)
    const free = await scene.change(async (db) => {
      if (!(await mayRemove(db))) return false
      // Dropped before its bytes are touched: from here on no claim can have it.
      await tables(db)
        .updateTable('staged_file')
        .set({ dropped_at: scene.now })
        .where('claimed_at', 'is', null)
        .where('dropped_at', 'is', null)
        .where('staged_at', '<=', before)
        .execute()
      // A claimed file's bytes belong to it; only the used token is forgotten.
      await tables(db).deleteFrom('staged_file').where('claimed_at', '<=', before).execute()
      return true
    })
    // A backup is copying files: the next hour's sweep does it.
    if (!free) return
    let failed = 0
    for (const [table, over] of leftovers(scene)) failed += await removeAll(scene, table, over)
    if (failed > 0) throw new Error(`${failed} files could not be removed`)
  },
})

type Table = 'staged_file' | 'arriving_file' | 'file'
type Listed = { id: string; key: string }

/** What is over, table by table, beginning after an id. */
const leftovers = ({ now }: Scene): [Table, (db: Db, after: string) => Promise<Listed[]>][] => [
  [
    'staged_file',
    (db, after) =>
      tables(db)
        .selectFrom('staged_file')
        .select(['id', 'storage_key as key'])
        .where('dropped_at', 'is not', null)
        .where('id', '>', after)
        .orderBy('id')
        .limit(100)
        .execute(),
  ],
  [
    'arriving_file',
    (db, after) =>
      tables(db)
        .selectFrom('arriving_file')
        .select(['id', 'storage_key as key'])
        .where('begun_at', '<=', waitedSince(now))
        .where('id', '>', after)
        .orderBy('id')
        .limit(100)
        .execute(),
  ],
  [
    // Its own job comes first; this is for one that was given up.
    'file',
    (db, after) =>
      tables(db)
        .selectFrom('file')
        .select(['id', 'storage_key as key'])
        .where('released_at', '<=', waitedSince(now))
        .where('id', '>', after)
        .orderBy('id')
        .limit(100)
        .execute(),
  ],
]

/** Returns how many could not be removed. */
async function removeAll(scene: Scene, table: Table, over: (db: Db, after: string) => Promise<Listed[]>) {
  let failed = 0
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await scene.look(over, after)
    for (const { id, key } of rows) {
      after = id
      const removed = await scene.outside.storage.remove(key).then(
        () => true,
        () => false,
      )
      if (removed) await scene.change((db) => forget(db, table, id))
      else failed++
    }
    if (rows.length === 0) return failed
  }
}

const forget = (db: Db, table: Table, id: string) => tables(db).deleteFrom(table).where('id', '=', id).execute()
