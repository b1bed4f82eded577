import { z } from 'zod'
import { action } from '#core/action.ts'
import { newId } from '#core/ids.ts'
import { ownersOf } from '#core/scene.ts'
import { countHit } from '#platform/tenants.ts'
import { stagedLately } from '../queries.ts'
import { hourly, storageKey } from '../rules.ts'
import { tables } from '../tables.ts'

/**
 * Says yes or no before the first byte is read, and notes where bytes will be: whatever happens afterwards, the sweep
 * finds them. A "no" is an answer, not a refusal, since a rollback would forget the count.
 */
export const beginUpload = action({
  name: 'files.begin-upload',
  title: 'Begin to receive a file',
  pagesOnly: 'the bytes follow on the same connection',
  input: z.object({ address: z.string().nullable() }),
  output: z.object({ id: z.uuid().nullable() }),
  // Anybody may send files with a form, but must be known again: by sign-in, by token or by browser.
  allow: (scene) => ownersOf(scene).length > 0,

  async run(stage, { address }) {
    const { db, now, tenant } = stage
    const owners = ownersOf(stage)
    const many = await countHit(db, `files:${owners[0]}`, now, 3600)
    const near = address ? await countHit(db, `files:${address}`, now, 3600) : 0
    if (many > hourly.files || near > hourly.filesOfAddress) return { id: null }
    if ((await stagedLately(db, owners, now)) >= hourly.bytes) return { id: null }

    const id = newId(now.getTime())
    await tables(db)
      .insertInto('arriving_file')
      .values({ id, storage_key: storageKey(tenant, id), begun_at: now })
      .execute()
    return { id }
  },
  subjects: (_, { id }) => (id ? [{ module: 'files', kind: 'file', id }] : []),
})
