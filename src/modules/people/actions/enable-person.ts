import { z } from 'zod'
import { action } from '#core/action.ts'
import { id } from '#core/inputs.ts'
import { holds, isOneself } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { tables } from '../tables.ts'

/** Lets somebody sign in again, with the roles they had. */
export const enablePerson = action({
  name: 'people.enable-person',
  title: 'Let somebody sign in again',
  input: z.object({ person: id }),
  output: z.object({}),
  allow: ({ actor }) => holds(actor, 'administrator'),

  async run(stage, { person }) {
    // Whoever was stopped may still hold a token that they once issued.
    if (isOneself(stage.actor, person)) throw new Refusal('forbidden', 'four eyes')
    const found = await tables(stage.db)
      .updateTable('person')
      .set({ disabled_at: null })
      .where('id', '=', person)
      .returning('id')
      .executeTakeFirst()
    if (!found) throw new Refusal('missing', 'no such person')
    return {}
  },
  subjects: ({ person }) => [{ module: 'people', kind: 'person', id: person }],
})
