import { z } from 'zod'
import { fiscalYear } from '#core/dates.ts'
import type { Stage } from '#core/scene.ts'
import { liveOf, liveShown, yearsCounted } from '../live.ts'
import type { StoredIndicator } from '../queries/measures.ts'
import { trendOf } from '../rules/trend.ts'
import { trend } from './shapes.ts'

/** A figure as one document has it. `edition` counts the documents from 0. */
export const figureShown = z.object({
  edition: z.number(),
  fy: z.number(),
  role: z.enum(['target', 'actual', 'baseline']),
  value: z.string().nullable(),
  printed: z.string().nullable(),
  confidence: z.enum(['high', 'medium', 'low']).nullable(),
  counterpart: z.string().nullable(),
  achievementPrinted: z.string().nullable(),
  note: z.string().nullable(),
})

export type FigureShown = z.output<typeof figureShown>

/** An indicator with every figure of every document, and what is counted live. */
export const indicatorShown = z.object({
  slug: z.string(),
  id: z.string(),
  kind: z.enum(['main', 'sub']),
  title: z.string(),
  unit: z.string(),
  direction: z.enum(['up', 'down']),
  directionNote: z.string().nullable(),
  aggregation: z.string().nullable(),
  description: z.string().nullable(),
  dataSource: z.string().nullable(),
  rationales: z.array(z.object({ fy: z.number(), text: z.string() })),
  observations: z.array(z.string()),
  /** The documents that print it, oldest first: ids of sources. */
  editions: z.array(z.string()),
  figures: z.array(figureShown),
  bound: z.boolean(),
  /** Years that are counted from records, newest first. */
  live: z.array(liveShown),
  trend,
})

export type IndicatorShown = z.output<typeof indicatorShown>

/** Puts a stored indicator into words of the views, counting what is bound. */
export async function shownIndicator(stage: Stage, stored: StoredIndicator): Promise<IndicatorShown> {
  const { indicator, slug } = stored
  const live = []
  for (const fy of yearsCounted(stored, stage.now)) live.unshift(await liveOf(stage, stored, fy))
  const counted = live.filter((one) => one !== null)
  return {
    slug,
    id: indicator.id,
    kind: indicator.kind,
    title: indicator.title,
    unit: indicator.unit,
    direction: indicator.direction,
    directionNote: indicator.directionNote,
    aggregation: indicator.aggregation,
    description: indicator.description,
    dataSource: indicator.dataSource,
    rationales: indicator.targetRationales,
    observations: indicator.observations,
    editions: indicator.editions.map(({ source }) => source),
    figures: indicator.editions.flatMap(({ baseline, figures }, edition) => [
      ...(baseline ? [{ ...noFigure, ...baseline, role: 'baseline' as const, edition }] : []),
      ...figures.map((one) => ({ ...one, edition })),
    ]),
    bound: indicator.binding !== null,
    live: counted,
    // A year that isn't over would look like a fall.
    trend: trendOf(
      indicator,
      counted.filter((one) => one.fy < fiscalYear(stage.now)),
    ),
  }
}

const noFigure = { confidence: null, counterpart: null, achievementPrinted: null }
