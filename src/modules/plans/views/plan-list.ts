import { z } from 'zod'
import { fiscalYear } from '#core/dates.ts'
import { view } from '#core/view.ts'
import { liveOf, liveShown } from '../live.ts'
import { readMeasures } from '../queries/measures.ts'
import { readPlans } from '../queries/plans.ts'
import { measureTitle, planState } from '../rules/naming.ts'
import { planTitle } from '../rules/plan-file.ts'
import { link, planStates, rating, span } from './shapes.ts'

/** All plans with their versions, what is counted live, and the newest rating of each measure. */
export const planList = view({
  name: 'plans.list',
  title: 'Plans, their versions, periods and states',
  input: z.object({}),
  output: z.object({
    plans: z.array(
      link.extend({
        role: z.string().nullable(),
        above: link.nullable(),
        revises: link.nullable(),
        revisionKind: z.string().nullable(),
        period: span.nullable(),
        targetFY: z.number().nullable(),
        state: z.enum(planStates),
        versions: z.array(
          z.object({
            version: z.string(),
            title: z.string(),
            asOf: z.string().nullable(),
            adoptedMonth: z.string().nullable(),
            status: z.string().nullable(),
          }),
        ),
        initiatives: z.number(),
        measures: z.number(),
      }),
    ),
    ratings: z.array(z.object({ measure: link, rating })),
    live: z.array(z.object({ indicator: link, plan: link, live: liveShown })),
  }),
  allow: () => true,

  async run(stage) {
    const stored = await readPlans(stage.db)
    const all = stored.map(({ plan }) => plan)
    const thisFY = fiscalYear(stage.now)
    const linkTo = (id: string | null) => {
      const found = stored.find(({ plan }) => plan.id === id)
      return found ? { slug: found.slug, title: planTitle(all, found.plan.id) } : null
    }
    const measures = await readMeasures(stage.db)
    const live = []
    for (const { measure, indicators } of measures)
      for (const one of indicators) {
        const counted = await liveOf(stage, one, thisFY)
        const plan = linkTo(measure.plan)
        if (counted && plan)
          live.push({ indicator: { slug: one.slug, title: one.indicator.title }, plan, live: counted })
      }
    return {
      plans: stored.map(({ slug, plan }) => ({
        slug,
        title: planTitle(all, plan.id),
        role: plan.role,
        above: linkTo(plan.parentPlan),
        revises: linkTo(plan.revises),
        revisionKind: plan.revisionKind,
        period: plan.period,
        targetFY: plan.targetFY,
        state: planState(plan, thisFY),
        versions: plan.versions,
        initiatives: plan.initiatives.filter(({ restatementOfNo }) => restatementOfNo === null).length,
        measures: measures.filter(({ measure }) => measure.plan === plan.id).length,
      })),
      ratings: measures.flatMap(({ slug, measure }) => {
        const newest = measure.ratings.toSorted((a, b) => b.fy - a.fy)[0]
        return newest ? [{ measure: { slug, title: measureTitle(measure) }, rating: newest }] : []
      }),
      live,
    }
  },
})
