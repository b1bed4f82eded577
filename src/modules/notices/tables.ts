import type { Db } from '#core/database.ts'
import type { Reference } from '#core/reference.ts'
import type { DeliveryState } from './rules.ts'

export type NoticesTables = {
  notice: {
    id: string
    key: string | null
    person: string | null
    mail: string | null
    subject: string
    body: string
    href: string | null
    about: Reference | null
    on_screen: boolean
    created_at: Date
    read_at: Date | null
  }
  delivery: {
    notice: string
    channel: 'mail'
    state: DeliveryState
    attempts: number
    queued_at: Date
    last_attempt_at: Date | null
    response: string | null
    sent_at: Date | null
    settled_at: Date | null
    settled_by: string | null
  }
}

/** The only door to these tables; other modules cannot name them. */
export const tables = (db: Db) => db.withTables<NoticesTables>()
