import { z } from 'zod'
import { action } from '#core/action.ts'
import type { SignedIn } from '#core/outside.ts'
import type { Assurance } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import type { Scene } from '#core/scene.ts'
import { findBySignIn, holdPerson, keepVerified, linkSignIn as link, signInsOf } from '#modules/people/index.ts'
import { noteBusiness } from '#modules/representation/index.ts'
import { startSession } from '#web/sessions.ts'
import { mayLink, sureEnoughToLink } from '../rules.ts'
import { says } from '../words.refusals.ja.ts'
import { assuranceOf } from './recognise-business.ts'

const minutes = 10

/** What a provider has just vouched for, waiting for the person's consent to link it. */
export type Pending = { person: string; provider: string; at: number; back: string; signedIn: SignedIn }

/** Sealed for the form that asks for consent: nobody can read it on the way, make one up, or use another person's. */
export const sealPending = ({ outside }: Pick<Scene, 'outside'>, pending: Pending): string =>
  outside.sealer.seal('link-sign-in', JSON.stringify(pending))

export function openPending({ outside, now }: Pick<Scene, 'outside' | 'now'>, sealed: string): Pending | null {
  const opened = outside.sealer.open('link-sign-in', sealed)
  const pending = opened ? (JSON.parse(opened) as Pending) : null
  return pending && now.getTime() - pending.at < minutes * 60_000 ? pending : null
}

/**
 * Links a sign-in that has just been shown to the person who is signed in, by their consent, and goes on with a session
 * as sure as that sign-in. One sign-in belongs to one person: where it is another's, that stays so.
 */
export const linkSignIn = action({
  name: 'people.link-sign-in',
  title: 'Link another sign-in to one’s own account',
  pagesOnly: 'a browser has just come back from the provider',
  input: z.object({
    pending: z.string().max(80_000),
    consent: z.literal('yes', says.linkSignIn.consent),
    session: z.string(),
  }),
  output: z.object({ person: z.string() }),
  allow: ({ actor }) => actor?.kind === 'person',

  async run(stage, { pending: sealed, session }) {
    const { db, now, actor } = stage
    const pending = openPending(stage, sealed)
    const me = actor && (await holdPerson(db, actor.id))
    if (!pending || !me || pending.person !== me.id) {
      throw new Refusal('conflict', 'the consent came too late or from another person', {
        consent: says.linkSignIn.tooLate,
      })
    }
    const { signedIn, provider } = pending
    const { issuer, subject, profile, attributes, business } = signedIn
    if (!mayLink(me.kind, profile)) throw new Refusal('forbidden', 'not to be linked to this kind of person')
    if (!sureEnoughToLink(actor, await signInsOf(db, me.id))) {
      throw new Refusal('conflict', 'came less surely than once before', { consent: says.notSureEnough })
    }
    const known = await findBySignIn(db, { issuer, subject })
    if (known && known.id !== me.id) {
      throw new Refusal('conflict', 'linked to somebody else', {
        consent: says.linkSignIn.linkedToSomebodyElse,
      })
    }
    const signIn = known?.signIn ?? (await link(db, { issuer, subject, provider, profile }, me.id, now))
    if (attributes) await keepVerified(db, me.id, attributes, 'card', now)
    const company = business ? await noteBusiness(db, { person: me.id, signIn, business }, now) : null
    const assurance: Assurance = profile === 'card' ? 'card' : business ? assuranceOf(business.account) : 'account'
    await startSession(
      db,
      {
        id: session,
        person: me.id,
        assurance,
        account: business?.account ?? null,
        represents: company,
        provider,
        signIn,
        staff: me.kind === 'staff',
      },
      now,
    )
    return { person: me.id }
  },
  subjects: (_, { person }) => [{ module: 'people', kind: 'person', id: person }],
})
