import { Badge, Console, DateText, EmptyState, Pagination, Panel, Table, Tabs, useWords } from '#ui/index.ts'
import { type DeliveryState, deliveryStates } from '../rules.ts'
import type { Listed } from '../views/deliveries.ts'
import { en } from '../words.en.ts'
import { ja } from '../words.ja.ts'

const words = { ja, en }

/** How a state looks; its words say the same. */
export const badgeOf: Record<DeliveryState, 'ok' | 'warn' | 'bad' | 'idle' | 'now'> = {
  'given-up': 'bad',
  failed: 'warn',
  queued: 'now',
  sent: 'ok',
  'told-otherwise': 'idle',
}

type Filter = DeliveryState | 'all'

type DeliveriesProps = {
  deliveries: readonly Listed[]
  counts: Record<Filter, number>
  state: Filter
  page: number
  pages: number
}

/** Which mails arrived and which did not; those that did not come first. */
export const DeliveriesPage = ({ deliveries, counts, state, page, pages }: DeliveriesProps) => {
  const w = useWords(words).console
  // Their rows would say nothing: that they are there is said once.
  const others = deliveries.filter(({ open }) => !open).length
  const href = (to: Filter, n = 1) => {
    const query = new URLSearchParams({ ...(to !== 'given-up' && { state: to }), ...(n > 1 && { page: String(n) }) })
    return `/console/notices${query.size > 0 ? `?${query}` : ''}`
  }
  return (
    <Console
      title={w.title}
      crumbs={[{ label: w.title }]}
      tabs={
        <Tabs
          label={w.tabs}
          items={[...deliveryStates, 'all' as const].map((one) => ({
            href: href(one),
            label: w.tab[one],
            count: counts[one],
            current: one === state,
          }))}
        />
      }
    >
      <Panel title={w.tab[state]}>
        <p>{w.lead}</p>
        <Table
          caption={w.tab[state]}
          hideCaption
          columns={[
            {
              label: w.columns.subject,
              head: true,
              wide: true,
              cell: (row) => <a href={`/console/notices/${row.id}`}>{row.subject}</a>,
            },
            { label: w.columns.to, cell: (row) => row.to },
            ...(state === 'all'
              ? [
                  {
                    label: w.columns.state,
                    cell: (row: Listed) => <Badge kind={badgeOf[row.state]}>{w.states[row.state]}</Badge>,
                  },
                ]
              : []),
            {
              label: w.columns.last,
              cell: (row) => row.lastAttemptAt && <DateText date={row.lastAttemptAt} />,
            },
          ]}
          rows={deliveries.filter(({ open }) => open)}
          empty={
            state === 'given-up' ? (
              <EmptyState title={w.noneGivenUp}>
                <p>{w.noneGivenUpText}</p>
              </EmptyState>
            ) : (
              <EmptyState title={w.none} />
            )
          }
        />
        {others > 0 && <p>{w.others(others)}</p>}
        <Pagination page={page} pages={pages} href={(n) => href(state, n)} total={counts[state]} unit={w.unit} />
      </Panel>
    </Console>
  )
}
