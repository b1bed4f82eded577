import { sql } from 'kysely'
import type { Db } from '#core/database.ts'
import type { DeliveryState } from './rules.ts'
import { tables } from './tables.ts'

const onScreen = (db: Db, person: string) =>
  tables(db).selectFrom('notice').where('person', '=', person).where('on_screen', '=', true)

const shown = ['id', 'subject', 'body as text', 'href', 'created_at as at', 'read_at as readAt'] as const

/** The notices on a person's screen, newest first; with `unreadFirst` those not yet read before all others. */
export const listOwn = (
  db: Db,
  person: string,
  { limit, offset = 0, unreadFirst = false }: { limit: number; offset?: number; unreadFirst?: boolean },
) =>
  onScreen(db, person)
    .select(shown)
    .$if(unreadFirst, (query) => query.orderBy(sql`read_at is null`, 'desc'))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()

/** How many notices a person has on screen, and how many of them are unread. */
export const countOwn = (db: Db, person: string): Promise<{ all: number; unread: number }> =>
  onScreen(db, person)
    .select((eb) => [
      eb.fn.countAll<number>().as('all'),
      eb.fn.countAll<number>().filterWhere('read_at', 'is', null).as('unread'),
    ])
    .executeTakeFirstOrThrow()

/** What the mail of a notice is made of. */
export const findLetter = (db: Db, id: string) =>
  tables(db)
    .selectFrom('notice')
    .select(['person', 'mail', 'subject', 'body', 'href'])
    .where('id', '=', id)
    .executeTakeFirst()

const deliveries = (db: Db) => tables(db).selectFrom('delivery').innerJoin('notice', 'notice.id', 'delivery.notice')

const delivered = [
  'notice.id',
  'notice.person',
  'notice.mail',
  'notice.subject',
  'notice.about',
  'notice.created_at as at',
  'delivery.channel',
  'delivery.state',
  'delivery.attempts',
  'delivery.last_attempt_at as lastAttemptAt',
  'delivery.response',
  'delivery.sent_at as sentAt',
  'delivery.settled_at as settledAt',
  'delivery.settled_by as settledBy',
] as const

/** Deliveries in one state, or all of them; newest first. */
export const listDeliveries = (db: Db, state: DeliveryState | null, limit: number, offset: number) =>
  deliveries(db)
    .select(delivered)
    .$if(state !== null, (query) => query.where('delivery.state', '=', state))
    .orderBy('delivery.queued_at', 'desc')
    .orderBy('notice.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()

/** One delivery with the words of its notice. */
export const findDelivery = (db: Db, id: string) =>
  deliveries(db)
    .select([...delivered, 'notice.body as text', 'notice.href', 'notice.read_at as readAt'])
    .where('notice.id', '=', id)
    .executeTakeFirst()

/** How many deliveries are in each state; states without any are left out. */
export const countDeliveries = (db: Db): Promise<{ state: DeliveryState; count: number }[]> =>
  tables(db)
    .selectFrom('delivery')
    .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute()

/** What did not arrive and waits for staff: how many, and since when. */
export const undelivered = (db: Db): Promise<{ count: number; since: Date | null }> =>
  tables(db)
    .selectFrom('delivery')
    .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.min('last_attempt_at').as('since')])
    .where('state', '=', 'given-up')
    .executeTakeFirstOrThrow()
