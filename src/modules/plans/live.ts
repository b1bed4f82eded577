import { z } from 'zod'
import { dayBegins, fiscalYear, fiscalYearPeriod, formatDate, formatDateTime, tokyoDate } from '#core/dates.ts'
import type { Stage } from '#core/scene.ts'
import type { StoredIndicator, StoredMeasure } from './queries/measures.ts'
import { liveYears } from './rules/naming.ts'
import type { LiveValue } from './rules/report/indicators.ts'

/**
 * A bound indicator's value of one fiscal year, counted now. `unregistered`: no module counts this; `unknown`: it can't be told.
 * The value is a decimal string.
 */
export const liveShown = z.object({
  fy: z.number(),
  state: z.enum(['counted', 'unknown', 'unregistered']),
  value: z.string().nullable(),
  unit: z.string(),
  asOf: z.date().nullable(),
  /** What is counted, in the words of the module that counts. */
  what: z.string().nullable(),
  /** What of it is counted and what isn't, in the same words; null where it says nothing. */
  says: z.string().nullable(),
  /** Since when records are counted for it. */
  since: z.date(),
})

export type LiveShown = z.output<typeof liveShown>

/** The fiscal years of an indicator that can be counted. */
export const yearsCounted = ({ boundAt, firstFY, lastFY }: StoredIndicator, now: Date) =>
  liveYears({ boundFY: boundAt && fiscalYear(boundAt), firstFY, lastFY }, fiscalYear(now))

/** The measure that counts an indicator; null where it isn't bound or nobody counts that. */
export const counterOf = ({ registry }: Pick<Stage, 'registry'>, { indicator: { binding } }: StoredIndicator) =>
  (binding && registry.measures.find(({ name }) => name === binding.measure)) ?? null

/** The live value of one fiscal year; null for an indicator that isn't bound, and for years that can't be counted. */
export async function liveOf(stage: Stage, stored: StoredIndicator, fy: number): Promise<LiveShown | null> {
  const { indicator, boundAt } = stored
  if (!indicator.binding || !boundAt || !yearsCounted(stored, stage.now).includes(fy)) return null
  const { unit } = indicator
  const counter = counterOf(stage, stored)
  if (!counter)
    return { fy, state: 'unregistered', value: null, unit, asOf: null, what: null, says: null, since: boundAt }
  const count = await counter.count(stage.db, indicator.binding.option, fiscalYearPeriod(fy))
  // A count of something else is no value of this indicator.
  const value = count.unit === unit ? count.value : null
  const state = value === null ? 'unknown' : 'counted'
  return { fy, state, value, unit, asOf: count.asOf, what: counter.title, says: counter.says ?? null, since: boundAt }
}

/** What the report takes for years of which no actual is stored. */
export async function liveValues(stage: Stage, { indicators }: StoredMeasure, lastFY: number): Promise<LiveValue[]> {
  const values: LiveValue[] = []
  for (const stored of indicators) {
    for (const fy of yearsCounted(stored, stage.now)) {
      const live = fy <= lastFY ? await liveOf(stage, stored, fy) : null
      if (!live?.asOf) continue
      const partly = live.since > dayBegins(fiscalYearPeriod(fy).from)
      values.push({
        indicator: stored.indicator.id,
        fy,
        value: live.value,
        asOf: formatDateTime(live.asOf),
        since: partly ? formatDate(tokyoDate(live.since)) : null,
      })
    }
  }
  return values
}
