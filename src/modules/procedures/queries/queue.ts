import { sql } from 'kysely'
import type { Period } from '#core/contributions.ts'
import type { Db } from '#core/database.ts'
import { dayBegins } from '#core/dates.ts'
import { likePattern } from '#core/text.ts'
import { filingColumns, ofUnits } from '../queries.ts'
import { type FilingState, filingStates, isOpen } from '../rules.ts'
import { tables } from '../tables.ts'

export type QueueFilter = {
  state: FilingState | 'open' | 'all'
  procedure: string | null
  /** Departments and sections whose procedures are looked at; null = all. */
  units: readonly string[] | null
  words: string
  limit: number
  offset: number
}

/** Filings for those who review, longest waiting first; closed ones newest first. */
export const listQueue = (db: Db, filter: QueueFilter) =>
  queue(db, filter)
    .innerJoin('procedure', 'procedure.id', 'filing.procedure')
    .select([...filingColumns, 'procedure.title', 'procedure.standard_days'])
    .orderBy('filing.arrived_at', filter.state === 'open' || filter.state === 'received' ? 'asc' : 'desc')
    .orderBy('filing.id')
    .limit(filter.limit)
    .offset(filter.offset)
    .execute()

/** How many there are in each state, whatever state is asked for. */
export const countStates = (db: Db, filter: QueueFilter) =>
  queue(db, { ...filter, state: 'all' })
    .select((eb) => ['filing.state', eb.fn.countAll<number>().as('count')])
    .groupBy('filing.state')
    .execute()

const queue = (db: Db, { state, procedure, units, words }: QueueFilter) =>
  tables(db)
    .selectFrom('filing')
    .$if(units !== null, (query) => query.where('filing.procedure', 'in', ofUnits(db, units).select('id')))
    .$if(state === 'open', (query) => query.where('filing.state', 'in', filingStates.filter(isOpen)))
    .$if(state !== 'open' && state !== 'all', (query) => query.where('filing.state', '=', state as FilingState))
    .$if(procedure !== null, (query) => query.where('filing.procedure', '=', procedure ?? ''))
    .$if(words !== '', (query) =>
      query.where((eb) =>
        eb.or([eb('filing.number', 'ilike', likePattern(words)), eb('filing.name', 'ilike', likePattern(words))]),
      ),
    )

const arrivedIn = (db: Db, option: string | null, { from, to }: Period) =>
  tables(db)
    .selectFrom('filing')
    .where('arrived_at', '>=', dayBegins(from))
    .where('arrived_at', '<', dayBegins(to))
    .$if(option !== null, (query) => query.where('procedure', '=', option ?? ''))

/** How many filings arrived online in a period. Withdrawn ones arrived too. */
export const countArrived = async (db: Db, option: string | null, period: Period): Promise<number> =>
  (
    await arrivedIn(db, option, period)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirst()
  )?.count ?? 0

/** The filings that were counted, newest first. */
export const listArrived = (db: Db, option: string | null, period: Period, page: { limit: number; offset: number }) =>
  arrivedIn(db, option, period)
    .innerJoin('procedure', 'procedure.id', 'filing.procedure')
    .select(['filing.id', 'filing.number', 'filing.arrived_at', 'procedure.title', 'procedure.section'])
    .orderBy('filing.arrived_at', 'desc')
    .orderBy('filing.id')
    .limit(page.limit)
    .offset(page.offset)
    .execute()

/** How many are in these states, and since when the oldest waits. */
export async function waitingCount(
  db: Db,
  units: readonly string[] | null,
  states: readonly FilingState[],
): Promise<{ count: number; since: Date | null }> {
  const row = await tables(db)
    .selectFrom('filing')
    .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.min('arrived_at').as('since')])
    .where('state', 'in', states)
    .$if(units !== null, (query) => query.where('procedure', 'in', ofUnits(db, units).select('id')))
    .executeTakeFirst()
  return { count: row?.count ?? 0, since: row?.since ?? null }
}

/** When the clock of these filings stopped and went on, in order. */
export const clockEventsOf = (db: Db, filings: readonly string[]) =>
  tables(db)
    .selectFrom('filing_event')
    .select(['filing', 'at', 'kind'])
    .where(sql<boolean>`filing = any(${[...filings]}::uuid[])`)
    .where('kind', 'in', ['correction-asked', 'corrected'])
    .orderBy('at')
    .orderBy('id')
    .execute()
