import { enqueue } from '#core/job.ts'
import type { Reference } from '#core/reference.ts'
import { Refusal } from '#core/refusal.ts'
import type { Stage } from '#core/scene.ts'
import { removeReleased } from '../jobs.ts'
import { findFileAbout } from '../queries.ts'
import { tables } from '../tables.ts'

/**
 * Gives a kept file up, in the caller's own transaction (an attachment taken back, a record at the end of its time).
 * From the commit on nobody finds it; its bytes are removed by a job. `about` must be what it was claimed for.
 * Throws `Refusal('missing')`.
 */
export async function releaseFile(stage: Stage, { file, about }: { file: string; about: Reference }): Promise<void> {
  const found = await findFileAbout(stage.db, file, about)
  if (!found) throw new Refusal('missing', 'no such file')
  await tables(stage.db)
    .updateTable('file')
    .set({ released_at: stage.now })
    .where('id', '=', file)
    .where('released_at', 'is', null)
    .execute()
  await enqueue(stage, removeReleased, { id: file })
}
