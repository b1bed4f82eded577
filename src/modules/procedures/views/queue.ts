import { z } from 'zod'
import { holds, unitsHeld } from '#core/policy.ts'
import { view } from '#core/view.ts'
import { clockEventsOf, countStates, listQueue } from '../queries/queue.ts'
import { listProcedures } from '../queries.ts'
import { daysUsed, type FilingState, filingStates, isOpen } from '../rules.ts'

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
    /** How many the other conditions leave in each state, in `open` and in `all`. */
    counts: z.record(z.string(), z.number()),
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
    const [rows, states, procedures] = await Promise.all([
      listQueue(db, filter),
      countStates(db, filter),
      listProcedures(db, units),
    ])
    const of = (wanted: readonly FilingState[]) =>
      states.reduce((sum, { state, count }) => (wanted.includes(state) ? sum + count : sum), 0)
    const counts: Record<string, number> = {
      open: of(filingStates.filter(isOpen)),
      all: of(filingStates),
      ...Object.fromEntries(filingStates.map((one) => [one, of([one])])),
    }
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
    return { filings, total: counts[state] ?? 0, counts, procedures }
  },
})
