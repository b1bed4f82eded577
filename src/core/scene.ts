import type { Registry } from './contributions.ts'
import type { Db, Statement } from './database.ts'
import type { Outside } from './outside.ts'
import type { Actor } from './policy.ts'

/** Who is asking, where and when: and the only two ways to reach the data. */
export type Scene = {
  tenant: string
  actor: Actor | null
  /** What a browser without a sign-in is known by: hashes of its own secrets, newest first. Empty for programs and jobs. */
  readonly visitor: readonly string[]
  now: Date
  /** Measures, tasks, search, retention and things of all modules. */
  registry: Registry
  /** Storage, mail, secrets, addresses: never called while a transaction is open, but for secrets and addresses. */
  outside: Outside
  /** Reads, in one read-only transaction. */
  look<Args extends unknown[], T>(query: (db: Db, ...args: Args) => Promise<T>, ...args: Args): Promise<T>
  /**
   * Reads and writes, in one transaction: all of it or nothing. `last` names one statement more, or none, and doesn't
   * say it itself: the commit travels with it, so there is no room for a second. If it fails, nothing is kept.
   */
  change<T>(work: (db: Db) => Promise<T>, last?: (db: Db, done: T) => Statement | undefined): Promise<T>
  /** Puts a job into the outbox, in the transaction of `db`. Use `enqueue` (core/job.ts). */
  send(db: Db, job: string, payload: Record<string, unknown>, options?: SendOptions): Promise<void>
}

export type SendOptions = { startAfter?: Date; singletonKey?: string }

/** Whose drafts and uploads are at hand: the person's (or program's), and those of the same browser before signing in. */
export const ownersOf = ({ actor, visitor }: Pick<Scene, 'actor' | 'visitor'>): string[] => [
  ...(actor ? [actor.id] : []),
  ...visitor.map((hash) => `browser:${hash}`),
]

/** The scene inside an open transaction. */
export type Stage = Scene & { db: Db }

/** What is called from a stage joins the transaction that is already open. */
export const onStage = (scene: Scene, db: Db): Stage => ({
  ...scene,
  db,
  look: (query, ...args) => query(db, ...args),
  async change(work, last) {
    const done = await work(db)
    const statement = last?.(db, done)
    if (statement) await db.executeQuery(statement.compile())
    return done
  },
})
