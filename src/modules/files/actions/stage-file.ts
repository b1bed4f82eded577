import { z } from 'zod'
import { action } from '#core/action.ts'
import { Refusal } from '#core/refusal.ts'
import { ownersOf } from '#core/scene.ts'
import { countHit } from '#platform/tenants.ts'
import { forgetArriving, stagedLately } from '../queries.ts'
import { hourly, storageKey } from '../rules.ts'
import { tables } from '../tables.ts'

/** Enters a file whose bytes are stored and checked; gives the token by which its owner can claim it. */
export const stageFile = action({
  name: 'files.stage-file',
  title: 'Enter a received file',
  pagesOnly: 'only what was received and checked on the same connection is entered',
  input: z.object({
    id: z.uuid(),
    name: z.string().min(1),
    type: z.string(),
    size: z.int().positive(),
    sha256: z.string(),
  }),
  output: z.object({ token: z.string().nullable() }),
  allow: (scene) => ownersOf(scene).length > 0,

  async run(stage, { id, ...bytes }) {
    const { db, now, tenant, outside } = stage
    const owners = ownersOf(stage)
    // The count's row lets one upload of an owner through at a time, so that many at once can't pass the limit together.
    await countHit(db, `files-staged:${owners[0]}`, now, 3600)
    if ((await stagedLately(db, owners, now)) + bytes.size > hourly.bytes) return { token: null }

    const { numDeletedRows } = await forgetArriving(db, id)
    if (numDeletedRows === 0n) throw new Refusal('conflict', 'these bytes were given up')
    const token = outside.sealer.newToken()
    await tables(db)
      .insertInto('staged_file')
      .values({
        id,
        token_hash: outside.sealer.hashToken(token),
        ...bytes,
        storage_key: storageKey(tenant, id),
        staged_by: owners[0] ?? '',
        staged_at: now,
        claimed_at: null,
        dropped_at: null,
      })
      .execute()
    return { token }
  },
  subjects: ({ id }) => [{ module: 'files', kind: 'file', id }],
})
