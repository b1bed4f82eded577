import { z } from 'zod'
import { action } from '#core/action.ts'
import { personName, reading } from '#core/inputs.ts'
import { Refusal } from '#core/refusal.ts'
import { findPerson, searchText } from '../queries.ts'
import { tables } from '../tables.ts'

/** A resident or company says how they are called. The names of staff are the office's business. */
export const changeMyName = action({
  name: 'people.change-my-name',
  title: 'Change one’s own name and its reading',
  input: z.object({ name: personName, reading }),
  output: z.object({ person: z.string() }),
  allow: ({ actor }) => actor?.kind === 'person',
  async allowThis({ db, actor }) {
    const me = actor && (await findPerson(db, actor.id))
    return me != null && me.kind !== 'staff'
  },

  async run({ db, actor }, { name, reading }) {
    const me = actor && (await findPerson(db, actor.id))
    if (!me) throw new Refusal('missing', 'no such person')
    await tables(db)
      .updateTable('person')
      .set({ name, reading, search: searchText({ name, reading, mail: me.mail }) })
      .where('id', '=', me.id)
      .execute()
    return { person: me.id }
  },
  subjects: (_, { person }) => [{ module: 'people', kind: 'person', id: person }],
})
