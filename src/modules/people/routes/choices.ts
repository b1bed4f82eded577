import { show } from '#core/view.ts'
import type { Ctx } from '#web/context.ts'
import { units } from '../views/units.ts'

/** Departments and sections to choose from: those of today, and those that are set up for a day to come. */
async function choices(c: Ctx) {
  const [now, later] = await Promise.all([show(units, c.var.scene, {}), show(units, c.var.scene, { on: '9999-12-31' })])
  const all = [...now.departments, ...later.departments]
  const departments = [...new Map(all.map(({ id, name }) => [id, { id, name }])).values()]
  const sections = all.flatMap(({ name: department, sections }) =>
    sections.map(({ id, name }) => ({ id, name, department })),
  )
  return { departments, sections: [...new Map(sections.reverse().map((one) => [one.id, one])).values()].reverse() }
}

export const departmentsOf = async (c: Ctx) => (await choices(c)).departments
export const sectionsOf = async (c: Ctx) => (await choices(c)).sections

/** Both, each department followed by its sections. */
export async function unitsOf(c: Ctx) {
  const { departments, sections } = await choices(c)
  return departments.flatMap(({ id, name }) => [
    { id, name, inside: null },
    ...sections.filter(({ department }) => department === name).map((one) => ({ ...one, inside: name })),
  ])
}
