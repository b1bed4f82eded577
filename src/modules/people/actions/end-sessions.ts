import { z } from 'zod'
import { action } from '#core/action.ts'
import { id } from '#core/inputs.ts'
import { holds } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { endSessionsOf } from '#web/sessions.ts'
import { findPerson } from '../queries.ts'

/** Ends all sessions of somebody, on every device: a lost phone, a forgotten sign-out. */
export const endSessions = action({
  name: 'people.end-sessions',
  title: 'End all sessions of somebody',
  input: z.object({ person: id }),
  output: z.object({}),
  allow: ({ actor }) => holds(actor, 'administrator'),

  async run({ db, now }, { person }) {
    if (!(await findPerson(db, person))) throw new Refusal('missing', 'no such person')
    await endSessionsOf(db, person, now)
    return {}
  },
  subjects: ({ person }) => [{ module: 'people', kind: 'person', id: person }],
})
