import { Hono } from 'hono'
import { perform } from '#core/action.ts'
import { Refusal } from '#core/refusal.ts'
import { show } from '#core/view.ts'
import type { Ctx, Web } from '#web/context.ts'
import { type IncomingFile, readForm } from '#web/input.ts'
import { page, seeOther } from '#web/render.tsx'
import { importPlan, mayImport } from './actions/import-plan.ts'
import { ImportPage, mostUploaded } from './pages/imports.tsx'
import { CountedPage, IndicatorPage } from './pages/indicator.tsx'
import { InitiativePage } from './pages/initiative.tsx'
import { MeasurePage } from './pages/measure.tsx'
import { paths } from './pages/parts.tsx'
import { PlanPage } from './pages/plan.tsx'
import { PlanListPage } from './pages/plan-list.tsx'
import { ReportPage } from './pages/report.tsx'
import { ReportListPage } from './pages/reports.tsx'
import { sendReport } from './report-file.ts'
import { countedPage } from './views/counted.ts'
import { importList } from './views/imports.ts'
import { indicatorPage } from './views/indicator.ts'
import { initiativePage } from './views/initiative.ts'
import { measurePage } from './views/measure.ts'
import { planPage } from './views/plan.ts'
import { planList } from './views/plan-list.ts'
import { reportPage } from './views/report.ts'
import { reportList } from './views/reports.ts'
import { en } from './words.en.ts'
import { ja } from './words.ja.ts'

const wordsOf = (c: Ctx) => (c.var.shell.language === 'en' ? en : ja)

const whole = 'document'

/** The console's page, with what was pasted and what is wrong with it. */
async function importPage(c: Ctx, text = '', refused: Readonly<Record<string, string>> = {}, status = 200) {
  const { imports } = await show(importList, c.var.scene, {})
  const own = new Set(['file', 'text'])
  const faults = Object.entries(refused).filter(([path]) => !own.has(path) && path !== whole)
  const errors: Record<string, string> = Object.fromEntries(Object.entries(refused).filter(([path]) => own.has(path)))
  if (refused[whole]) errors.file = refused[whole]
  if (faults.length > 0) errors.file = wordsOf(c).imports.refused(faults.length)
  return page(c, <ImportPage imports={imports} text={text} errors={errors} faults={faults} />, status)
}

/** A file as text. More than fits is read to its end and thrown away, so that the browser gets its answer. */
async function readFile({ stream }: IncomingFile, c: Ctx): Promise<string> {
  const { tooLarge, notText } = wordsOf(c).imports
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.byteLength
    if (size <= mostUploaded) chunks.push(chunk)
  }
  if (size > mostUploaded) throw new Refusal('invalid', 'file too large', { file: tooLarge })
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    throw new Refusal('invalid', 'not UTF-8', { file: notText })
  }
}

async function bringIn(c: Ctx) {
  const w = wordsOf(c).imports
  let text = ''
  try {
    // Who may not import sends no files here.
    if (!mayImport(c.var.scene)) throw new Refusal(c.var.scene.actor ? 'forbidden' : 'signed-out', importPlan.name)
    let file = ''
    const typed = await readForm(c, async (incoming) => {
      file = await readFile(incoming, c)
      return null
    })
    text = typeof typed.text === 'string' ? typed.text.trim() : ''
    if (file && text) throw new Refusal('invalid', 'two documents', { file: w.both })
    if (!file && !text) throw new Refusal('invalid', 'no document', { file: w.neither })
    const { changed, counts } = await perform(importPlan, c.var.scene, { document: file || text })
    return seeOther(c, paths.import, changed ? w.done(counts) : w.same)
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'invalid') return importPage(c, text, error.fields, 422)
    throw error
  }
}

export const routes = new Hono<Web>()
  .get('/plans', async (c) => page(c, <PlanListPage {...(await show(planList, c.var.scene, {}))} />))
  .get('/plans/:plan', async (c) =>
    page(c, <PlanPage plan={await show(planPage, c.var.scene, { plan: c.req.param('plan') })} />),
  )
  .get('/plans/initiatives/:initiative', async (c) =>
    page(c, <InitiativePage initiative={await show(initiativePage, c.var.scene, c.req.param())} />),
  )
  .get('/plans/measures/:measure', async (c) =>
    page(c, <MeasurePage measure={await show(measurePage, c.var.scene, c.req.param())} />),
  )
  .get('/plans/indicators/:indicator', async (c) =>
    page(c, <IndicatorPage indicator={await show(indicatorPage, c.var.scene, c.req.param())} />),
  )
  .get('/plans/indicators/:indicator/counted', async (c) => {
    const { fy, page: number } = c.req.query()
    const asked = { ...c.req.param(), fy, page: number }
    return page(c, <CountedPage counted={await show(countedPage, c.var.scene, asked)} />)
  })
  .get('/reports', async (c) => page(c, <ReportListPage {...(await show(reportList, c.var.scene, {}))} />))
  .get('/reports/:measure/:fy', async (c) =>
    page(c, <ReportPage shown={await show(reportPage, c.var.scene, c.req.param())} />),
  )
  .get('/reports/:measure/:fy/pdf', async (c) => sendReport(c, await show(reportPage, c.var.scene, c.req.param())))
  .get('/console/plans/import', (c) => importPage(c))
  .post('/console/plans/import', bringIn)
