import { z } from 'zod'
import { type Reference, referenceSchema } from '#core/reference.ts'
import { Refusal } from '#core/refusal.ts'
import type { Stage } from '#core/scene.ts'
import { view } from '#core/view.ts'
import { findFile } from '../queries.ts'

/** Who may: said by the module that the file belongs to. */
type MayOpen = (stage: Stage, about: Reference) => boolean | Promise<boolean>

/**
 * What is known of a kept file. Every reading is recorded as one of personal data, before any bytes flow. A file that
 * isn't there and one that this person may not see are told in the same way.
 */
const fileShownTo = (mayOpen: MayOpen) =>
  view({
    name: 'files.file',
    title: 'A file that is kept with a record; its content is at /api/v1/files/{id}/content',
    input: z.object({ id: z.uuid() }),
    output: z.object({
      file: z.uuid(),
      name: z.string(),
      type: z.string(),
      size: z.int(),
      sha256: z.string(),
      kept_at: z.date(),
      about: referenceSchema,
    }),
    allow: () => true,

    async run(stage, { id }) {
      const file = await findFile(stage.db, id)
      if (!file || !(await mayOpen(stage, file.about))) {
        throw new Refusal(stage.actor ? 'missing' : 'signed-out', 'no such file')
      }
      return file
    },
    personal: ({ file, about }) => [{ module: 'files', kind: 'file', id: file }, about],
  })

/** A file for those to whom its owner shows the thing that it is about. */
export const file = fileShownTo(async ({ db, actor, registry }, { module, kind, id }) => {
  const owner = registry.things.find((thing) => thing.module === module && thing.kind === kind)
  return (await owner?.show(db, actor, id)) != null
})

/** A file about this very thing, for a caller that has decided by itself who may (a page reached by receipt number). */
export const fileAbout = ({ module, kind, id }: Reference) =>
  fileShownTo((_, about) => about.module === module && about.kind === kind && about.id === id)
