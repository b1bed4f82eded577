import { Hono } from 'hono'
import { show } from '#core/view.ts'
import type { Web } from '#web/context.ts'
import { page } from '#web/render.ts'
import { importRoutes } from './import-routes.tsx'
import { CountedPage } from './pages/counted.tsx'
import { IndicatorPage } from './pages/indicator.tsx'
import { InitiativePage } from './pages/initiative.tsx'
import { MeasurePage } from './pages/measure.tsx'
import { PlanPage } from './pages/plan.tsx'
import { PlanListPage } from './pages/plan-list.tsx'
import { ReportPage } from './pages/report.tsx'
import { ReportListPage } from './pages/reports.tsx'
import { sendReport } from './report-file.ts'
import { countedPage } from './views/counted.ts'
import { indicatorPage } from './views/indicator.ts'
import { initiativePage } from './views/initiative.ts'
import { measurePage } from './views/measure.ts'
import { planPage } from './views/plan.ts'
import { planList } from './views/plan-list.ts'
import { reportPage } from './views/report.ts'
import { reportList } from './views/reports.ts'

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
  .route('/', importRoutes)
