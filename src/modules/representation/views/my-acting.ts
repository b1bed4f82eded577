import { z } from 'zod'
import { accountTypes } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { ofReader, view } from '#core/view.ts'
import { findPerson } from '#modules/people/index.ts'
import { companiesOf } from '../queries/companies.ts'
import { mandatesHeld } from '../queries/mandates.ts'
import { actsWith } from '../rules.ts'

/** For whom one may act now: oneself, companies, mandates. */
export const myActing = view({
  name: 'people.my-acting',
  title: 'For whom one may act',
  input: z.object({}),
  output: z.object({
    now: z.string(),
    choices: z.array(
      z.object({
        whom: z.string(),
        name: z.string(),
        account: z.enum(accountTypes).nullable(),
        number: z.string().nullable(),
        until: z.date().nullable(),
        /** Members by GビズID act for the company only where they came with it. */
        usable: z.boolean(),
      }),
    ),
  }),
  allow: ({ actor }) => actor?.kind === 'person',
  personal: ofReader,

  async run({ db, now, actor }) {
    const me = actor && (await findPerson(db, actor.id))
    if (!me) throw new Refusal('missing', 'no such person')
    const [companies, mandates] = await Promise.all([companiesOf(db, me.id), mandatesHeld(db, me.id, now)])
    const { represents, mandate } = actor
    return {
      now: mandate ? `mandate:${mandate.id}` : represents ? `company:${represents}` : 'self',
      choices: [
        { whom: 'self', name: me.name, account: null, number: null, until: null, usable: true },
        ...companies.map(({ id, name, corporate_number, account, source }) => ({
          whom: `company:${id}`,
          name,
          account,
          number: corporate_number,
          until: null,
          usable: actsWith({ source, account }, actor.cameWith ?? null) !== undefined,
        })),
        ...mandates.map(({ id, name, expires_at, source }) => ({
          whom: `mandate:${id}`,
          name,
          account: null,
          number: null,
          until: expires_at,
          usable: source !== 'gbizid' || Boolean(actor.cameWith),
        })),
      ],
    }
  },
})
