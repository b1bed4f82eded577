import { z } from 'zod'
import { action } from '#core/action.ts'
import { formatDate } from '#core/dates.ts'
import { newId } from '#core/ids.ts'
import { day, id } from '#core/inputs.ts'
import { holds } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { findPerson, holdUnitStates } from '../queries.ts'
import { followsOn, isOpenFrom } from '../rules/units.ts'
import { tables } from '../tables.ts'
import { says } from '../words.refusals.ja.ts'

/** Moves a member of staff to another section from a day on, which may lie ahead. What was before stays. */
export const movePerson = action({
  name: 'people.move-person',
  title: 'Move a member of staff to another section',
  input: z.object({ person: id, section: z.uuid(says.movePerson.section), from: day }),
  output: z.object({}),
  allow: ({ actor }) => holds(actor, 'administrator'),

  async run({ db, now }, { person, section, from }) {
    const found = await findPerson(db, person)
    if (found?.kind !== 'staff') throw new Refusal('missing', 'no such member of staff')
    const states = await holdUnitStates(db)
    if (!states.some(({ unit, kind }) => unit === section && kind === 'section')) {
      throw new Refusal('invalid', 'no such section', { section: says.movePerson.section })
    }
    if (!isOpenFrom(states, section, from)) {
      throw new Refusal('conflict', 'not open', {
        section: says.movePerson.notOpen,
      })
    }
    const latest = await tables(db)
      .selectFrom('membership')
      .select(['id', 'section', 'valid_from', 'valid_to'])
      .where('person', '=', person)
      .where('valid_to', 'is', null)
      .executeTakeFirst()
    if (latest?.section === section) {
      throw new Refusal('conflict', 'there already', { section: says.movePerson.thereAlready })
    }
    const follows = latest ? followsOn(latest, from) : 'after'
    if (latest && follows === 'too-early') {
      throw new Refusal('conflict', 'too early', {
        from: says.movePerson.tooEarly(formatDate(latest.valid_from)),
      })
    }
    if (latest && follows === 'instead') {
      await tables(db).updateTable('membership').set({ section }).where('id', '=', latest.id).execute()
      return {}
    }
    if (latest) await tables(db).updateTable('membership').set({ valid_to: from }).where('id', '=', latest.id).execute()
    await tables(db)
      .insertInto('membership')
      .values({ id: newId(now.getTime()), person, section, valid_from: from, valid_to: null })
      .execute()
    return {}
  },
  subjects: ({ person, section }) => [
    { module: 'people', kind: 'person', id: person },
    { module: 'people', kind: 'unit', id: section },
  ],
})
