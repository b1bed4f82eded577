import type { z } from 'zod'
import { Table, useShell } from '#ui/index.ts'
import type { indicatorPage } from '../views/indicator.ts'
import { usePlanWords } from '../words.ts'

type ByMethodShown = NonNullable<z.output<typeof indicatorPage.output>['byMethod']>

/** The newest figures by the methods of several offices, each with its computation, side by side. */
export const ByMethod = ({ of: { fy, methods, verdictDependsOnMethod } }: { of: ByMethodShown }) => {
  const w = usePlanWords()
  const { language } = useShell()
  const { title, lead, depends, columns, offices, grade } = w.indicator.byMethod
  type Row = (typeof methods)[number]
  return (
    <details>
      <summary>{title(w.fy(fy))}</summary>
      <p>{lead}</p>
      {verdictDependsOnMethod && (
        <p>
          <b>{depends}</b>
        </p>
      )}
      <Table
        caption={title(w.fy(fy))}
        hideCaption
        columns={[
          { label: columns.method, head: true, cell: (row: Row) => row.title[language] },
          { label: columns.shown, num: true, cell: ({ shown }: Row) => <b>{shown}</b> },
          {
            label: columns.grade,
            cell: (row: Row) => row.grade !== null && grade(row.grade, offices[row.scale ?? ''] ?? ''),
          },
          { label: columns.explanation, wide: true, cell: ({ explanation }: Row) => explanation[language] },
        ]}
        rows={methods}
      />
    </details>
  )
}
