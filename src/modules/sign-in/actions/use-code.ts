import { z } from 'zod'
import { action } from '#core/action.ts'
import { Refusal } from '#core/refusal.ts'
import { enterPerson, findByMail } from '#modules/people/index.ts'
import { startSession } from '#web/sessions.ts'
import { tables } from '../tables.ts'
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
    id: z.uuid('確認コードをもう一度送ってください'),
    code: z
      .string({ error: '確認コードを入力してください' })
      .transform((typed) => typed.normalize('NFKC').replace(/[\s-]/g, ''))
      .pipe(z.string().regex(/^\d{6}$/, '確認コードは数字6桁で入力してください')),
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
    if (over) throw wrong('この確認コードは使えなくなりました。もう一度コードを送ってください')
    if (sent.tries > codeTries)
      throw wrong('間違いが続いたため、このコードは使えません。もう一度コードを送ってください')
    if (!outside.sealer.verify('mail-code', `${id} ${code}`, sent.code)) {
      throw wrong('確認コードが違います。メールに書かれた6桁の数字を入力してください')
    }
    await tables(db).updateTable('mail_code').set({ used_at: now }).where('id', '=', id).execute()
    const opened = outside.sealer.open('mail-code', sent.sealed)
    const { mail } = JSON.parse(opened ?? 'null') as { mail: string }

    const known = await findByMail(db, mail)
    assertEnabled(known)
    const person =
      known?.id ?? (await enterPerson(db, { kind: 'resident', name: mail, mail, mailVerifiedAt: now }, now))
    await startSession(db, { id: session, person, assurance: 'mail', provider: 'mail', staff: false }, now)
    return { person }
  },
  subjects: (_, { person }) => [{ module: 'people', kind: 'person', id: person }],
})
