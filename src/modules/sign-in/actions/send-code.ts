import { z } from 'zod'
import { action } from '#core/action.ts'
import { newId } from '#core/ids.ts'
import { mailAddress } from '#core/inputs.ts'
import { enqueue } from '#core/job.ts'
import { Refusal } from '#core/refusal.ts'
import { countHit } from '#platform/tenants.ts'
import { deliverCode } from '../jobs.ts'
import { tables } from '../tables.ts'
import { says } from '../words.refusals.ja.ts'

/** A whole office may share one connection; still, nobody makes of us a sender of unasked mail. */
const perHour = { mailbox: 5, browser: 10, from: 100 }

/** Sends a resident a one-time code. Says the same whether or not the address is known, so nobody can ask who is. */
export const sendCode = action({
  name: 'people.send-code',
  title: 'Send a one-time code by mail',
  pagesOnly: 'signs a browser in',
  input: z.object({ mail: mailAddress, browser: z.string(), from: z.string() }),
  output: z.object({ id: z.string() }),
  allow: () => true,

  async run(stage, { mail, browser, from }) {
    const { db, now, outside } = stage
    const mailbox = outside.sealer.sign('mail-limit', mail.toLowerCase())
    const hits = await Promise.all([
      countHit(db, `code:${mailbox}`, now, 3600),
      countHit(db, `code:${browser}`, now, 3600),
      countHit(db, `code:${from}`, now, 3600),
    ])
    if (hits[0] > perHour.mailbox || hits[1] > perHour.browser || hits[2] > perHour.from) {
      throw new Refusal('conflict', 'too many codes', {
        mail: says.sendCode.tooManyCodes,
      })
    }
    const id = newId(now.getTime())
    const code = outside.sealer.newCode(6)
    await tables(db)
      .insertInto('mail_code')
      .values({
        id,
        browser,
        sealed: outside.sealer.seal('mail-code', JSON.stringify({ mail, code })),
        code: outside.sealer.sign('mail-code', `${id} ${code}`),
        tries: 0,
        sent_at: now,
        used_at: null,
      })
      .execute()
    await enqueue(stage, deliverCode, { id })
    return { id }
  },
})
