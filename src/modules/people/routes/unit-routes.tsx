import { Hono } from 'hono'
import { parseDate, tokyoDate } from '#core/dates.ts'
import { Refusal } from '#core/refusal.ts'
import { show } from '#core/view.ts'
import { dayTyped } from '#ui/index.ts'
import type { Ctx, Web } from '#web/context.ts'
import { type Retry, showForm, submitForm } from '#web/form.tsx'
import { page } from '#web/render.ts'
import { wordsFor } from '#web/words.ts'
import { addUnit } from '../actions/add-unit.ts'
import { cancelUnitPlan } from '../actions/cancel-unit-plan.ts'
import { closeUnit } from '../actions/close-unit.ts'
import { moveUnit } from '../actions/move-unit.ts'
import { renameUnit } from '../actions/rename-unit.ts'
import { places, words } from '../pages/people-words.ts'
import { AddUnitPage, CancelUnitPlanPage, ChangeUnitPage } from '../pages/unit-forms.tsx'
import { UnitPage, UnitsPage } from '../pages/units.tsx'
import { unit, units } from '../views/units.ts'
import { departmentsOf } from './choices.ts'

const list = places.units
const one = `${list}/:unit` as const
const unitOf = (c: Ctx) => show(unit, c.var.scene, { unit: c.req.param('unit') })
const backTo = (c: Ctx) => `${list}/${c.req.param('unit')}`

const addForm: Retry = async (c, typed, errors) => (
  <AddUnitPage typed={typed} errors={errors} departments={await departmentsOf(c)} />
)
const changeForm =
  (change: 'renameUnit' | 'moveUnit' | 'closeUnit'): Retry =>
  async (c, typed, errors) => {
    const unit = await unitOf(c)
    const departments = (await departmentsOf(c)).filter(({ id }) => id !== unit.parent)
    return <ChangeUnitPage unit={unit} change={change} typed={typed} errors={errors} departments={departments} />
  }
const cancelForm: Retry = async (c, _, errors) => {
  const unit = await unitOf(c)
  if (!unit.planned) throw new Refusal('missing', 'nothing is planned')
  return <CancelUnitPlanPage unit={unit} errors={errors} />
}

/** Departments and sections: as of a day, one with its history, setting up, renaming, moving, closing. */
export const unitRoutes = new Hono<Web>()
  .get(list, async (c) => {
    const typed = c.req.query('on') ?? ''
    const on = typed ? parseDate(typed) : null
    const shown = await show(units, c.var.scene, on?.ok ? { on: on.iso } : {})
    const wrong = on && !on.ok ? on.reason : null
    return page(c, <UnitsPage {...shown} typed={typed} wrong={wrong} />, wrong ? 422 : 200)
  })
  .get(`${list}/new`, showForm(addForm))
  .post(
    `${list}/new`,
    submitForm(addUnit, {
      retry: addForm,
      input: ({ kind, name, parent, ...typed }) => ({ kind, name, parent, from: dayTyped(typed, 'from') }),
      next: ({ unit }, c) => ({ to: `${list}/${unit}`, said: wordsFor(c, words).addUnit.done }),
    }),
  )
  .get(one, async (c) => page(c, <UnitPage {...(await unitOf(c))} today={tokyoDate(c.var.scene.now)} />))
  .get(`${one}/rename`, showForm(changeForm('renameUnit')))
  .post(
    `${one}/rename`,
    submitForm(renameUnit, {
      retry: changeForm('renameUnit'),
      input: ({ name, ...typed }) => ({ name, from: dayTyped(typed, 'from') }),
      next: (_, c) => ({ to: backTo(c), said: wordsFor(c, words).renameUnit.done }),
    }),
  )
  .get(`${one}/move`, showForm(changeForm('moveUnit')))
  .post(
    `${one}/move`,
    submitForm(moveUnit, {
      retry: changeForm('moveUnit'),
      input: ({ parent, ...typed }) => ({ parent, from: dayTyped(typed, 'from') }),
      next: (_, c) => ({ to: backTo(c), said: wordsFor(c, words).moveUnit.done }),
    }),
  )
  .get(`${one}/cancel`, showForm(cancelForm))
  .post(
    `${one}/cancel`,
    submitForm(cancelUnitPlan, {
      retry: cancelForm,
      next: (_, c) => ({ to: backTo(c), said: wordsFor(c, words).cancelUnitPlan.done }),
    }),
  )
  .get(`${one}/close`, showForm(changeForm('closeUnit')))
  .post(
    `${one}/close`,
    submitForm(closeUnit, {
      retry: changeForm('closeUnit'),
      input: (typed) => ({ from: dayTyped(typed, 'from') }),
      next: (_, c) => ({ to: backTo(c), said: wordsFor(c, words).closeUnit.done }),
    }),
  )
