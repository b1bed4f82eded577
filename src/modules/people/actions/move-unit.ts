import { z } from 'zod'
import { action } from '#core/action.ts'
import { day, id } from '#core/inputs.ts'
import { holds } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { holdUnitStates } from '../queries.ts'
import { isOpenFrom } from '../rules/units.ts'
import { says } from '../words.refusals.ja.ts'
import { changeUnit } from './unit-states.ts'

/** Moves a section to another department from a day on. */
export const moveUnit = action({
  name: 'people.move-unit',
  title: 'Move a section to another department',
  input: z.object({ unit: id, parent: z.uuid(says.moveUnit.parent), from: day }),
  output: z.object({}),
  allow: ({ actor }) => holds(actor, 'administrator'),

  async run({ db }, { unit, parent, from }) {
    const states = await holdUnitStates(db)
    if (!states.some((state) => state.unit === unit)) throw new Refusal('missing', 'no such unit')
    if (!states.some((state) => state.unit === unit && state.kind === 'section')) {
      throw new Refusal('invalid', 'a department stays where it is', { parent: says.moveUnit.sectionsOnly })
    }
    if (!states.some((state) => state.unit === parent && state.kind === 'department')) {
      throw new Refusal('invalid', 'no such department', { parent: says.moveUnit.parent })
    }
    if (!isOpenFrom(states, parent, from)) {
      throw new Refusal('conflict', 'not open', { parent: says.unit.notOpen })
    }
    await changeUnit(db, unit, from, { parent })
    return {}
  },
  subjects: ({ unit, parent }) => [
    { module: 'people', kind: 'unit', id: unit },
    { module: 'people', kind: 'unit', id: parent },
  ],
})
