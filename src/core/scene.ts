import type { Registry } from './contributions.ts'
import type { Db, Statement } from './database.ts'
import type { Outside } from './outside.ts'
import type { Actor } from './policy.ts'

/** Who is asking, where and when: and the only ways to reach the data. */
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
  /** The same two ways, in one transaction with others of the kind that wait at this tenant, where many do. */
  along(others: Along): Pick<Scene, 'look' | 'change'>
  /** Puts a job into the outbox, in the transaction of `db`. Use `enqueue` (core/job.ts). */
  send(db: Db, job: string, payload: Record<string, unknown>, options?: SendOptions): Promise<void>
}

/**
 * Work that may be done in one transaction with others of its kind that wait at the same tenant. It is short, it reaches
 * nothing outside the database, its looks have no effects and give the same to whoever looks at the same, and it may be begun
 * again from the start after everything that it did was undone.
 */
export type Along = {
  kind: object
  /** All that it holds against others, by name: two that have some of it in common are never done together. */
  holds: readonly string[]
}

export type SendOptions = { startAfter?: Date; singletonKey?: string }

/** Whose drafts and uploads are at hand: the person's (or program's), and those of the same browser before signing in. */
export const ownersOf = ({ actor, visitor }: Pick<Scene, 'actor' | 'visitor'>): string[] => [
  ...(actor ? [actor.id] : []),
  ...visitor.map((hash) => `browser:${hash}`),
]

/** Work with the statement that comes last, where something else comes behind it. */
export async function doneWithLast<T>(
  db: Db,
  work: (db: Db) => Promise<T>,
  last?: (db: Db, done: T) => Statement | undefined,
): Promise<T> {
  const done = await work(db)
  const statement = last?.(db, done)
  if (statement) await db.executeQuery(statement.compile())
  return done
}

/** The scene inside an open transaction. */
export type Stage = Scene & { db: Db }

/** What is called from a stage joins the transaction that is already open. */
export function onStage(scene: Scene, db: Db): Stage {
  const doors: Pick<Scene, 'look' | 'change'> = {
    look: (query, ...args) => query(db, ...args),
    change: (work, last) => doneWithLast(db, work, last),
  }
  return { ...scene, db, ...doors, along: () => doors }
}
