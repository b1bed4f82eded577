import { Hono } from 'hono'
import { perform } from '#core/action.ts'
import { tokyoDate } from '#core/dates.ts'
import { Refusal } from '#core/refusal.ts'
import { show } from '#core/view.ts'
import { sendFile, uploadFaults } from '#modules/files/index.ts'
import { type Answers, readAnswers } from '#modules/forms/index.ts'
import type { Ctx, Web } from '#web/context.ts'
import { showForm, submitForm } from '#web/form.tsx'
import { readForm, type Typed, textOf } from '#web/input.ts'
import { page, seeOther } from '#web/render.ts'
import { correct } from './actions/correct.ts'
import { countStatusTry, tooMany } from './actions/count-status-try.ts'
import { forgetDevice } from './actions/forget-device.ts'
import { openStatus } from './actions/open-status.ts'
import { withdraw } from './actions/withdraw.ts'
import { receiveOn, uploadOf } from './apply-routes.tsx'
import { filesOnPage } from './files.ts'
import { CorrectPage, correctionPage, FilingPage } from './pages/filing.tsx'
import { StatusPage } from './pages/status.tsx'
import { ownFiling } from './views/own-filing.ts'
import { ja as w } from './words.ja.ts'

const filingOf = (c: Ctx) => show(ownFiling, c.var.scene, { number: c.req.param('number') })

export const filingRoutes = new Hono<Web>()
  .get(
    '/filings/status',
    showForm((c) => <StatusPage number={textOf(c.req.query('number'))} />),
  )
  .post('/filings/status', async (c) => {
    const typed = await readForm(c)
    const { scene, browser, address } = c.var
    browser.claim()
    try {
      const { over } = await perform(countStatusTry, scene, { from: address, number: typed.number })
      if (over) throw tooMany()
      const { number } = await perform(openStatus, scene, { number: typed.number, mail: typed.mail })
      return seeOther(c, `/filings/${number}`)
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error
      return page(c, <StatusPage number={textOf(typed.number)} mail={textOf(typed.mail)} errors={error.fields} />, 422)
    }
  })
  .post('/forget-device', async (c) => {
    await readForm(c)
    const { scene, session, browser } = c.var
    if (scene.visitor.length > 0) await perform(forgetDevice, scene, {})
    if (!session?.live) browser.forget()
    return seeOther(c, '/procedures', w.device.done)
  })
  .get('/filings/:number', async (c) => {
    try {
      return page(c, <FilingPage filing={await filingOf(c)} />)
    } catch (error) {
      // Whoever kept the address but not the browser needs no sign-in: number and mail open it again. A number that nobody
      // has gets the same answer.
      if (!(error instanceof Refusal) || !['signed-out', 'missing'].includes(error.kind)) throw error
      return seeOther(c, `/filings/status?number=${encodeURIComponent(c.req.param('number'))}`)
    }
  })
  .get('/filings/:number/files/:file', async (c) => {
    const filing = await filingOf(c)
    if (filing.pages === null) throw new Refusal('missing', 'not known surely enough for what was filed')
    return sendFile(c, c.req.param('file'), { module: 'procedures', kind: 'filing', id: filing.id })
  })
  .post(
    '/filings/:number/withdraw',
    submitForm(withdraw, {
      retry: async (c, _typed, errors) => <FilingPage filing={await filingOf(c)} errors={errors} />,
      next: ({ number }) => ({ to: `/filings/${number}`, said: w.filing.withdrawn }),
    }),
  )
  .get('/filings/:number/correct', async (c) => {
    const filing = await filingOf(c)
    if (!filing.correction) return seeOther(c, `/filings/${filing.number}`)
    return page(
      c,
      <CorrectPage
        filing={filing}
        today={tokyoDate(c.var.scene.now)}
        upload={uploadOf(c, correctionPage(filing).fields)}
      />,
    )
  })
  .post('/filings/:number/correct', async (c) => {
    const filing = await filingOf(c)
    const form = correctionPage(filing)
    const typed = await readForm(c, receiveOn(c, form.fields))
    const { scene } = c.var
    const files = await scene.look((db) => filesOnPage(db, scene, form, typed, filing.answers))
    const definition = { title: filing.procedure.title, pages: [form] }
    const read = readAnswers(definition, form, typed, {
      answers: filing.answers,
      files,
      // What stays as it was is right as of then; what is new is looked at once more as of today (actions/correct.ts).
      today: tokyoDate(filing.arrived_at),
    })
    try {
      // An emptied field is sent as emptied; a wrong one is refused here, before anything is touched.
      const errors = { ...read.errors, ...uploadFaults(typed) }
      if (Object.keys(errors).length > 0) throw new Refusal('invalid', 'the correction has errors', errors)
      const answers = Object.fromEntries(form.fields.map(({ id }) => [id, (read.answers as Answers)[id] ?? null]))
      const { number } = await perform(correct, scene, { number: filing.number, answers, keep: keepIn(typed) })
      return seeOther(c, `/filings/${number}`, w.filing.corrected)
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error
      const again = { ...read, errors: error.fields }
      return page(
        c,
        <CorrectPage
          filing={filing}
          today={tokyoDate(c.var.scene.now)}
          read={again}
          keep={keepIn(typed)}
          upload={uploadOf(c, form.fields)}
        />,
        422,
      )
    }
  })

/** Why fields that were to be corrected stay as they are, as the page of corrections sends it. */
const keepIn = (typed: Typed): Record<string, string> =>
  Object.fromEntries(
    Object.entries(typed).flatMap(([name, value]) =>
      name.startsWith('keep.') ? [[name.slice('keep.'.length), textOf(value)]] : [],
    ),
  )
