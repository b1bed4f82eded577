import type { z } from 'zod'
import { ButtonLink, EmptyState, Note, Page, SearchBox, Table, useDates } from '#ui/index.ts'
import type { catalogue } from '../views/catalogue.ts'
import { usePublicWords } from '../words.ts'
import { OpeningBadge } from './state-badge.tsx'

type Listed = z.output<typeof catalogue.output>['procedures'][number]

/** Everything that can be filed here. */
export const Catalogue = ({ procedures, asked }: { procedures: readonly Listed[]; asked: string }) => {
  const w = usePublicWords()
  const periodOf = usePeriod()
  return (
    <Page title={w.catalogue.title} width="wide" crumbs={[{ label: w.catalogue.title }]}>
      <SearchBox action="/procedures" label={w.catalogue.search} value={asked} />
      {procedures.length === 0 ? (
        <EmptyState title={w.catalogue.none} next={{ href: '/procedures', label: w.catalogue.every }}>
          <p>{w.catalogue.noneText}</p>
        </EmptyState>
      ) : (
        <Table
          caption={w.catalogue.count(procedures.length)}
          columns={[
            {
              label: w.menu,
              head: true,
              cell: (row: Listed) => <a href={`/procedures/${row.slug}`}>{row.title}</a>,
            },
            { label: w.procedure.what, wide: true, cell: (row: Listed) => row.summary },
            { label: w.procedure.period, cell: periodOf },
            {
              label: w.catalogue.state,
              cell: (row: Listed) => <OpeningBadge opening={row.opening} words={w} />,
            },
          ]}
          rows={[...procedures]}
        />
      )}
      <Note kind="info" title={w.catalogue.status}>
        <p>{w.catalogue.statusText}</p>
        <ButtonLink kind="secondary" href="/filings/status">
          {w.catalogue.status}
        </ButtonLink>
      </Note>
    </Page>
  )
}

/** From when to when it can be filed, in words. What closes at midnight is open until the day before. */
export function usePeriod() {
  const w = usePublicWords()
  const { day } = useDates()
  return ({ opens_at, closes_at }: { opens_at: Date | null; closes_at: Date | null }) =>
    [opens_at && w.from(day(opens_at)), closes_at && w.until(day(new Date(closes_at.getTime() - 1)))]
      .filter(Boolean)
      .join('　') || w.procedure.always
}
