import type { z } from 'zod'
import {
  Console,
  DateText,
  EmptyState,
  FilterSelect,
  Filters,
  FilterText,
  Pagination,
  Panel,
  Table,
} from '#ui/index.ts'
import type { FilingState } from '../rules.ts'
import { perPage, type queuePage } from '../views/queue.ts'
import { ja as w } from '../words.ja.ts'
import { StateBadge } from './state-badge.tsx'

type Shown = z.output<typeof queuePage.output>
type Row = Shown['filings'][number]

export type QueueQuery = { state: string; procedure: string; q: string; page: number }

/** Filings to review: filters above, the longest waiting first. */
export const QueuePage = ({ filings, total, counts, procedures, query }: Shown & { query: QueueQuery }) => {
  const address = (page: number) =>
    `/console/filings?${new URLSearchParams({ state: query.state, procedure: query.procedure, q: query.q, page: String(page) })}`
  return (
    <Console title={w.queue.title}>
      <Filters clear="/console/filings">
        <FilterSelect
          name="state"
          label={w.queue.state}
          value={query.state}
          options={[
            { value: 'open', label: w.queue.counted(w.queue.open, counts.open ?? 0) },
            ...Object.entries(w.states).map(([value, { short }]) => ({
              value,
              label: w.queue.counted(value === 'reviewing' ? w.queue.undecided : short, counts[value] ?? 0),
            })),
            { value: 'all', label: w.queue.counted(w.queue.all, counts.all ?? 0) },
          ]}
        />
        <FilterSelect
          name="procedure"
          label={w.queue.procedure}
          value={query.procedure}
          options={[
            { value: '', label: w.queue.every },
            ...procedures.map(({ id, title }) => ({ value: id, label: title })),
          ]}
        />
        <FilterText name="q" label={w.queue.words} value={query.q} />
      </Filters>
      <Panel title={w.queue.caption}>
        {filings.length === 0 ? (
          <EmptyState title={w.queue.none}>
            <p>{w.queue.noneText}</p>
          </EmptyState>
        ) : (
          <Table
            caption={w.queue.caption}
            hideCaption
            queue
            columns={[
              {
                label: w.queue.number,
                head: true,
                cell: (row: Row) => <a href={`/console/filings/${row.id}`}>{row.number}</a>,
              },
              { label: w.queue.procedure, wide: true, cell: (row: Row) => row.title },
              { label: w.queue.applicant, wide: true, cell: (row: Row) => row.name ?? w.queue.unnamed },
              { label: w.queue.arrived, cell: (row: Row) => <DateText date={row.arrived_at} /> },
              { label: w.queue.clock, num: true, cell: (row: Row) => w.queue.clockValue(row.used, row.standard_days) },
              {
                label: w.queue.state,
                cell: (row: Row) => <StateBadge state={row.state as FilingState} words={w} />,
              },
            ]}
            rows={filings}
          />
        )}
        <Pagination
          page={query.page}
          pages={Math.max(1, Math.ceil(total / perPage))}
          href={address}
          total={total}
          unit="件"
        />
      </Panel>
    </Console>
  )
}
