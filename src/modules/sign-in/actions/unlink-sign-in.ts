import { z } from 'zod'
import { action } from '#core/action.ts'
import { id } from '#core/inputs.ts'
import { Refusal } from '#core/refusal.ts'
import { holdPerson, keepVerified, signInsOf, unlinkSignIn as unlink } from '#modules/people/index.ts'
import { endMembersOf } from '#modules/representation/index.ts'
import { endSessionsBy } from '#web/sessions.ts'
import { mayUnlink, sureEnoughToLink } from '../rules.ts'
import { says } from '../words.refusals.ja.ts'

/**
 * Takes one of one's own sign-ins away. What hung on it ends: sessions that were begun with it (but this one), and acting
 * for the company of a GビズID account. What it had vouched for is forgotten; filings keep how surely the office knew.
 */
export const unlinkSignIn = action({
  name: 'people.unlink-sign-in',
  title: 'Take one of one’s own sign-ins away',
  input: z.object({ signIn: id, session: z.string().max(100).optional() }),
  output: z.object({ person: z.string() }),
  allow: ({ actor }) => actor?.kind === 'person',

  async run({ db, now, actor }, { signIn, session }) {
    // Held: of two tabs that take a sign-in away, the second sees what the first has left.
    const me = actor && (await holdPerson(db, actor.id))
    if (!me) throw new Refusal('missing', 'no such person')
    const all = await signInsOf(db, me.id)
    const found = all.find((one) => one.id === signIn)
    if (!found) throw new Refusal('missing', 'no such sign-in')
    if (!sureEnoughToLink(actor, all)) {
      throw new Refusal('conflict', 'came less surely than once before', { signIn: says.notSureEnough })
    }
    if (!mayUnlink({ kind: me.kind, mailVerified: me.mail_verified_at !== null }, all.length)) {
      throw new Refusal('conflict', 'the last way in', {
        signIn: says.unlinkSignIn.theLastWayIn,
      })
    }
    await unlink(db, signIn, me.id)
    await endMembersOf(db, signIn, me.id, now)
    const again = all.some(({ id, profile }) => id !== signIn && profile === found.profile)
    if (!again) await keepVerified(db, me.id, {}, found.profile, now)
    if (found.provider) await endSessionsBy(db, { person: me.id, provider: found.provider, but: session ?? '' }, now)
    return { person: me.id }
  },
  subjects: ({ signIn }, { person }) => [
    { module: 'people', kind: 'person', id: person },
    { module: 'people', kind: 'sign-in', id: signIn },
  ],
})
