import { enqueue } from '#core/job.ts'
import type { Stage } from '#core/scene.ts'
import { twiceSince } from '#core/twice.ts'
import { holdPerson } from '#modules/people/index.ts'
import { deliverOffer } from '../jobs.ts'
import { insertMandate, type NewMandate, sameOffer } from '../queries/mandates.ts'

/**
 * Offers a mandate and tells by mail to whom, in the caller's own transaction; gives the mandate's id. The same offer again
 * at once, while it waits to be accepted, is the same offer: a form sent twice sends one mail.
 */
export async function offerMandate(stage: Stage, offer: NewMandate & { mail: string }): Promise<string> {
  // Held, so that of two posts at the same moment the second finds what the first has offered.
  await holdPerson(stage.db, offer.principal)
  const known = await sameOffer(stage.db, offer, twiceSince(stage.now))
  if (known) return known.id
  await insertMandate(stage.db, offer)
  await enqueue(stage, deliverOffer, { id: offer.id })
  return offer.id
}
