import { z } from 'zod'
import { tokyoDate } from '#core/dates.ts'
import { day } from '#core/inputs.ts'
import { holds } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { view } from '#core/view.ts'
import { unitStates } from '../queries.ts'
import { holdsOn, nameOn, plannedOf, stateOn } from '../rules/units.ts'
import { tables } from '../tables.ts'

const line = z.object({
  id: z.string(),
  name: z.string(),
  since: z.string(),
  until: z.string().nullable(),
  people: z.number(),
})

/** Departments with their sections as they stood, or will stand, on a day. */
export const units = view({
  name: 'people.units',
  title: 'Departments and sections on a day',
  input: z.object({ on: day.optional() }),
  output: z.object({
    on: z.string(),
    departments: z.array(line.extend({ sections: z.array(line) })),
  }),
  allow: ({ actor }) => holds(actor, 'administrator'),

  async run({ db, now }, { on = tokyoDate(now) }) {
    const states = await unitStates(db)
    const counts = await tables(db)
      .selectFrom('membership')
      .innerJoin('person', 'person.id', 'membership.person')
      .select(({ fn }) => ['section', fn.countAll<number>().as('people')])
      .where('valid_from', '<=', on)
      .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', on)]))
      .where('disabled_at', 'is', null)
      .groupBy('section')
      .execute()
    const peopleIn = (unit: string) => counts.find(({ section }) => section === unit)?.people ?? 0
    const there = states.filter((state) => holdsOn(state, on))
    const shown = (state: (typeof there)[number]) => ({
      id: state.unit,
      name: state.name,
      since: state.valid_from,
      until: state.valid_to,
      people: peopleIn(state.unit),
    })
    const departments = there
      .filter(({ kind }) => kind === 'department')
      .map((department) => {
        const sections = there.filter(({ parent }) => parent === department.unit).map(shown)
        return { ...shown(department), people: sections.reduce((sum, { people }) => sum + people, 0), sections }
      })
    return { on, departments }
  },
})

/** One department or section with all its states, newest first. */
export const unit = view({
  name: 'people.unit',
  title: 'One department or section with its history',
  input: z.object({ unit: z.uuid() }),
  output: z.object({
    id: z.string(),
    kind: z.enum(['department', 'section']),
    name: z.string(),
    department: z.string().nullable(),
    /** The department where it will stand in the end. */
    parent: z.string().nullable(),
    /** What has not come about yet and may be taken back. */
    planned: z.enum(['closing', 'change']).nullable(),
    /** The first day without it, where it is closed or going to be. */
    closedFrom: z.string().nullable(),
    states: z.array(
      z.object({ name: z.string(), department: z.string().nullable(), from: z.string(), to: z.string().nullable() }),
    ),
    sections: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
  allow: ({ actor }) => holds(actor, 'administrator'),

  async run({ db, now }, { unit }) {
    const states = await unitStates(db)
    const own = states.filter((state) => state.unit === unit).sort((a, b) => (a.valid_from < b.valid_from ? 1 : -1))
    const [latest] = own
    if (!latest) throw new Refusal('missing', 'no such unit')
    const today = tokyoDate(now)
    const current = stateOn(states, unit, today) ?? latest
    const departmentOf = ({ parent, valid_from }: { parent: string | null; valid_from: string }) =>
      parent && nameOn(states, parent, valid_from > today ? valid_from : today)
    return {
      id: unit,
      kind: latest.kind,
      name: current.name,
      department: departmentOf(current),
      parent: latest.parent,
      planned: plannedOf(own, today),
      closedFrom: latest.valid_to,
      states: own.map((state) => ({
        name: state.name,
        department: state.parent && nameOn(states, state.parent, state.valid_from),
        from: state.valid_from,
        to: state.valid_to,
      })),
      sections: states
        .filter((state) => state.parent === unit && holdsOn(state, today))
        .map((state) => ({ id: state.unit, name: state.name })),
    }
  },
})
