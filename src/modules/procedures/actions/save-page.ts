import { z } from 'zod'
import { action } from '#core/action.ts'
import { ownersOf } from '#core/scene.ts'
import { nextPage, savePage as save } from '#modules/forms/index.ts'

const typed = z.union([z.string().max(100_000), z.array(z.string().max(100_000)).max(1000)])

/**
 * Saves one page of a draft. What is wrong is saved too, as typed, and named in `errors`: the page can be corrected
 * now or later, on this device or, signed in, on another.
 */
export const savePage = action({
  name: 'procedures.save-page',
  title: 'Save one page of a draft',
  input: z.object({
    draft: z.uuid(),
    page: z.string().max(200),
    /** What the page's fields hold, by their ids; a date as "2026-11-21" or in its three parts. */
    raw: z.record(z.string(), typed),
    files: z
      .record(z.string(), z.array(z.object({ file: z.string(), name: z.string(), size: z.number(), type: z.string() })))
      .optional(),
  }),
  output: z.object({ errors: z.record(z.string(), z.string()), next: z.string() }),
  allow: ({ actor, visitor }) => actor !== null || visitor.length > 0,
  holds: (scene, { draft }) => [draft, ...ownersOf(scene)],

  async run(stage, { draft, page, raw, files }) {
    const { read, definition, today } = await save(stage, { draft, page, raw, ...(files && { files }) })
    return { errors: read.errors, next: nextPage(definition, read.answers, page, today) }
  },
  subjects: ({ draft }) => [{ module: 'procedures', kind: 'draft', id: draft }],
})
