import type { z } from 'zod'
import { Hidden, Table } from '#ui/index.ts'
import type { cell, projectTable, resourceTable } from '../views/shapes.ts'
import { usePlanWords } from '../words.ts'

export type ShownCell = z.output<typeof cell>

/** A figure of a report with what has to be said about it: its label, and the numbers of the notes below the page. */
export const ReportFigure = ({
  of,
  href,
  strong = false,
}: {
  of: ShownCell
  href?: string | undefined
  strong?: boolean
}) => {
  if (of.state === 'future') return null
  const quiet = of.state === 'unknown' || of.state === 'noRate' || of.state === 'dash'
  const shown = strong && !quiet ? <b>{of.shown}</b> : of.shown
  return (
    <>
      {quiet ? <span class="muted">{of.shown}</span> : href ? <a href={href}>{shown}</a> : shown}
      {of.notes.map((no) => (
        <sup>
          <a href={`#note-${no}`}>※{no}</a>
        </sup>
      ))}
      {of.label && <span class="small muted">（{of.label}）</span>}
    </>
  )
}

/** Budgets, personnel cost and staff by year. */
export const ResourceTable = ({ resources }: { resources: z.output<typeof resourceTable> }) => {
  const w = usePlanWords()
  const years = resources.years
    .map((year, i) => ({ ...year, i }))
    .filter(({ i }) => resources.rows.some(({ cells }) => cells[i] && cells[i].state !== 'future'))
  const known = resources.rows.some(({ cells }) => cells.some(({ value }) => value !== null))
  if (!known) return <p>{w.report.noMoney}</p>
  return (
    <>
      <Unit unit={resources.unit} />
      <Table
        caption={w.report.money}
        hideCaption
        columns={[
          { label: w.measure.moneyItem, head: true, cell: ({ label }) => label },
          ...years.map(({ fyName, i }) => ({
            label: fyName,
            num: true,
            cell: ({ cells }: { cells: ShownCell[] }) => {
              const one = cells[i]
              return one && one.state !== 'future' ? <ReportFigure of={one} /> : null
            },
          })),
        ]}
        rows={resources.rows}
      />
      {years.some(({ i }) => resources.rows.some(({ cells }) => cells[i]?.state === 'future')) && (
        <p class="small muted">{w.report.moneyNote}</p>
      )}
    </>
  )
}

/** Of all amounts of the table below, at its right as on the printed sheet. */
const Unit = ({ unit }: { unit: string | null }) => {
  const w = usePlanWords()
  return unit === null ? null : <p class="small num">（{w.measure.unit(unit)}）</p>
}

type Projects = z.output<typeof projectTable>

/** The main projects with their budgets, and their sum, which is never said to be the measure's. */
export const ProjectTable = ({ projects }: { projects: Projects }) => {
  const w = usePlanWords()
  const total = { title: w.measure.total, newness: null, basicProject: null, department: null, summary: null }
  const rows = [
    ...projects.rows.map((row) => ({ ...row, total: false })),
    { ...total, cells: projects.totals, total: true },
  ]
  return (
    <>
      <Unit unit={projects.unit} />
      <Table
        caption={w.report.projects}
        hideCaption
        columns={[
          {
            label: w.measure.projectColumns.project,
            head: true,
            wide: true,
            cell: ({ title, newness, basicProject, summary, total }) => (
              <>
                {newness && `（${newness}）`}
                <b>{title}</b>
                {[basicProject && w.measure.basicProject(basicProject), summary].filter(Boolean).map((line) => (
                  <>
                    <br />
                    <span class="small muted">{line}</span>
                  </>
                ))}
                {total && <Hidden>{w.measure.total}</Hidden>}
              </>
            ),
          },
          {
            label: w.measure.projectColumns.department,
            cell: ({ department, total }) => (total ? <Hidden>―</Hidden> : (department ?? w.unknown)),
          },
          ...projects.years.map(({ fyName }, i) => ({
            label: fyName,
            num: true,
            cell: ({ cells }: (typeof rows)[number]) => {
              const one = cells[i]
              return one && <ReportFigure of={one} />
            },
          })),
        ]}
        rows={rows}
      />
      {projects.remarks.map((remark) => (
        <p class="small">{remark}</p>
      ))}
    </>
  )
}
