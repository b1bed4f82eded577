import { z } from 'zod'
import { formatDate, tokyoDate } from '#core/dates.ts'
import { job } from '#core/job.ts'
import { letterhead, signed } from './letters.ts'
import { tables } from './tables.ts'
import { ja } from './words.ja.ts'

/** Tells somebody that they are invited. The link is no key: the office's provider says who comes. */
export const deliverInvitation = job({
  name: 'people.deliver-invitation',
  input: z.object({ id: z.uuid() }),

  async run(scene, { id }) {
    const row = await scene.look((db) =>
      tables(db)
        .selectFrom('invitation')
        .innerJoin('person', 'person.id', 'invitation.person')
        .select(['invitation.mail', 'person.name', 'expires_at', 'used_at'])
        .where('invitation.id', '=', id)
        .executeTakeFirst(),
    )
    if (!row || row.used_at || row.expires_at <= scene.now) return
    const head = await scene.look((db) => letterhead(scene, db))
    const text = ja.invitationMail.text({
      name: row.name,
      office: head.tenant,
      address: scene.outside.address(scene.tenant, '/sign-in?back=/console'),
      // The last day, not the moment after it.
      until: formatDate(tokyoDate(new Date(row.expires_at.getTime() - 1))),
    })
    await scene.outside.mail.send({
      id,
      tenant: scene.tenant,
      to: row.mail,
      subject: ja.invitationMail.subject(head.tenant),
      text: signed(text, head),
    })
  },
})
