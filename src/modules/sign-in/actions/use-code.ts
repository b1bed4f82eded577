import { z } from 'zod'
import { action } from '#core/action.ts'
import { mailSignIn } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { findByMail, insertPerson } from '#modules/people/index.ts'
import { startSession } from '#web/sessions.ts'
import { tables } from '../tables.ts'
import { says } from '../words.refusals.ja.ts'
import { assertEnabled } from './assert-enabled.ts'

/** How many tries and minutes a code lives. */
export const codeTries = 5
export const codeMinutes = 10

/** Signs a resident in with the code (after `countTry`) from the mail; a resident who is new is entered by the mail address alone. */
export const useCode = action({
  name: 'people.use-code',
  title: 'Sign in with a one-time code',
  pagesOnly: 'signs a browser in',
  input: z.object({
    id: z.uuid(says.useCode.id),
    code: z
      .string({ error: says.useCode.code })
      .transform((typed) => typed.normalize('NFKC').replace(/[\s-]/g, ''))
      .pipe(z.string().regex(/^\d{6}$/, says.useCode.sixDigits)),
    browser: z.string(),
    session: z.string(),
  }),
  output: z.object({ person: z.string() }),
  allow: () => true,

  async run({ db, now, outside }, { id, code, browser, session }) {
    const wrong = (sentence: string) => new Refusal('invalid', 'wrong code', { code: sentence })
    const sent = await tables(db)
      .selectFrom('mail_code')
      .select(['sealed', 'code', 'tries', 'sent_at', 'used_at'])
      .where('id', '=', id)
      .where('browser', '=', browser)
      .forUpdate()
      .executeTakeFirst()
    const over = !sent || sent.used_at || now.getTime() - sent.sent_at.getTime() > codeMinutes * 60_000
    if (over) throw wrong(says.useCode.over)
    if (sent.tries > codeTries) throw wrong(says.useCode.tooManyTries)
    if (!outside.sealer.verify('mail-code', `${id} ${code}`, sent.code)) {
      throw wrong(says.useCode.other)
    }
    await tables(db).updateTable('mail_code').set({ used_at: now }).where('id', '=', id).execute()
    const opened = outside.sealer.open('mail-code', sent.sealed)
    const { mail } = JSON.parse(opened ?? 'null') as { mail: string }

    const known = await findByMail(db, mail)
    assertEnabled(known)
    const person =
      known?.id ??
      (await insertPerson(db, { kind: 'resident', name: mail, mail, mailVerifiedAt: now }, now)) ??
      // Two codes of one mailbox at the same moment: the other one has entered them.
      (await findByMail(db, mail))?.id
    if (!person) throw new Refusal('conflict', 'entered and gone')
    await startSession(
      db,
      { id: session, person, assurance: 'mail', provider: 'mail', signIn: mailSignIn, staff: false },
      now,
    )
    return { person }
  },
  subjects: (_, { person }) => [{ module: 'people', kind: 'person', id: person }],
})
