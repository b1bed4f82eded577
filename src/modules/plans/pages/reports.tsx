import type { z } from 'zod'
import { Badge, EmptyState, Page, Table } from '#ui/index.ts'
import type { reportList } from '../views/reports.ts'
import { usePlanWords } from '../words.ts'
import { paths, RatingBadge } from './parts.tsx'

type Shown = z.output<typeof reportList.output>

/** Every report that can be drawn, year by year. */
export const ReportListPage = ({ years }: Shown) => {
  const w = usePlanWords()
  const { columns } = w.reports
  return (
    <Page
      title={w.reports.title}
      crumbs={[{ label: w.menu, href: paths.plans }, { label: w.reports.title }]}
      width="wide"
    >
      <p>{w.reports.lead}</p>
      {years.length === 0 && (
        <EmptyState title={w.reports.none} next={{ href: paths.plans, label: w.menu }}>
          <p>{w.reports.noneText}</p>
        </EmptyState>
      )}
      {years.map(({ fy, running, measures }) => (
        <section>
          <h2>
            {w.fy(fy)} {running && <Badge kind="now">{w.reports.running}</Badge>}
          </h2>
          <Table
            caption={w.fy(fy)}
            hideCaption
            columns={[
              {
                label: columns.measure,
                head: true,
                wide: true,
                cell: ({ slug, title, code }) => (
                  <a href={paths.report(slug, fy)}>
                    {code && `${code}　`}
                    {title}
                  </a>
                ),
              },
              { label: columns.plan, wide: true, cell: ({ plan }) => plan },
              {
                label: columns.rating,
                cell: ({ rating, actuals }) =>
                  rating || actuals || running ? (
                    <RatingBadge rating={rating} />
                  ) : (
                    <span class="muted">{w.reports.nothing}</span>
                  ),
              },
              { label: columns.pdf, cell: ({ slug }) => <a href={paths.pdf(slug, fy)}>{w.reports.pdf}</a> },
            ]}
            rows={measures}
          />
        </section>
      ))}
    </Page>
  )
}
