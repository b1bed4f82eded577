import { z } from 'zod'
import { fiscalYear, fiscalYearPeriod } from '#core/dates.ts'
import { Refusal } from '#core/refusal.ts'
import { view } from '#core/view.ts'
import { counterOf, liveOf, liveShown, yearsCounted } from '../live.ts'
import { indicatorBySlug } from './indicator.ts'
import { link } from './shapes.ts'

const perPage = 50

/** What a live value was counted from. The module that counts says what this reader may see of each record. */
export const countedPage = view({
  name: 'plans.counted',
  title: 'The records that an indicator’s live value was counted from',
  input: z.object({
    indicator: z.string().max(240),
    /** This fiscal year unless said otherwise. */
    fy: z.coerce.number().int().min(1900).max(2200).optional(),
    page: z.coerce.number().int().min(1).max(100_000).default(1),
  }),
  output: z.object({
    indicator: link,
    measure: link,
    plan: link,
    live: liveShown,
    /** The years that can be opened, newest first. */
    years: z.array(z.number()),
    /** Newest first; `no` counts over all pages. */
    records: z.array(z.object({ no: z.number(), title: z.string(), at: z.date(), href: z.string().nullable() })),
    page: z.number(),
    more: z.boolean(),
  }),
  allow: () => true,

  async run(stage, { indicator: slug, fy: asked, page }) {
    const { stored, facts, home, indicator } = await indicatorBySlug(stage, slug)
    const years = yearsCounted(indicator, stage.now).toReversed()
    const fy = asked ?? years[0] ?? fiscalYear(stage.now)
    const live = await liveOf(stage, indicator, fy)
    if (!live) throw new Refusal('missing', 'not counted in that year')
    const counter = counterOf(stage, indicator)
    const option = indicator.indicator.binding?.option ?? null
    const found =
      (await counter?.records(stage.db, stage.actor, option, fiscalYearPeriod(fy), {
        limit: perPage + 1,
        offset: (page - 1) * perPage,
      })) ?? []
    if (page > 1 && found.length === 0) throw new Refusal('missing', 'no such page')
    return {
      indicator: { slug, title: indicator.indicator.title },
      measure: { slug: stored.slug, title: stored.measure.title ?? stored.measure.titleSuggested ?? stored.measure.id },
      plan: { slug: home.slug, title: facts.plan.title },
      live,
      years,
      records: found.slice(0, perPage).map((one, index) => ({ ...one, no: (page - 1) * perPage + index + 1 })),
      page,
      more: found.length > perPage,
    }
  },
})
