import { z } from 'zod'
import { action } from '#core/action.ts'
import { tokyoDate } from '#core/dates.ts'
import { newId } from '#core/ids.ts'
import { Refusal } from '#core/refusal.ts'
import { startSession } from '#web/sessions.ts'
import { findBySignIn, rolesOf } from '../queries.ts'
import { tables } from '../tables.ts'

/**
 * Recognises a member of staff whom the office's provider has vouched for, and begins the session.
 * Somebody new is entered without any role: an administrator gives the first one.
 */
export const recognise = action({
  name: 'people.recognise',
  title: 'Sign in a member of staff whom an identity provider has vouched for',
  pagesOnly: 'only after the provider’s answer has been verified',
  input: z.object({
    issuer: z.string().min(1),
    subject: z.string().min(1).max(255),
    name: z.string().min(1).max(200).nullable(),
    mail: z.email().nullable(),
    provider: z.string(),
    session: z.string(),
  }),
  output: z.object({ person: z.string(), staff: z.boolean() }),
  allow: () => true,

  async run({ db, now }, { issuer, subject, name, mail, provider, session }) {
    const known = await findBySignIn(db, issuer, subject)
    if (known?.disabled_at) throw new Refusal('forbidden', 'this person may no longer sign in')
    const person = known?.id ?? newId(now.getTime())
    if (!known) {
      await tables(db)
        .insertInto('person')
        .values({
          id: person,
          kind: 'staff',
          name: name ?? '（氏名未登録）',
          reading: null,
          mail,
          mail_verified_at: null,
          corporate_number: null,
          created_at: now,
          disabled_at: null,
        })
        .execute()
      await tables(db).insertInto('sign_in').values({ issuer, subject, person, linked_at: now }).execute()
      await tables(db)
        .insertInto('membership')
        .values({ id: newId(), person, section: null, valid_from: tokyoDate(now), valid_to: null })
        .execute()
    }
    const staff = (await rolesOf(db, person)).length > 0
    await startSession(db, { id: session, person, assurance: 'account', provider, staff: true }, now)
    return { person, staff }
  },
  subjects: (_, { person }) => [{ module: 'people', kind: 'person', id: person }],
})
