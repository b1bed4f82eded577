import { z } from 'zod'
import { action } from '#core/action.ts'
import { tokyoDate } from '#core/dates.ts'
import { id } from '#core/inputs.ts'
import { holds } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { plannedOf } from '../rules/units.ts'
import { tables } from '../tables.ts'
import { ownStates } from './unit-states.ts'

/**
 * Takes back the last change of a unit that has not come about yet: its closing, else its new name or place. What has
 * happened stays. A unit that is yet to be set up is not unplanned but closed: others may already stand in it.
 */
export const cancelUnitPlan = action({
  name: 'people.cancel-unit-plan',
  title: 'Take back the last planned change of a department or a section',
  input: z.object({ unit: id }),
  output: z.object({}),
  allow: ({ actor }) => holds(actor, 'administrator'),

  async run({ db, now }, { unit }) {
    const states = await ownStates(db, unit)
    const [latest, before] = states
    if (!latest) throw new Refusal('missing', 'no such unit')
    const planned = plannedOf(states, tokyoDate(now))
    if (!planned) throw new Refusal('conflict', 'nothing is planned')
    const at = (day: string) =>
      tables(db).updateTable('unit_state').where('unit', '=', unit).where('valid_from', '=', day)
    if (planned === 'change' && before) {
      await tables(db)
        .deleteFrom('unit_state')
        .where('unit', '=', unit)
        .where('valid_from', '=', latest.valid_from)
        .execute()
      await at(before.valid_from).set({ valid_to: null }).execute()
    } else await at(latest.valid_from).set({ valid_to: null }).execute()
    return {}
  },
  subjects: ({ unit }) => [{ module: 'people', kind: 'unit', id: unit }],
})
