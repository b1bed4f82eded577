import { z } from 'zod'
import { action } from '#core/action.ts'
import { mailAddress } from '#core/inputs.ts'
import { Refusal } from '#core/refusal.ts'
import { isBlank } from '#core/text.ts'
import { giveAccess } from '../queries/own.ts'
import { filingByNumber } from '../queries.ts'
import { comparedMail, readReceiptNumber } from '../rules.ts'
import { ja } from '../words.ja.ts'

/**
 * Lets this browser see a filing for some hours, if receipt number and mail address belong together. Says the same
 * whether the number or the address is wrong, so that nobody learns which numbers exist. Tries are counted first
 * (`countStatusTry`).
 */
export const openStatus = action({
  name: 'procedures.open-status',
  title: 'Open the state of a filing by receipt number and mail address',
  pagesOnly: 'opens it for a browser',
  input: z.object({
    number: z.string(ja.status.noNumber).transform((typed, context) => {
      const number = readReceiptNumber(typed.slice(0, 60))
      if (!number)
        context.addIssue({ code: 'custom', message: isBlank(typed) ? ja.status.noNumber : ja.status.badNumber })
      return number ?? ''
    }),
    mail: mailAddress,
  }),
  output: z.object({ filing: z.string(), number: z.string() }),
  allow: ({ visitor }) => visitor.length > 0,

  async run({ db, visitor: [browser], now }, { number, mail }) {
    const filing = await filingByNumber(db, number)
    const theirs = filing?.mail && comparedMail(filing.mail) === comparedMail(mail)
    if (!filing || !theirs || !browser) throw new Refusal('invalid', 'no match', { number: ja.status.unknown })
    await giveAccess(db, filing.id, browser, now)
    return { filing: filing.id, number: filing.number }
  },
  subjects: (_, { filing }) => [{ module: 'procedures', kind: 'filing', id: filing }],
})
