import { Hono } from 'hono'
import { show } from '#core/view.ts'
import type { Web } from '#web/context.ts'
import { type Retry, showForm, submitForm } from '#web/form.tsx'
import { textOf } from '#web/input.ts'
import { actFor } from '../actions/act-for.ts'
import { ActingPage } from '../pages/acting.tsx'
import { myActing } from '../views/my-acting.ts'

const actingForm: Retry = async (c, typed, errors) => {
  const shown = await show(myActing, c.var.scene, {})
  return <ActingPage {...shown} now={textOf(typed.whom) || shown.now} errors={errors} />
}

/** Choosing for whom one acts. */
export const actingRoutes = new Hono<Web>().get('/my/acting', showForm(actingForm)).post(
  '/my/acting',
  submitForm(actFor, {
    retry: actingForm,
    input: (typed, c) => ({ whom: typed.whom, session: c.var.session?.id }),
    next: () => '/my/acting',
  }),
)
