import type { Address } from '#core/contributions.ts'
import type { Db } from '#core/database.ts'
import { newId } from '#core/ids.ts'
import { enqueue } from '#core/job.ts'
import { pick, preparedRows } from '#core/prepared.ts'
import type { Reference } from '#core/reference.ts'
import type { Stage } from '#core/scene.ts'
import { findPerson } from '#modules/people/index.ts'
import { deliver } from '../jobs.ts'
import { distinct, oneLine } from '../rules.ts'
import { type NoticesTables, tables } from '../tables.ts'

/** What somebody is to hear. */
export type News = {
  subject: string
  /** Plain text; no secret links, no personal data beyond what its reader must know. */
  text: string
  /** A path within the tenant, for whoever reads. */
  href?: string | null
  about?: Reference
  /** The sender's name for this news: with the same key, the same reader hears it once. */
  key?: string
}

/**
 * Tells one reader, in the stage's own transaction: a person finds it on My Page and gets a mail, a bare mail address
 * gets the mail. No change, no notice; no notice, no mail.
 */
export const notify = (stage: Stage, { to, ...news }: News & { to: Address }): Promise<void> =>
  notifyAll(stage, [to], news)

/** Tells several readers; the same person or mailbox named twice is told once. */
export async function notifyAll(stage: Stage, to: readonly Address[], news: News): Promise<void> {
  const { db, now } = stage
  const known = new Map<string, Awaited<ReturnType<typeof findPerson>>>()
  for (const address of to) {
    if ('person' in address && !known.has(address.person))
      known.set(address.person, await findPerson(db, address.person))
  }
  for (const address of distinct(to, (person) => known.get(person)?.mail ?? null)) {
    const person = 'person' in address ? known.get(address.person) : undefined
    const id = newId(now.getTime())
    const notice: Notice = {
      id,
      key: news.key ?? null,
      person: 'person' in address ? address.person : null,
      mail: 'mail' in address ? address.mail : null,
      subject: oneLine(news.subject),
      body: news.text,
      href: news.href ?? null,
      about: news.about ?? null,
      on_screen: 'person' in address,
      created_at: now,
    }
    // Staff read their screen: a colleague without a mailbox, or one who has left, is no reason for a letter.
    if (person?.kind === 'staff' && (!person.mail || person.disabled_at)) {
      await onScreen.all(db, notice)
      continue
    }
    // The job travels with them. Where the same news was told before, it finds no letter and ends.
    await Promise.all([withLetter.all(db, notice), enqueue(stage, deliver, { id })])
  }
}

type Notice = Omit<NoticesTables['notice'], 'read_at'>

const insert = (db: Db, all: readonly Notice[]) =>
  tables(db)
    .insertInto('notice')
    .values(
      all.map((one) => ({
        ...pick(one, 'id', 'key', 'person', 'mail', 'subject', 'body', 'href', 'about', 'on_screen', 'created_at'),
        read_at: null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'created_at'])

const onScreen = preparedRows(insert)

/** One statement for notice and letter: every filing comes by here. */
const withLetter = preparedRows((db, all: readonly Notice[]) =>
  tables(db)
    .with('inserted', () => insert(db, all))
    .insertInto('delivery')
    .columns(['notice', 'channel', 'state', 'attempts', 'queued_at'])
    .expression((eb) =>
      eb
        .selectFrom('inserted')
        .select((part) => [
          'inserted.id',
          part.val('mail').as('channel'),
          part.val('queued' as const).as('state'),
          part.val(0).as('attempts'),
          'inserted.created_at as queued_at',
        ]),
    ),
)
