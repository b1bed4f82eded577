import { setTimeout as rest } from 'node:timers/promises'
import { z } from 'zod'
import { job } from '#core/job.ts'
import type { Scene } from '#core/scene.ts'
import { tellWitnesses } from './publish.ts'
import { sealSome } from './seal.ts'

/** How long one turn seals, and how long each witness is told, in milliseconds. */
const slice = 20_000

/**
 * Seals what was written into the audit trail since the last time, and tells the witnesses. Leaves no entry of its own:
 * that would have to be sealed in turn, for ever. A trail of millions takes several turns, between which other tenants have
 * theirs.
 */
export const sealTrail = job({
  name: 'evidence.seal-trail',
  input: z.object({}),
  every: '*/5 * * * *',
  run: (scene) => sealFor(scene, slice),
})

/** One turn: at least one checkpoint and one message to each witness, then as many as fit. Says whether more is left. */
export async function sealFor(scene: Scene, milliseconds: number): Promise<'more' | undefined> {
  const begun = performance.now()
  let left = false
  for (let from = begun; ; from = performance.now()) {
    const sealed = await scene.change((db) => sealSome(db, scene))
    const now = performance.now()
    left = sealed > 0 && now - begun >= milliseconds
    if (sealed === 0 || left) break
    // Rests as long as it worked: whoever files something meanwhile comes first.
    await rest(now - from)
  }
  const told = await tellWitnesses(scene, milliseconds)
  return left || !told ? 'more' : undefined
}
