import { z } from 'zod'
import { holds, unitsHeld } from '#core/policy.ts'
import { view } from '#core/view.ts'
import { clockEventsOf, countQueue, listQueue } from '../queries/queue.ts'
import { listProcedures } from '../queries.ts'
import { daysUsed, filingStates } from '../rules.ts'

export const perPage = 25

/** Filings for those who review, with filters. */
export const queuePage = view({
  name: 'procedures.queue',
  title: 'Filings to review',
  input: z.object({
    state: z
      .enum(['open', 'all', ...filingStates])
      .catch('open')
      .default('open'),
    procedure: z.uuid().or(z.literal('')).catch('').default(''),
    q: z.string().max(100).default(''),
    page: z.coerce.number().int().min(1).max(100_000).catch(1).default(1),
  }),
  output: z.object({
    filings: z.array(
      z.object({
        id: z.string(),
        number: z.string(),
        title: z.string(),
        state: z.string(),
        name: z.string().nullable(),
        arrived_at: z.date(),
        standard_days: z.number().nullable(),
        used: z.number(),
      }),
    ),
    total: z.number(),
    procedures: z.array(z.object({ id: z.string(), title: z.string() })),
  }),
  allow: ({ actor }) => holds(actor, 'reviewer', 'approver'),
  personal: ({ filings }) => filings.map(({ id }) => ({ module: 'procedures', kind: 'filing', id })),

  async run({ db, now, actor }, { state, procedure, q, page }) {
    const units = unitsHeld(actor, 'reviewer', 'approver')
    const filter = {
      units,
      state,
      procedure: procedure || null,
      words: q.trim(),
      limit: perPage,
      offset: (page - 1) * perPage,
    }
    const [rows, total, procedures] = await Promise.all([
      listQueue(db, filter),
      countQueue(db, filter),
      listProcedures(db, units),
    ])
    const events = Map.groupBy(
      await clockEventsOf(
        db,
        rows.map(({ id }) => id),
      ),
      ({ filing }) => filing,
    )
    const filings = rows.map((row) => ({
      ...row,
      used: daysUsed(row.arrived_at, events.get(row.id) ?? [], row.closed_at ?? now),
    }))
    return { filings, total, procedures }
  },
})
