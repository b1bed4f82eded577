import { z } from 'zod'
import { action } from '#core/action.ts'
import { enterPerson, holdBySignIn, keepVerified, linkSignIn, noteSignIn } from '#modules/people/index.ts'
import { startSession } from '#web/sessions.ts'
import { assertEnabled } from './assert-enabled.ts'

/** What the card's certificate says (基本4情報). */
export const cardAttributes = z.object({
  name: z.string().min(1).max(200),
  address: z.string().max(400).nullable(),
  birthdate: z.iso.date().nullable(),
  gender: z.enum(['male', 'female', 'other']).nullable(),
})

/**
 * Recognises whoever has shown their My Number card, and begins the session. Known again by issuer and subject alone;
 * somebody new is entered as a new person, even where name and address are known: only their own consent links sign-ins.
 */
export const recogniseCard = action({
  name: 'people.recognise-card',
  title: 'Sign in somebody by their My Number card',
  pagesOnly: 'only after the provider’s answer has been verified',
  input: z.object({
    issuer: z.string().min(1),
    subject: z.string().min(1).max(255),
    attributes: cardAttributes,
    provider: z.string(),
    session: z.string(),
  }),
  output: z.object({ person: z.string() }),
  allow: () => true,

  async run({ db, now }, { issuer, subject, attributes, provider, session }) {
    const known = await holdBySignIn(db, { issuer, subject })
    assertEnabled(known)
    const person = known?.id ?? (await enterPerson(db, { kind: 'resident', name: attributes.name }, now))
    const signIn = known?.signIn ?? (await linkSignIn(db, { issuer, subject, provider, profile: 'card' }, person, now))
    if (known) await noteSignIn(db, signIn, provider, now)
    await keepVerified(db, person, attributes, 'card', now)
    await startSession(db, { id: session, person, assurance: 'card', provider, signIn, staff: false }, now)
    return { person }
  },
  subjects: (_, { person }) => [{ module: 'people', kind: 'person', id: person }],
})
