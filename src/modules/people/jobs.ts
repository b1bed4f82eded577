import { z } from 'zod'
import { formatDate, tokyoDate } from '#core/dates.ts'
import { job } from '#core/job.ts'
import { forgetHits } from '#platform/tenants.ts'
import { sweepSessions } from '#web/sessions.ts'
import { letterhead, signed } from './letterhead.ts'
import { tables } from './tables.ts'
import { ja } from './words.ja.ts'

/** Mails a one-time code. A code older than its ten minutes is no longer worth a mail. */
export const deliverCode = job({
  name: 'people.deliver-code',
  input: z.object({ id: z.uuid() }),

  async run(scene, { id }) {
    const row = await scene.look((db) =>
      tables(db)
        .selectFrom('mail_code')
        .select(['sealed', 'sent_at', 'used_at'])
        .where('id', '=', id)
        .executeTakeFirst(),
    )
    if (!row || row.used_at || scene.now.getTime() - row.sent_at.getTime() > 600_000) return
    const opened = scene.outside.sealer.open('mail-code', row.sealed)
    if (!opened) return
    const { mail, code } = JSON.parse(opened) as { mail: string; code: string }
    const head = await scene.look((db) => letterhead(scene, db))
    await scene.outside.mail.send({
      id,
      tenant: scene.tenant,
      to: mail,
      subject: ja.codeMail.subject(head.tenant),
      text: signed(ja.codeMail.text(code, head.tenant), head),
    })
  },
})

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

/** Forgets what is over: sessions, codes, flows, windows of limits. */
export const sweep = job({
  name: 'people.sweep',
  input: z.object({}),
  every: '17 3 * * *',

  async run(scene) {
    const dayAgo = new Date(scene.now.getTime() - 86_400_000)
    await scene.change(async (db) => {
      await sweepSessions(db, scene.now)
      await tables(db).deleteFrom('mail_code').where('sent_at', '<', dayAgo).execute()
      await tables(db).deleteFrom('sign_in_flow').where('started_at', '<', dayAgo).execute()
      await forgetHits(db, dayAgo)
    })
  },
})
