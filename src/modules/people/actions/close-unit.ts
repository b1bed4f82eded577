import { z } from 'zod'
import { action } from '#core/action.ts'
import { formatDate } from '#core/dates.ts'
import { day, id } from '#core/inputs.ts'
import { holds } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { unitStates } from '../queries.ts'
import { tables } from '../tables.ts'
import { says } from '../words.refusals.ja.ts'
import { latestState } from './unit-states.ts'

/** Closes a department or section: `from` is the first day without it. Nobody and nothing may be left in it. */
export const closeUnit = action({
  name: 'people.close-unit',
  title: 'Close a department or a section',
  input: z.object({ unit: id, from: day }),
  output: z.object({}),
  allow: ({ actor }) => holds(actor, 'administrator'),

  async run({ db }, { unit, from }) {
    const latest = await latestState(db, unit)
    if (from <= latest.valid_from) {
      throw new Refusal('conflict', 'too early', {
        from: says.unit.closedTooEarly(formatDate(latest.valid_from)),
      })
    }
    const inside = (await unitStates(db)).filter(
      (state) => state.parent === unit && (state.valid_to === null || state.valid_to > from),
    )
    if (inside[0]) {
      throw new Refusal('conflict', 'sections inside', { from: says.closeUnit.sectionsInside(inside[0].name) })
    }
    const members = await tables(db)
      .selectFrom('membership')
      .select('person')
      .distinct()
      .where('section', '=', unit)
      .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', from)]))
      .execute()
    if (members.length > 0) {
      throw new Refusal('conflict', 'people inside', {
        from: says.closeUnit.peopleInside(members.length),
      })
    }
    await tables(db)
      .updateTable('unit_state')
      .set({ valid_to: from })
      .where('unit', '=', unit)
      .where('valid_from', '=', latest.valid_from)
      .execute()
    return {}
  },
  subjects: ({ unit }) => [{ module: 'people', kind: 'unit', id: unit }],
})
