import { z } from 'zod'
import { job } from '#core/job.ts'
import { letterhead, signed } from '#modules/people/index.ts'
import { tables } from './tables.ts'
import { ja } from './words.ja.ts'

/** Tells whoever is asked to act for somebody. The link is no key: it takes a sign-in by that mailbox. */
export const deliverOffer = job({
  name: 'people.deliver-offer',
  input: z.object({ id: z.uuid() }),

  async run(scene, { id }) {
    const offer = await scene.look((db) =>
      tables(db)
        .selectFrom('mandate')
        .select(['mail', 'accepted_at', 'revoked_at', 'expires_at'])
        .where('id', '=', id)
        .executeTakeFirst(),
    )
    if (!offer?.mail || offer.accepted_at || offer.revoked_at || offer.expires_at <= scene.now) return
    const head = await scene.look((db) => letterhead(scene, db))
    await scene.outside.mail.send({
      id,
      tenant: scene.tenant,
      to: offer.mail,
      subject: ja.offerMail.subject(head.tenant),
      text: signed(ja.offerMail.text(scene.outside.address(scene.tenant, '/my/mandates')), head),
    })
  },
})
