import { z } from 'zod'
import { action } from '#core/action.ts'
import {
  applyGroups,
  claimInvitation,
  enterStaff,
  holdBySignIn,
  linkSignIn,
  noteSignIn,
  rolesOf,
} from '#modules/people/index.ts'
import { startSession } from '#web/sessions.ts'
import { says } from '../words.refusals.ja.ts'
import { assertEnabled } from './assert-enabled.ts'

/**
 * Recognises a member of staff whom the office's provider has vouched for, and begins the session. Known again by issuer
 * and subject; the first time by an open invitation. Somebody new and not invited is entered without any role: an
 * administrator gives the first one.
 */
export const recognise = action({
  name: 'people.recognise',
  title: 'Sign in a member of staff whom an identity provider has vouched for',
  pagesOnly: 'only after the provider’s answer has been verified',
  input: z.object({
    issuer: z.string().min(1),
    subject: z.string().min(1).max(255),
    name: z.string().max(200).nullable(),
    mail: z.email().nullable(),
    mailVerified: z.boolean().default(false),
    groups: z.array(z.string()).default([]),
    provider: z.string(),
    session: z.string(),
  }),
  output: z.object({ person: z.string(), staff: z.boolean() }),
  allow: () => true,

  async run({ db, now }, { session, groups, ...vouched }) {
    const known = await holdBySignIn(db, vouched)
    assertEnabled(known)
    const person =
      known?.id ??
      (await claimInvitation(db, vouched, now)) ??
      (await enterStaff(db, { ...vouched, name: vouched.name || says.nameless }, now))
    const { issuer, subject, provider } = vouched
    const signIn =
      known?.signIn ?? (await linkSignIn(db, { issuer, subject, provider, profile: 'office' }, person, now))
    if (known) await noteSignIn(db, signIn, provider, now)
    await applyGroups(db, { person, provider, groups }, now)
    const staff = (await rolesOf(db, person)).length > 0
    await startSession(db, { id: session, person, assurance: 'account', provider, signIn, staff: true }, now)
    return { person, staff }
  },
  subjects: (_, { person }) => [{ module: 'people', kind: 'person', id: person }],
})
