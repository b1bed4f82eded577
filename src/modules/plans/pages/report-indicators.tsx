import type { z } from 'zod'
import { Facts, Table } from '#ui/index.ts'
import type { reportPage } from '../views/report.ts'
import { usePlanWords } from '../words.ts'
import { ReportFigure } from './cells.tsx'
import { paths, Trend } from './parts.tsx'

type Shown = z.output<typeof reportPage.output>
type Rows = Shown['report']['main']
type Row = Rows['rows'][number]

/** Targets above actuals, as the printed sheet has them, with the rate of the year and a picture. */
export const ReportIndicators = ({ shown, kind }: { shown: Shown; kind: 'main' | 'sub' }) => {
  const w = usePlanWords()
  const { report, indicators, trends } = shown
  const { rows, baselineFY } = report[kind]
  if (rows.length === 0) return null
  const silent = report[kind].years.filter(({ fy, past }) => past && fy !== report.fy && rows.every(nothingIn(fy)))
  const years = report[kind].years.filter((year) => !silent.includes(year))
  const lines = (fy: number) => (row: Row) => {
    const year = row.years.find((one) => one.fy === fy)
    const slug = indicators[row.id]
    if (!year) return null
    return (
      <>
        <div>
          <span class="small muted">{w.report.target}</span> <ReportFigure of={year.target} />
        </div>
        <div>
          <span class="small muted">{w.report.actual}</span>{' '}
          <ReportFigure
            of={year.actual}
            href={year.actual.state === 'live' && slug ? paths.counted(slug, fy) : undefined}
          />
        </div>
        {fy !== report.fy && year.achievement && (
          <div>
            <span class="small muted">{w.report.achievement}</span> <ReportFigure of={year.achievement} strong />
          </div>
        )}
      </>
    )
  }
  return (
    <>
      <Table
        caption={w[kind]}
        columns={[
          {
            label: w.kinds.indicator,
            head: true,
            wide: true,
            cell: ({ id, title, unit }: Row) => {
              const slug = indicators[id]
              const trend = trends[id]
              return (
                <>
                  {slug ? <a href={paths.indicator(slug)}>{title}</a> : title}
                  {trend && <Trend trend={trend} unit={unit} />}
                </>
              )
            },
          },
          {
            label: w.report.baseline(baselineFY),
            num: true,
            cell: ({ baseline }: Row) => <ReportFigure of={baseline} />,
          },
          ...years.flatMap(({ fy, past }) => [
            {
              label: past ? w.shortFy(fy) : w.report.targetIn(fy),
              num: true,
              cell: past
                ? lines(fy)
                : (row: Row) => {
                    const year = row.years.find((one) => one.fy === fy)
                    return year && year.target.state !== 'future' ? <ReportFigure of={year.target} /> : null
                  },
            },
            ...(fy === report.fy
              ? [
                  {
                    label: w.report.achievement,
                    num: true,
                    cell: (row: Row) => {
                      const rate = row.years.find((one) => one.fy === fy)?.achievement
                      return rate && <ReportFigure of={rate} strong />
                    },
                  },
                ]
              : []),
          ]),
        ]}
        rows={rows}
      />
      {silent.length > 0 && <p class="small">{w.report.silent(silent.map(({ fy }) => w.shortFy(fy)))}</p>}
    </>
  )
}

/** Whether the documents say nothing of an earlier year: then it needs no column. */
const nothingIn = (fy: number) => (row: Row) => {
  const year = row.years.find((one) => one.fy === fy)
  return [year?.target, year?.actual, year?.achievement].every((one) => !one || one.state === 'unknown')
}

/** How each computed rate came about: formula and figures. */
export const Workings = ({ shown: { report } }: { shown: Shown }) => {
  const w = usePlanWords()
  const done = [...report.main.rows, ...report.sub.rows]
    .map(({ title, years }) => ({ title, years: years.filter(({ achievement }) => achievement?.explanation) }))
    .filter(({ years }) => years.length > 0)
  return (
    <>
      <p class="small">{report.methodWords}</p>
      {done.length > 0 && (
        <details>
          <summary>{w.report.workings}</summary>
          <ul>
            {done.map(({ title, years }) => (
              <li>
                {title}
                <ul>
                  {years.map(({ fy, achievement }) => (
                    <li>
                      {w.fy(fy)}：{achievement?.explanation}
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

/** What each indicator means, where its data come from, and why the next target is what it is. */
export const Explained = ({ shown: { report } }: { shown: Shown }) => {
  const w = usePlanWords()
  const rows = [...report.main.rows, ...report.sub.rows].filter(
    ({ description, dataSource, rationale }) => description || dataSource || rationale,
  )
  if (rows.length === 0) return null
  return (
    <section>
      <h3>{w.report.explained}</h3>
      {rows.map(({ title, description, dataSource, rationale }) => (
        <>
          <h4>{title}</h4>
          <Facts
            items={[
              ...(description ? [{ label: w.report.description, value: description }] : []),
              ...(dataSource ? [{ label: w.report.dataSource, value: dataSource }] : []),
              ...(rationale ? [{ label: w.indicator.rationale(rationale.fyName), value: rationale.text }] : []),
            ]}
          />
        </>
      ))}
    </section>
  )
}
