import { z } from 'zod'
import { job } from '#core/job.ts'
import { forgetAccess } from './queries/own.ts'

/** Forgets which browsers had seen a filing, once they no longer may. */
export const forgetOldAccess = job({
  name: 'procedures.forget-old-access',
  input: z.object({}),
  every: '53 3 * * *',

  async run(scene) {
    await scene.change((db) => forgetAccess(db, scene.now))
  },
})
