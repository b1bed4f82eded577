import { z } from 'zod'
import { job } from '#core/job.ts'
import { tellWitnesses } from './publish.ts'
import { sealSome } from './seal.ts'

/** Batches of one run: a trail of millions is sealed in several. */
const most = 100

/**
 * Seals what was written into the audit trail since the last time, and tells the witnesses. Leaves no entry of its own:
 * that would have to be sealed in turn, for ever.
 */
export const sealTrail = job({
  name: 'evidence.seal-trail',
  input: z.object({}),
  every: '*/5 * * * *',

  async run(scene) {
    for (let batches = 0; batches < most; batches++) {
      if ((await scene.change((db) => sealSome(db, scene))) === 0) break
    }
    await tellWitnesses(scene)
  },
})
