import { Hono } from 'hono'
import { perform } from '#core/action.ts'
import { Refusal } from '#core/refusal.ts'
import { show } from '#core/view.ts'
import { takeUpload, uploadFaults, uploadField } from '#modules/files/index.ts'
import { checkPage, draftDays, type FormPage, findPage, journey, outdated, readAnswers } from '#modules/forms/index.ts'
import { surerSignIn } from '#modules/sign-in/index.ts'
import type { Ctx, Web } from '#web/context.ts'
import { type IncomingFile, readForm, type Typed, textOf } from '#web/input.ts'
import { releaseTyped } from '#web/kept.ts'
import { page, seeOther } from '#web/render.ts'
import { begin } from './actions/begin.ts'
import { savePage } from './actions/save-page.ts'
import { submitFiling } from './actions/submit-filing.ts'
import { filesOnPage, limitsOf } from './files.ts'
import { answerGone, carriedPage } from './gone-draft.tsx'
import { ApplyPage, CheckPage, SurerPage } from './pages/apply.tsx'
import { draftPage } from './views/draft.ts'
import { en, type PublicWords } from './words.en.ts'
import { ja } from './words.ja.ts'

type Draft = Awaited<ReturnType<typeof draftOf>>

const draftOf = (c: Ctx) => show(draftPage, c.var.scene, { id: c.req.param('draft') })

const pageOf = (draft: Draft, id: string | undefined): FormPage => {
  const found = findPage(draft.definition, id ?? '')
  if (!found) throw new Refusal('missing', 'no such page')
  return found
}

/** Where a file field of this page sends its files ahead. */
export const uploadOf = (c: Ctx, fields: FormPage['fields']) => (field: string) => {
  const found = fields.find(({ id }) => id === field)
  return found ? uploadField(c.var.scene, limitsOf(found)).upload : ''
}

/** Takes a file of a form page, within the limits of its field. */
export const receiveOn = (c: Ctx, fields: FormPage['fields']) => (file: IncomingFile, typed: Typed) => {
  const field = fields.find(({ id, kind }) => id === file.field && kind === 'file')
  return field ? takeUpload(c, file, typed, limitsOf(field)) : Promise.resolve(null)
}

/** Saves a posted page; gives what is wrong and where it goes on. */
async function save(c: Ctx, draft: Draft, form: FormPage, typed: Typed) {
  const { scene } = c.var
  const files = await scene.look((db) => filesOnPage(db, scene, form, typed, draft.answers))
  const raw = Object.fromEntries(Object.entries(typed).filter(([name]) => !name.startsWith('_')))
  const saved = await perform(savePage, scene, { draft: draft.id, page: form.id, raw, files })
  c.var.browser.keepFor(draftDays)
  return { ...saved, errors: { ...saved.errors, ...uploadFaults(typed) }, files }
}

const wordsOf = (c: Ctx): PublicWords => (c.var.shell.language === 'en' ? en : ja)

export const applyRoutes = new Hono<Web>()
  .post('/procedures/:slug/begin', async (c) => {
    const typed = await readForm(c)
    const { browser, scene } = c.var
    // Without a sign-in the browser is the only key to the draft: it lasts as long as the draft is kept.
    browser.keepFor(draftDays)
    const { draft: id } = await perform(begin, scene, { procedure: c.req.param('slug') })
    if (!(carriedPage in typed)) return seeOther(c, `/apply/${id}`)
    const draft = await show(draftPage, scene, { id })
    await save(c, draft, pageOf(draft, textOf(typed[carriedPage])), typed)
    return seeOther(c, `/apply/${id}`, wordsOf(c).apply.carried)
  })
  // Where one left off: the first page with something missing, or the check.
  .get('/apply/:draft', async (c) => {
    const draft = await draftOf(c)
    if (draft.filed) return seeOther(c, `/filings/${draft.filed}`)
    const { firstIncomplete } = journey(draft.definition, draft.answers, draft.today)
    return seeOther(c, `/apply/${draft.id}/${firstIncomplete ?? checkPage}`)
  })
  .get(`/apply/:draft/${checkPage}`, async (c) => {
    const draft = await draftOf(c)
    if (draft.filed) return seeOther(c, `/filings/${draft.filed}`)
    return page(c, <CheckPage draft={draft} />)
  })
  .post(`/apply/:draft/${checkPage}`, async (c) => {
    const typed = await readForm(c)
    const { scene } = c.var
    try {
      const asked = { draft: c.req.param('draft'), represents: textOf(typed.represents) }
      const { number, unfinished } = await perform(submitFiling, scene, asked)
      // With nothing left to continue, the secret needn't outlive the browser's end any more.
      if (unfinished === 0) c.var.browser.keepFor(null)
      return seeOther(c, `/filings/${number}`)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const draft = await draftOf(c)
      if (error.kind === 'invalid') return page(c, <CheckPage draft={draft} errors={error.fields} />, 422)
      // What was typed is in the draft; it is the same draft after a surer sign-in, so nothing is typed twice.
      if ('assurance' in error.fields) {
        const needs = await surerSignIn(c, draft.least, `/apply/${draft.id}/${checkPage}`, { kept: true })
        return page(c, <SurerPage draft={draft}>{needs}</SurerPage>, error.kind === 'forbidden' ? 403 : 401)
      }
      if ('represents' in error.fields) return page(c, <CheckPage draft={draft} errors={error.fields} />, 409)
      throw error
    }
  })
  .get('/apply/:draft/:page', async (c) => {
    const draft = await draftOf(c)
    if (draft.filed) return seeOther(c, `/filings/${draft.filed}`)
    const form = pageOf(draft, c.req.param('page'))
    const kept = await releaseTyped(c)
    const loose = draft.loose[form.id]
    // What was typed but not right is read once more, so that its errors stand beside it again.
    const { definition, answers, today } = draft
    const typed = kept ?? (loose && flat(loose))
    const read = typed
      ? readAnswers(definition, form, typed, { answers, today })
      : outdated(definition, form, answers, today)
    return page(c, <ApplyPage draft={draft} page={form} read={read} upload={uploadOf(c, form.fields)} />)
  })
  .post('/apply/:draft/:page', async (c) => {
    const draft = await draftOf(c)
    const form = pageOf(draft, c.req.param('page'))
    const typed = await readForm(c, receiveOn(c, form.fields))
    const { errors, next, files } = await save(c, draft, form, typed)
    if (Object.keys(errors).length === 0) return seeOther(c, `/apply/${draft.id}/${next}`)
    const saved = await draftOf(c)
    const read = {
      ...readAnswers(draft.definition, form, typed, { answers: draft.answers, files, today: draft.today }),
      errors,
    }
    return page(c, <ApplyPage draft={saved} page={form} read={read} upload={uploadOf(c, form.fields)} />, 422)
  })
  .post('/apply/:draft/:page/autosave', async (c) => {
    const draft = await draftOf(c)
    const typed = await readForm(c)
    await save(c, draft, pageOf(draft, c.req.param('page')), typed)
    return c.body(null, 204)
  })

applyRoutes.onError(answerGone)

/** The inputs of a page as a form would send them. */
function flat(typed: Record<string, Draft['loose'][string][string]>): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(typed).flatMap(([id, value]): [string, string | string[]][] =>
      typeof value === 'string' || Array.isArray(value)
        ? [[id, value]]
        : Object.entries(value).map(([part, text]) => [`${id}.${part}`, text]),
    ),
  )
}
