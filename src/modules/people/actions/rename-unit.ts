import { z } from 'zod'
import { action } from '#core/action.ts'
import { day, id } from '#core/inputs.ts'
import { holds } from '#core/policy.ts'

import { unitName } from './add-unit.ts'
import { changeUnit } from './unit-states.ts'

/** Gives a department or section a new name from a day on. Records from before keep the old one. */
export const renameUnit = action({
  name: 'people.rename-unit',
  title: 'Rename a department or a section',
  input: z.object({ unit: id, name: unitName, from: day }),
  output: z.object({}),
  allow: ({ actor }) => holds(actor, 'administrator'),

  async run({ db }, { unit, name, from }) {
    await changeUnit(db, unit, from, { name })
    return {}
  },
  subjects: ({ unit }) => [{ module: 'people', kind: 'unit', id: unit }],
})
