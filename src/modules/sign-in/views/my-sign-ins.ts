import { z } from 'zod'
import { profiles } from '#core/outside.ts'
import { Refusal } from '#core/refusal.ts'
import { view } from '#core/view.ts'
import { findPerson, signInsOf, verifiedOf } from '#modules/people/index.ts'
import { mayLink, mayUnlink, seesVerified } from '../rules.ts'

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
    /** In these ways more was verified than is shown: sign in so to see it. */
    hidden: z.array(z.enum(profiles)),
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
      verified: verified
        .filter(({ method }) => seesVerified(actor.assurance, method))
        .map(({ name, value, verified_at, method }) => ({ name, value, at: verified_at, method })),
      hidden: profiles.filter((way) =>
        verified.some(({ method }) => method === way && !seesVerified(actor.assurance, method)),
      ),
      offers: outside.providers(tenant).filter(({ profile }) => mayLink(me.kind, profile)),
    }
  },
})
