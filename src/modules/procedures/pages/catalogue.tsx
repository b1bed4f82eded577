import type { z } from 'zod'
import { formatDate, tokyoDate } from '#core/dates.ts'
import { ButtonLink, EmptyState, Note, Page, SearchBox, Table } from '#ui/index.ts'
import type { catalogue } from '../views/catalogue.ts'
import type { PublicWords } from '../words.en.ts'
import { usePublicWords } from '../words.ts'
import { OpeningBadge } from './state-badge.tsx'

type Listed = z.output<typeof catalogue.output>['procedures'][number]

/** The last day of a period whose end is a moment: what closes at midnight is open until the day before. */
export const lastDay = (closes: Date) => formatDate(tokyoDate(new Date(closes.getTime() - 1)))

/** Everything that can be filed here. */
export const Catalogue = ({ procedures, asked }: { procedures: readonly Listed[]; asked: string }) => {
  const w = usePublicWords()
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
            { label: w.procedure.period, cell: (row: Listed) => periodOf(row, w) },
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

export const periodOf = ({ opens_at, closes_at }: { opens_at: Date | null; closes_at: Date | null }, w: PublicWords) =>
  [opens_at && w.from(formatDate(tokyoDate(opens_at))), closes_at && w.until(lastDay(closes_at))]
    .filter(Boolean)
    .join('　') || w.procedure.always
