import { z } from 'zod'
import { action } from '#core/action.ts'
import { newId } from '#core/ids.ts'
import { day, line } from '#core/inputs.ts'
import { holds } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { holdUnitStates } from '../queries.ts'
import { holdsOn, isOpenFrom } from '../rules/units.ts'
import { tables } from '../tables.ts'
import { says } from '../words.refusals.ja.ts'

export const unitName = line({ label: says.unit.name, max: 40 })

/** Sets up a department (部局), or a section (課) in one, from a day on. */
export const addUnit = action({
  name: 'people.add-unit',
  title: 'Set up a department or a section',
  input: z.object({
    kind: z.enum(['department', 'section'], says.addUnit.kind),
    name: unitName,
    /** For a section: its department. */
    parent: z.union([z.uuid(), z.literal('')], says.addUnit.parent).nullish(),
    from: day,
  }),
  output: z.object({ unit: z.string() }),
  allow: ({ actor }) => holds(actor, 'administrator'),

  async run({ db, now }, { kind, name, parent, from }) {
    const states = await holdUnitStates(db)
    if (kind === 'section' && !states.some((state) => state.unit === parent && state.kind === 'department')) {
      throw new Refusal('invalid', 'no such department', { parent: says.addUnit.noSuchDepartment })
    }
    if (kind === 'section' && parent && !isOpenFrom(states, parent, from)) {
      throw new Refusal('conflict', 'not open', { parent: says.unit.notOpen })
    }
    if (kind === 'department' && parent) {
      throw new Refusal('invalid', 'a department has no parent', {
        parent: says.addUnit.noParent,
      })
    }
    // The same form sent twice; a section of another department, or one before it was renamed, may well be called the same.
    const beside = states.filter((state) => state.kind === kind && state.parent === (parent || null))
    const called = beside.filter((state) => state.name === name && holdsOn(state, from))
    if (called.some(({ unit }) => isOpenFrom(beside, unit, from))) {
      throw new Refusal('conflict', 'there already', { name: says.addUnit.thereAlready })
    }
    const unit = newId(now.getTime())
    const ordinal = Math.max(-1, ...states.map((state) => state.ordinal)) + 1
    await tables(db).insertInto('unit').values({ id: unit, kind }).execute()
    await tables(db)
      .insertInto('unit_state')
      .values({ unit, valid_from: from, valid_to: null, name, parent: parent || null, ordinal })
      .execute()
    return { unit }
  },
  subjects: (_, { unit }) => [{ module: 'people', kind: 'unit', id: unit }],
})
