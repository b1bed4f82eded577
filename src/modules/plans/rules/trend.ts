import type { Indicator } from './plan-file.ts'
import { fiscalYears } from './years.ts'

/**
 * Actual values over the years, for a picture: decimal strings, null where a year between is unknown. `inferred`: the document
 * doesn't say for certain that it is an actual.
 */
export type Trend = {
  points: { fy: number; value: string | null; live: boolean; inferred: boolean }[]
  target: string | null
}

/**
 * What the newest document says of each year, baselines included; where none says anything, the live value. The target is the
 * last one that the newest document with targets sets.
 */
export function trendOf(indicator: Indicator, live: readonly { fy: number; value: string | null }[] = []): Trend {
  const known = new Map<number, { value: string; live: boolean; inferred: boolean }>()
  for (const { fy, value } of live) if (value !== null) known.set(fy, { value, live: true, inferred: false })
  for (const { baseline } of indicator.editions)
    if (baseline?.value) known.set(baseline.fy, { value: baseline.value, live: false, inferred: false })
  for (const { figures } of indicator.editions)
    for (const { fy, role, value, confidence } of figures)
      if (role === 'actual' && value !== null)
        known.set(fy, { value, live: false, inferred: confidence === 'medium' || confidence === 'low' })

  const targets = indicator.editions.flatMap(({ figures }) => {
    const last = figures.findLast(({ role, value }) => role === 'target' && value !== null)
    return last?.value ?? []
  })
  const years = [...known.keys()]
  if (years.length === 0) return { points: [], target: targets.at(-1) ?? null }
  const points = fiscalYears(Math.min(...years), Math.max(...years)).map((fy) => ({
    fy,
    value: known.get(fy)?.value ?? null,
    live: known.get(fy)?.live ?? false,
    inferred: known.get(fy)?.inferred ?? false,
  }))
  return { points, target: targets.at(-1) ?? null }
}
