import { Hono } from 'hono'
import { fieldErrors, leaveRefusal, notAllowedTo } from '#core/action.ts'
import { parseDate } from '#core/dates.ts'
import { Refusal } from '#core/refusal.ts'
import { show } from '#core/view.ts'
import { surerSignIn } from '#modules/sign-in/index.ts'
import type { Ctx, Web } from '#web/context.ts'
import { type Retry, showForm, submitForm } from '#web/form.tsx'
import { type Typed, textOf } from '#web/input.ts'
import { page } from '#web/render.ts'
import { accept } from './actions/accept.ts'
import { addNote } from './actions/add-note.ts'
import { askCorrection } from './actions/ask-correction.ts'
import { decide } from './actions/decide.ts'
import { applyRoutes } from './apply-routes.tsx'
import { editorRoutes } from './editor-routes.tsx'
import { filingRoutes } from './filing-routes.tsx'
import { AskPage, CasePage } from './pages/case.tsx'
import { Catalogue } from './pages/catalogue.tsx'
import { DecidePage } from './pages/decide.tsx'
import { ProcedurePage } from './pages/procedure.tsx'
import { QueuePage } from './pages/queue.tsx'
import { casePage } from './views/case.ts'
import { catalogue } from './views/catalogue.ts'
import { procedurePage } from './views/procedure.ts'
import { queuePage } from './views/queue.ts'
import { ja as w } from './words.ja.ts'

/** The case with what was typed and what is to be corrected. */
const casePageAgain: Retry = async (c, typed, errors) => {
  const shown = await show(casePage, c.var.scene, { id: c.req.param('id') })
  const values = Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, textOf(value)]))
  return <CasePage shown={shown} values={values} errors={errors} />
}

/** Nothing is decided before it was read once more; "no" leads back to the case with what was typed. */
async function beforeDeciding(c: Ctx, typed: Typed) {
  if (typed.sure === 'yes') return null
  const { scene } = c.var
  const shown = await show(casePage, scene, { id: c.req.param('id') }).catch(async (error) => {
    if (error instanceof Refusal && error.kind === 'forbidden') await leaveRefusal(scene, decide.name)
    throw error
  })
  // Asking to decide what is another's stands in the trail, whether or not it was to be looked at first.
  if (!shown.decides) {
    await leaveRefusal(scene, decide.name)
    throw notAllowedTo(scene, decide.name)
  }
  if (shown.state !== 'reviewing') throw new Refusal('conflict', `the filing is ${shown.state}`)
  if (typed.sure === 'no') return casePageAgain(c, typed, {})
  const asked = decide.input.safeParse({ ...typed, id: shown.id })
  if (!asked.success) throw new Refusal('invalid', decide.name, fieldErrors(asked.error))
  return <DecidePage shown={shown} outcome={asked.data.outcome} reason={asked.data.reason} />
}

const askAgain: Retry = async (c, typed, errors) => {
  const shown = await show(casePage, c.var.scene, { id: c.req.param('id') })
  const due = {
    era: textOf(typed['due_on.era']),
    year: textOf(typed['due_on.year']),
    month: textOf(typed['due_on.month']),
    day: textOf(typed['due_on.day']),
  }
  return <AskPage shown={shown} reasons={reasonsIn(typed)} due={due} errors={errors} />
}

const reasonsIn = (typed: Typed): Record<string, string> =>
  Object.fromEntries(
    Object.entries(typed).flatMap(([name, value]) =>
      name.startsWith('reason.') && textOf(value).trim() ? [[name.slice('reason.'.length), textOf(value)]] : [],
    ),
  )

const dueIn = (typed: Typed): string => {
  const [era, year, month, day] = ['era', 'year', 'month', 'day'].map((part) => textOf(typed[`due_on.${part}`]))
  const parsed = parseDate({ era: era ?? '', year: year ?? '', month: month ?? '', day: day ?? '' })
  return parsed.ok ? parsed.iso : ''
}

const caseOf = (c: Ctx) => `/console/filings/${c.req.param('id')}`

export const procedureRoutes = new Hono<Web>()
  .get('/procedures', async (c) => {
    const q = textOf(c.req.query('q')).slice(0, 100)
    const { procedures } = await show(catalogue, c.var.scene, { q })
    return page(c, <Catalogue procedures={procedures} asked={q} />)
  })
  .get('/procedures/:slug', async (c) => {
    const procedure = await show(procedurePage, c.var.scene, { slug: c.req.param('slug') })
    const needs = procedure.enough
      ? null
      : await surerSignIn(c, procedure.least, `/procedures/${procedure.slug}`, { kept: false })
    return page(c, <ProcedurePage procedure={procedure} needs={needs} />)
  })
  .route('/', applyRoutes)
  .route('/', filingRoutes)
  .route('/', editorRoutes)
  .get('/console/filings', async (c) => {
    const query = queuePage.input.parse({ ...c.req.query(), q: textOf(c.req.query('q')).slice(0, 100) })
    return page(c, <QueuePage {...(await show(queuePage, c.var.scene, query))} query={query} />)
  })
  .get('/console/filings/:id', showForm(casePageAgain))
  .post(
    '/console/filings/:id/accept',
    submitForm(accept, { retry: casePageAgain, next: (_, c) => ({ to: caseOf(c), said: w.case.accepted }) }),
  )
  .post(
    '/console/filings/:id/decide',
    submitForm(decide, {
      retry: casePageAgain,
      before: beforeDeciding,
      next: ({ outcome }, c) => ({ to: caseOf(c), said: outcome === 'approved' ? w.case.approved : w.case.rejected }),
    }),
  )
  .post(
    '/console/filings/:id/note',
    submitForm(addNote, { retry: casePageAgain, next: (_, c) => ({ to: caseOf(c), said: w.case.noted }) }),
  )
  .get('/console/filings/:id/correction', showForm(askAgain))
  .post(
    '/console/filings/:id/correction',
    submitForm(askCorrection, {
      retry: askAgain,
      input: (typed) => ({
        items: Object.entries(reasonsIn(typed)).map(([field, reason]) => ({ field, reason })),
        due_on: dueIn(typed),
      }),
      next: (_, c) => ({ to: caseOf(c), said: w.case.asked }),
    }),
  )
