import type { Db } from '#core/database.ts'
import { searchForm } from '#core/text.ts'
import { keyOf } from '../../queries/grouping.ts'
import type { Bound } from '../../queries.ts'
import type { Binding, Edition, Figure, Indicator } from '../../rules/plan-file.ts'
import { indicatorSlug } from '../../slugs.ts'
import { insertRows, json } from './rows.ts'

export type ToPut = {
  measure: string
  ordinal: number
  indicator: Indicator
  /** Of live indicators. */
  span: { firstFY: number; lastFY: number } | null
}

/** Indicators with their editions and figures. Those of the same ids must be gone; `before` holds their bindings. */
export async function putIndicators(
  db: Db,
  id: string,
  indicators: readonly ToPut[],
  before: ReadonlyMap<string, Bound>,
  now: Date,
) {
  await insertRows(
    db,
    'indicator',
    indicators.map(({ measure, ordinal, indicator, span }) => {
      const bound = boundOf(indicator.binding, before.get(keyOf(measure, indicator.id)), now)
      return {
        measure,
        id: indicator.id,
        slug: indicatorSlug(measure, indicator.id),
        import: id,
        ordinal,
        kind: indicator.kind,
        title: indicator.title,
        unit: indicator.unit,
        direction: indicator.direction,
        direction_note: indicator.directionNote,
        aggregation: indicator.aggregation,
        description: indicator.description,
        data_source: indicator.dataSource,
        target_rationales: json(indicator.targetRationales),
        observations: indicator.observations,
        binding_measure: bound?.binding.measure ?? null,
        binding_option: bound?.binding.option ?? null,
        bound_at: bound?.at ?? null,
        first_fy: span?.firstFY ?? null,
        last_fy: span?.lastFY ?? null,
        extra: json(indicator.extra),
        search: searchForm(`${indicator.title} ${indicator.description ?? ''}`),
      }
    }),
  )
  const editions = indicators.flatMap(({ measure, indicator }) =>
    indicator.editions.map((edition, ordinal) => ({ measure, indicator: indicator.id, ordinal, edition })),
  )
  await insertRows(
    db,
    'indicator_edition',
    editions.map(({ edition, ...at }) => ({ ...at, source: edition.source, extra: json(edition.extra) })),
  )
  await insertRows(
    db,
    'indicator_figure',
    editions.flatMap(({ measure, indicator, ordinal: edition, edition: { baseline, figures } }) => [
      ...(baseline
        ? [{ ...figureRow({ ...noFigure, ...baseline, role: 'baseline' }), measure, indicator, edition, ordinal: 0 }]
        : []),
      ...figures.map((one, i) => ({ ...figureRow(one), measure, indicator, edition, ordinal: i + 1 })),
    ]),
  )
}

/** What the file says; where it says nothing, what stood. A binding keeps the day since when it counts. */
function boundOf(binding: Binding | null, before: Bound | undefined, now: Date): Bound | null {
  if (!binding) return before ?? null
  const same = before?.binding.measure === binding.measure && before.binding.option === binding.option
  return { binding, at: same ? before.at : now }
}

const noFigure = { confidence: null, counterpart: null, achievementPrinted: null }

const figureRow = (
  one: Omit<Figure, 'role'> & { role: Figure['role'] | 'baseline' } & Partial<NonNullable<Edition['baseline']>>,
) => ({
  fy: one.fy,
  role: one.role,
  value: one.value,
  printed: one.printed,
  confidence: one.confidence,
  counterpart: one.counterpart,
  achievement_printed: one.achievementPrinted,
  note: one.note,
  extra: json(one.extra),
})
