import { z } from 'zod'
import { fiscalYear } from '#core/dates.ts'
import { Refusal } from '#core/refusal.ts'
import { view } from '#core/view.ts'
import { liveValues } from '../live.ts'
import { readFacts } from '../queries/facts.ts'
import { findMeasure } from '../queries.ts'
import { reportOf, reportYears } from '../rules/report.ts'
import { trendOf } from '../rules/trend.ts'
import { link, report, trend } from './shapes.ts'
import { stages, stagesOf } from './stages.ts'

/** The yearly results report (成果レポート) of one measure: page and PDF are drawn from the same. */
export const reportPage = view({
  name: 'plans.report',
  title: 'The results report of a measure and a fiscal year',
  input: z.object({
    measure: z.string().max(200),
    fy: z.coerce.number().int().min(1900).max(2200),
  }),
  output: z.object({
    measure: z.string(),
    plan: link,
    report,
    /** The year isn't over yet. */
    running: z.boolean(),
    /** The fiscal years whose report can be drawn, newest first. */
    years: z.array(z.number()),
    /** Names in addresses of the indicators, by id. */
    indicators: z.record(z.string(), z.string()),
    /** The schedules once more, with addresses and with what is inferred. */
    stages: z.array(stages),
    trends: z.record(z.string(), trend),
  }),
  allow: () => true,

  async run(stage, { measure: slug, fy }) {
    const { db, now } = stage
    const id = await findMeasure(db, slug)
    const found = id === null ? null : await readFacts(db, id)
    if (!found) throw new Refusal('missing', 'no such measure')
    const { stored, home, facts } = found
    const years = reportYears(facts)
      .filter((year) => year <= fiscalYear(now))
      .toReversed()
    if (!years.includes(fy)) throw new Refusal('missing', 'no report of that year')
    const live = await liveValues(stage, stored, fy)
    return {
      measure: slug,
      plan: { slug: home.slug, title: facts.plan.title },
      report: reportOf(facts, fy, { live }),
      running: fy === fiscalYear(now),
      years,
      indicators: Object.fromEntries(stored.indicators.map(({ indicator, slug: own }) => [indicator.id, own])),
      // As the report does: a plan's schedule stands in the reports of its own period.
      stages: facts.initiativePlans
        .filter(({ plan }) => !plan.period || (fy >= plan.period.startFY && fy <= plan.period.endFY))
        .map(({ title, plan }) => stagesOf(title, plan)),
      trends: Object.fromEntries(
        stored.indicators.map(({ indicator }) => {
          const { points, target } = trendOf(
            indicator,
            // A year that isn't over would look like a fall.
            live.filter((one) => one.indicator === indicator.id && one.fy < fiscalYear(now)),
          )
          return [indicator.id, { points: points.filter((one) => one.fy <= fy), target }]
        }),
      ),
    }
  },
})
