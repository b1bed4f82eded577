import { Table } from '#ui/index.ts'
import type { FigureShown, IndicatorShown } from '../views/indicator-shown.ts'
import { usePlanWords } from '../words.ts'
import { Shown } from './parts.tsx'

type Source = { id: string; title: string }

/** The figures of one indicator, year by year, as each document has them, side by side. */
export const EditionTable = ({ indicator, sources }: { indicator: IndicatorShown; sources: readonly Source[] }) => {
  const w = usePlanWords()
  const { figures, editions, unit } = indicator
  const years = [...new Set(figures.map(({ fy }) => fy))].toSorted((a, b) => a - b)
  const number = (edition: number) => sources.findIndex(({ id }) => id === editions[edition]) + 1
  const columns = editions.flatMap((_, edition) =>
    (['baseline', 'target', 'actual'] as const)
      .filter((role) => figures.some((one) => one.edition === edition && one.role === role))
      .map((role) => ({ edition, role })),
  )
  if (years.length === 0) return <p>{w.indicator.noFigures}</p>
  const at = (fy: number, edition: number, role: FigureShown['role']) =>
    figures.find((one) => one.fy === fy && one.edition === edition && one.role === role)
  const rated = figures.some(({ achievementPrinted }) => achievementPrinted !== null)
  return (
    <Table
      caption={indicator.title}
      note={w.measure.unit(unit)}
      columns={[
        { label: w.measure.columns.fy, head: true, cell: (fy: number) => w.fy(fy) },
        ...columns.map(({ edition, role }) => ({
          label: w.measure.inSource(number(edition), w.measure.roles[role]),
          num: true,
          cell: (fy: number) => {
            const figure = at(fy, edition, role)
            if (!figure) return null
            const sure = figure.confidence === null || figure.confidence === 'high'
            return (
              <>
                <Shown figure={figure} unit={unit} />
                {!sure && <span class="small muted">（{w.inferred}）</span>}
              </>
            )
          },
        })),
        ...(rated
          ? [
              {
                label: w.measure.achievement,
                num: true,
                cell: (fy: number) =>
                  figures.findLast((one) => one.fy === fy && one.achievementPrinted !== null)?.achievementPrinted,
              },
            ]
          : []),
      ]}
      rows={years}
    />
  )
}

/** Every figure in a line of its own: role, number, printed form, how sure, from where. */
export const FigureTable = ({ indicator, sources }: { indicator: IndicatorShown; sources: readonly Source[] }) => {
  const w = usePlanWords()
  const { columns, confidences } = w.indicator
  const { editions, unit, live } = indicator
  const figures = indicator.figures.toSorted((a, b) => a.fy - b.fy || a.edition - b.edition)
  const rows: (FigureShown & { counted?: boolean })[] = [
    ...figures,
    ...live.flatMap(({ fy, value }) =>
      value === null ? [] : [{ ...blank, fy, value, role: 'actual' as const, counted: true }],
    ),
  ]
  type Row = (typeof rows)[number]
  if (rows.length === 0) return <p>{w.indicator.noFigures}</p>
  return (
    <Table
      caption={w.indicator.figures}
      hideCaption
      columns={[
        { label: columns.fy, head: true, cell: ({ fy }: Row) => w.fy(fy) },
        { label: columns.role, cell: ({ role }: Row) => w.measure.roles[role] },
        {
          label: columns.value,
          num: true,
          cell: ({ value }: Row) => <Shown figure={{ value, printed: null }} unit={unit} />,
        },
        { label: columns.printed, num: true, cell: ({ printed }: Row) => printed },
        {
          label: columns.confidence,
          cell: ({ confidence }: Row) => confidence && confidences[confidence],
        },
        { label: columns.achievement, num: true, cell: ({ achievementPrinted }: Row) => achievementPrinted },
        {
          label: columns.source,
          cell: ({ edition, counted }: Row) =>
            counted
              ? w.indicator.fromRecords
              : w.sourceNumber(sources.findIndex(({ id }) => id === editions[edition]) + 1),
        },
        {
          label: columns.note,
          wide: true,
          cell: ({ counterpart, note, role, counted }: Row) =>
            counted
              ? w.indicator.fromRecordsNote
              : [counterpart && role !== 'baseline' && w.indicator.counterparts(role), note]
                  .filter(Boolean)
                  .join('。') || null,
        },
      ]}
      rows={rows}
    />
  )
}

const blank = {
  edition: -1,
  printed: null,
  confidence: null,
  counterpart: null,
  achievementPrinted: null,
  note: null,
}
