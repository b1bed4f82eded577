import { z } from 'zod'
import { enqueue, job } from '#core/job.ts'
import type { Scene } from '#core/scene.ts'
import { onStage } from '#core/scene.ts'
import { findPerson, letterhead } from '#modules/people/index.ts'
import { beginAttempt, leftLying, recordOutcome, sweepOld } from './actions/deliver.ts'
import { findLetter } from './queries.ts'
import { afterFailure, keptDays, responseOf, restlessAfter } from './rules.ts'
import { mailWords } from './words.ja.ts'

/**
 * Sends a notice's mail: count the try, send outside of any transaction, write down what became of it. At least once:
 * a repeated mail carries the same Message-ID, made from the notice's id. Temporary failures are thrown, so that the
 * outbox tries again.
 */
export const deliver = job({
  name: 'notices.deliver',
  input: z.object({ id: z.uuid() }),

  async run(scene, { id }) {
    const { attempts, letter } = await scene.change(async (db) => ({
      attempts: await beginAttempt(db, id, scene.now),
      letter: await composeMail(scene, db, id),
    }))
    if (attempts === null || !letter) return
    if (!letter.to) {
      await scene.change((db) => recordOutcome(db, id, { state: 'given-up', response: 'no-address', sent_at: null }))
      return
    }
    try {
      await scene.outside.mail.send({ id, tenant: scene.tenant, ...letter, to: letter.to })
    } catch (error) {
      const state = afterFailure(attempts, (error as { permanent?: unknown } | null)?.permanent === true)
      await scene.change((db) => recordOutcome(db, id, { state, response: responseOf(error), sent_at: null }))
      if (state === 'failed') throw error
      return
    }
    await scene.change((db) => recordOutcome(db, id, { state: 'sent', response: 'taken', sent_at: scene.now }))
  },
})

/** The whole mail; `to` is null where its reader has no mail address (any more). */
async function composeMail({ tenant, outside }: Scene, db: Parameters<typeof findLetter>[0], id: string) {
  const letter = await findLetter(db, id)
  if (!letter) return null
  const person = letter.person ? await findPerson(db, letter.person) : null
  const head = await letterhead({ tenant, outside }, db)
  const text = [
    letter.body.trimEnd(),
    letter.href && `${mailWords.more}\n${outside.address(tenant, letter.href)}`,
    head.signature,
    `${mailWords.who(head)}\n${mailWords.mistaken}`,
    head.trial,
  ]
    .filter(Boolean)
    .join('\n\n')
  const to = person ? (person.disabled_at ? null : person.mail) : letter.mail
  return { to, subject: letter.subject, text: `${text}\n` }
}

/** Takes up again what has lost its job, and forgets what has been kept long enough. */
export const tidy = job({
  name: 'notices.tidy',
  input: z.object({}),
  every: '41 * * * *',

  async run(scene) {
    const { now } = scene
    await scene.change(async (db) => {
      for (const id of await leftLying(db, now, new Date(now.getTime() - restlessAfter))) {
        await enqueue(onStage(scene, db), deliver, { id })
      }
      await sweepOld(db, new Date(now.getTime() - keptDays * 86_400_000))
    })
  },
})
