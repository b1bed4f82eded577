import { z } from 'zod'
import { action } from '#core/action.ts'
import { id } from '#core/inputs.ts'
import { holds } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { endSessionsOf } from '#web/sessions.ts'
import { holdPerson, otherAdministrators, rolesOf } from '../queries.ts'
import { tables } from '../tables.ts'
import { says } from '../words.refusals.ja.ts'

/** Stops somebody from using the house, at once: no sign-in, and open sessions end. Records stay. */
export const disablePerson = action({
  name: 'people.disable-person',
  title: 'Stop somebody from signing in',
  input: z.object({ person: id }),
  output: z.object({}),
  allow: ({ actor }) => holds(actor, 'administrator'),

  async run({ db, now, actor }, { person }) {
    const found = await holdPerson(db, person)
    if (!found) throw new Refusal('missing', 'no such person')
    const administers = (await rolesOf(db, person)).some(({ name }) => name === 'administrator')
    if (administers && (await otherAdministrators(db, person)) === 0) {
      throw new Refusal('conflict', 'the last administrator', { '': says.disablePerson.lastAdministrator })
    }
    if (actor?.id === person) {
      throw new Refusal('conflict', 'oneself', { '': says.disablePerson.oneself })
    }
    await tables(db)
      .updateTable('person')
      .set({ disabled_at: now })
      .where('id', '=', person)
      .where('disabled_at', 'is', null)
      .execute()
    await endSessionsOf(db, person, now)
    return {}
  },
  subjects: ({ person }) => [{ module: 'people', kind: 'person', id: person }],
})
