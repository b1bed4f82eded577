import { setTimeout as rest } from 'node:timers/promises'
import { z } from 'zod'
import { job } from '#core/job.ts'
import { tellWitnesses } from './publish.ts'
import { sealSome } from './seal.ts'

/** How long one run goes on, in milliseconds: a trail of millions is sealed in several. */
const longest = 200_000

/**
 * Seals what was written into the audit trail since the last time, and tells the witnesses. Leaves no entry of its own:
 * that would have to be sealed in turn, for ever.
 */
export const sealTrail = job({
  name: 'evidence.seal-trail',
  input: z.object({}),
  every: '*/5 * * * *',

  async run(scene) {
    const begun = performance.now()
    for (let from = begun; from - begun < longest; from = performance.now()) {
      if ((await scene.change((db) => sealSome(db, scene))) === 0) break
      // Rests as long as it worked: whoever files something meanwhile comes first.
      await rest(performance.now() - from)
    }
    await tellWitnesses(scene)
  },
})
