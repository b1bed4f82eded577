import { z } from 'zod'
import { job } from '#core/job.ts'
import { letterhead, signed } from '#modules/people/index.ts'
import { forgetHits } from '#platform/tenants.ts'
import { sweepSessions } from '#web/sessions.ts'
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
