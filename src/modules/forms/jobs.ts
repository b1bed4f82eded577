import { z } from 'zod'
import { job } from '#core/job.ts'
import { forgetDrafts } from './queries.ts'

/** Drafts that nobody has touched for this long are forgotten. */
export const draftDays = 60

export const forgetOldDrafts = job({
  name: 'forms.forget-old-drafts',
  input: z.object({}),
  every: '41 3 * * *',

  async run(scene) {
    const before = new Date(scene.now.getTime() - draftDays * 86_400_000)
    await scene.change((db) => forgetDrafts(db, before))
  },
})
