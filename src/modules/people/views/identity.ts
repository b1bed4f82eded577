import { z } from 'zod'
import { profiles } from '#core/outside.ts'
import { accountTypes } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { ofReader, view } from '#core/view.ts'
import { companiesOf } from '../queries/companies.ts'
import { mandatesHeld } from '../queries/mandates.ts'
import { signInsOf, verifiedOf } from '../queries/sign-ins.ts'
import { findPerson } from '../queries.ts'
import { actsWith, mayLink, mayUnlink } from '../rules/identity.ts'

/** The ways in which one can sign in, what providers have vouched for, and what else could be linked. */
export const mySignIns = view({
  name: 'people.my-sign-ins',
  title: 'One’s own ways to sign in, and what was verified',
  input: z.object({}),
  output: z.object({
    id: z.string(),
    mail: z.string().nullable(),
    signIns: z.array(
      z.object({
        id: z.string(),
        profile: z.enum(profiles),
        linked: z.date(),
        last: z.date().nullable(),
        removable: z.boolean(),
      }),
    ),
    verified: z.array(
      z.object({
        name: z.enum(['name', 'address', 'birthdate', 'gender', 'corporate_number']),
        value: z.string(),
        at: z.date(),
        method: z.string(),
      }),
    ),
    offers: z.array(z.object({ name: z.string(), label: z.string(), profile: z.enum(profiles) })),
  }),
  allow: ({ actor }) => actor?.kind === 'person',
  personal: ({ id }) => [{ module: 'people', kind: 'person', id }],

  async run({ db, actor, tenant, outside }) {
    const me = actor && (await findPerson(db, actor.id))
    if (!me) throw new Refusal('missing', 'no such person')
    const [signIns, verified] = await Promise.all([signInsOf(db, me.id), verifiedOf(db, me.id)])
    const mailVerified = me.mail_verified_at !== null
    const removable = mayUnlink({ kind: me.kind, mailVerified }, signIns.length)
    return {
      id: me.id,
      mail: mailVerified && me.kind === 'resident' ? me.mail : null,
      signIns: signIns.map(({ id, profile, linked_at, last_at }) => ({
        id,
        profile,
        linked: linked_at,
        last: last_at,
        removable,
      })),
      verified: verified.map(({ name, value, verified_at, method }) => ({ name, value, at: verified_at, method })),
      offers: outside.providers(tenant).filter(({ profile }) => mayLink(me.kind, profile)),
    }
  },
})

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
