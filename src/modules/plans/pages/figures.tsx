import { Hidden, Table } from '#ui/index.ts'
import { withUnit } from '../rules/report/cell.ts'
import type { FigureShown, IndicatorShown } from '../views/indicator-shown.ts'
import { usePlanWords } from '../words.ts'
import { OneLine, Shown } from './parts.tsx'

/** The figures of one indicator, year by year, as each document has them, side by side. */
export const EditionTable = ({ indicator }: { indicator: IndicatorShown }) => {
  const w = usePlanWords()
  const { figures, editions, unit } = indicator
  const years = [...new Set(figures.map(({ fy }) => fy))].toSorted((a, b) => a - b)
  const columns = editions.flatMap((id, edition) =>
    (['baseline', 'target', 'actual'] as const)
      .filter((role) => figures.some((one) => one.edition === edition && one.role === role))
      .map((role) => ({ id, edition, role })),
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
        { label: w.measure.columns.fy, head: true, cell: (fy: number) => <OneLine>{w.fy(fy)}</OneLine> },
        ...columns.map(({ id, edition, role }) => ({
          label: w.measure.inSource(id, w.measure.roles[role]),
          num: true,
          cell: (fy: number) => {
            const figure = at(fy, edition, role)
            if (!figure) return <Hidden>{w.measure.notThere}</Hidden>
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
                  figures.findLast((one) => one.fy === fy && one.achievementPrinted !== null)?.achievementPrinted ?? (
                    <Hidden>{w.measure.notThere}</Hidden>
                  ),
              },
            ]
          : []),
      ]}
      rows={years}
    />
  )
}

/** Every figure in a line of its own: role and how sure it is, number, printed form, from where. */
export const FigureTable = ({ indicator }: { indicator: IndicatorShown }) => {
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
        { label: columns.fy, head: true, cell: ({ fy }: Row) => <OneLine>{w.fy(fy)}</OneLine> },
        {
          label: columns.role,
          cell: ({ role, confidence }: Row) => (
            <OneLine>
              {w.measure.roles[role]}
              {confidence && <span class="small muted">　{confidences[confidence]}</span>}
            </OneLine>
          ),
        },
        {
          label: columns.value,
          num: true,
          cell: ({ value }: Row) => value && withUnit(value, unit),
        },
        {
          label: columns.printed,
          num: true,
          cell: ({ printed, value }: Row) => printed ?? (value === null ? <Shown figure={null} unit={unit} /> : null),
        },
        { label: columns.achievement, num: true, cell: ({ achievementPrinted }: Row) => achievementPrinted },
        {
          label: columns.source,
          cell: ({ edition, counted }: Row) => (
            <OneLine>{counted ? w.indicator.fromRecords : w.sourceNamed(editions[edition] ?? '')}</OneLine>
          ),
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
