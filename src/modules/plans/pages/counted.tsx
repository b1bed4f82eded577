import type { z } from 'zod'
import { EmptyState, Figure, Page, Paging, Table, useDates } from '#ui/index.ts'
import type { countedPage } from '../views/counted.ts'
import { usePlanWords } from '../words.ts'
import { paths } from './parts.tsx'

type Counted = z.output<typeof countedPage.output>

/** The way from a number down to what was counted. */
export const CountedPage = ({ counted }: { counted: Counted }) => {
  const w = usePlanWords()
  const { day, moment } = useDates()
  const { indicator, measure, plan, live, records, page, more, years } = counted
  const fy = w.fy(live.fy)
  return (
    <Page
      title={w.counted.heading(indicator.title, fy)}
      heading={w.counted.title(fy)}
      crumbs={[
        { label: w.menu, href: paths.plans },
        { label: plan.title, href: paths.plan(plan.slug) },
        { label: measure.title, href: paths.measure(measure.slug) },
        { label: indicator.title, href: paths.indicator(indicator.slug) },
        { label: w.live.open },
      ]}
    >
      <p>
        <a href={paths.indicator(indicator.slug)}>{indicator.title}</a>
      </p>
      <p class="receipt-number">
        {live.state === 'counted' ? <Figure value={live.value} unit={live.unit} strong /> : w.live.state[live.state]}
      </p>
      {live.asOf && live.state === 'counted' && <p class="small muted">{w.live.asOf(moment(live.asOf))}</p>}
      <p>{live.state === 'unregistered' ? w.live.unregisteredText : w.counted.lead}</p>
      {live.says && <p>{live.says}</p>}
      <p class="small muted">{w.live.since(day(live.since))}</p>
      {years.length > 1 && (
        <p>
          {w.counted.years}：
          {years.map((year) =>
            year === live.fy ? (
              <b>{w.fy(year)}　</b>
            ) : (
              <>
                <a href={paths.counted(indicator.slug, year)}>{w.fy(year)}</a>
                {'　'}
              </>
            ),
          )}
        </p>
      )}
      {live.state !== 'unregistered' && (
        <Table
          caption={w.counted.columns.title}
          hideCaption
          columns={[
            { label: w.counted.columns.no, num: true, cell: ({ no }) => no },
            {
              label: w.counted.columns.title,
              head: true,
              wide: true,
              cell: ({ title, href }) => (href ? <a href={href}>{title}</a> : title),
            },
            { label: w.counted.columns.at, cell: ({ at }) => moment(at) },
          ]}
          rows={records}
          empty={
            <EmptyState title={w.counted.none}>
              <p>{w.counted.noneText}</p>
            </EmptyState>
          }
        />
      )}
      <Paging
        previous={page > 1 ? paths.counted(indicator.slug, live.fy, page - 1) : null}
        next={more ? paths.counted(indicator.slug, live.fy, page + 1) : null}
      />
      <p>
        <a href={paths.indicator(indicator.slug)}>{w.counted.back}</a>
      </p>
    </Page>
  )
}
