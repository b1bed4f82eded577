import { z } from 'zod'
import { fiscalYear } from '#core/dates.ts'
import { view } from '#core/view.ts'
import { readMeasures } from '../queries/measures.ts'
import { readPlans } from '../queries/plans.ts'
import { measureTitle } from '../rules/naming.ts'
import { planTitle } from '../rules/plan-file.ts'
import { reportYears } from '../rules/report.ts'
import { link, rating } from './shapes.ts'

/** The fiscal years of which there are results reports, newest first, with every measure of that year. */
export const reportList = view({
  name: 'plans.reports',
  title: 'Results reports by fiscal year',
  input: z.object({}),
  output: z.object({
    years: z.array(
      z.object({
        fy: z.number(),
        /** The year isn't over yet. */
        running: z.boolean(),
        measures: z.array(
          link.extend({
            code: z.string().nullable(),
            plan: z.string(),
            rating: rating.nullable(),
            /** A document or a record says something of an actual value in this year. */
            actuals: z.boolean(),
          }),
        ),
      }),
    ),
  }),
  allow: () => true,

  async run({ db, now }) {
    const thisFY = fiscalYear(now)
    const plans = (await readPlans(db)).map(({ plan }) => plan)
    const measures = (await readMeasures(db)).map(({ slug, measure, indicators }) => {
      const period = plans.find(({ id }) => id === measure.plan)?.period ?? null
      const plan = { id: measure.plan, title: planTitle(plans, measure.plan), period }
      const years = reportYears({ measure, plan, initiativePlans: [], organisations: [], sources: [] })
      return { slug, measure, indicators, plan, years }
    })
    const years = new Set(measures.flatMap((one) => one.years).filter((fy) => fy <= thisFY))
    return {
      years: [...years]
        .toSorted((a, b) => b - a)
        .map((fy) => ({
          fy,
          running: fy === thisFY,
          measures: measures
            .filter((one) => one.years.includes(fy))
            .map(({ slug, measure, plan }) => ({
              slug,
              title: measureTitle(measure),
              code: measure.code ?? measure.codeSuggested,
              plan: plan.title,
              rating: measure.ratings.find((one) => one.fy === fy) ?? null,
              actuals: measure.indicators.some((one) =>
                one.editions.some(({ figures }) =>
                  figures.some((figure) => figure.fy === fy && figure.role === 'actual' && figure.value !== null),
                ),
              ),
            })),
        })),
    }
  },
})
