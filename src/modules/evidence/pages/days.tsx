import type { z } from 'zod'
import { EmptyState, formatNumber, Page, Paging, Table } from '#ui/index.ts'
import type { evidenceDays } from '../views/days.ts'
import { places, SealFacts, useDay, useEvidenceWords, Value } from './parts.tsx'

/** The newest seal and those of a month's days. */
export const DaysPage = ({ newest, month, days, earlier, later }: z.output<typeof evidenceDays.output>) => {
  const { days: w } = useEvidenceWords()
  const day = useDay()
  return (
    <Page title={w.title} crumbs={[{ label: w.title }]} width="wide">
      <p>{w.lead}</p>
      <p>{w.untilYesterday}</p>
      {newest ? (
        <>
          <h2>{w.newest}</h2>
          <SealFacts seal={newest} />
          <h2>{w.byDay(day(month))}</h2>
          <Table
            caption={w.byDay(day(month))}
            hideCaption
            columns={[
              { label: w.day, head: true, cell: (row) => <a href={places.day(row.day)}>{day(row.day)}</a> },
              { label: w.size, num: true, cell: ({ size }) => formatNumber(size) },
              { label: w.root, wide: true, cell: ({ root }) => <Value>{root}</Value> },
            ]}
            rows={days}
            empty={<p>{w.noDays}</p>}
          />
          <Paging previous={earlier && places.month(earlier)} next={later && places.month(later)} label={w.title} />
          <h2>{w.why}</h2>
          <p>{w.whyText}</p>
        </>
      ) : (
        <EmptyState title={w.none}>
          <p>{w.noneText}</p>
        </EmptyState>
      )}
    </Page>
  )
}
