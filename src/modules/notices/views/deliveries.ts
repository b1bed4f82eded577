import { z } from 'zod'
import type { Db } from '#core/database.ts'
import type { Reference } from '#core/reference.ts'
import { view } from '#core/view.ts'
import { namesOf } from '#modules/people/index.ts'
import { countDeliveries, listDeliveries } from '../queries.ts'
import { deliveryStates, mayDeliver } from '../rules.ts'
import { sees } from './sees.ts'

const perPage = 30

export const delivery = z.object({
  id: z.uuid(),
  subject: z.string(),
  /** A person's name, or the mail address that was given. */
  to: z.string(),
  person: z.uuid().nullable(),
  at: z.date(),
  channel: z.literal('mail'),
  state: z.enum(deliveryStates),
  attempts: z.number(),
  lastAttemptAt: z.date().nullable(),
  response: z.string().nullable(),
  sentAt: z.date().nullable(),
  settledAt: z.date().nullable(),
})

export type Delivery = z.output<typeof delivery>

/** `open`: whether this reader may open it. If not, its subject and its reader are left out. */
const listed = delivery.extend({ open: z.boolean() })

export type Listed = z.output<typeof listed>

/** Which notices were mailed, and what became of them. Names their readers, so every look is recorded. */
export const deliveries = view({
  name: 'notices.deliveries',
  title: 'Mails of notices and what became of them',
  input: z.object({
    state: z.enum([...deliveryStates, 'all']).default('given-up'),
    page: z.coerce.number().int().min(1).max(10_000).default(1),
  }),
  output: z.object({
    deliveries: z.array(listed),
    counts: z.record(z.enum([...deliveryStates, 'all']), z.number()),
    state: z.enum([...deliveryStates, 'all']),
    page: z.number(),
    pages: z.number(),
  }),
  allow: ({ actor }) => mayDeliver(actor),

  async run(stage, { state, page }) {
    const { db } = stage
    const rows = await listDeliveries(db, state === 'all' ? null : state, perPage, (page - 1) * perPage)
    const open = await Promise.all(rows.map(({ about }) => sees(stage, about)))
    const found = await countDeliveries(db)
    const countOf = (one: string) => found.find((row) => row.state === one)?.count ?? 0
    const all = found.reduce((sum, { count }) => sum + count, 0)
    const counts = {
      'given-up': countOf('given-up'),
      failed: countOf('failed'),
      queued: countOf('queued'),
      sent: countOf('sent'),
      'told-otherwise': countOf('told-otherwise'),
      all,
    }
    return {
      deliveries: (await withNames(db, rows)).map((row, n) =>
        open[n] ? { ...row, open: true } : { ...row, open: false, subject: '', to: '', person: null },
      ),
      counts,
      state,
      page,
      pages: Math.max(1, Math.ceil(counts[state] / perPage)),
    }
  },
  personal: (shown) => shown.deliveries.filter(({ open }) => open).map(readerOf),
})

/** Puts a readable recipient to each row. */
export async function withNames<Row extends { person: string | null; mail: string | null }>(db: Db, rows: Row[]) {
  const names = await namesOf(
    db,
    rows.map(({ person }) => person),
  )
  return rows.map((row) => ({ ...row, to: (row.person ? names.get(row.person) : row.mail) ?? '' }))
}

/** Whose data a delivery shows: the person's, or, for a bare mail address, whoever the notice is for. */
export const readerOf = ({ id, person }: { id: string; person: string | null }): Reference =>
  person ? { module: 'people', kind: 'person', id: person } : { module: 'notices', kind: 'notice', id }
