import pg from 'pg'
import type { Db, Statement } from '#core/database.ts'
import type { Together } from './together.ts'
import { Visit } from './visit.ts'

/** How a transaction is opened; `writes`: its end is waited for. */
export const modes = {
  look: { begin: 'read only', writes: false },
  change: { begin: 'read write', writes: true },
  note: { begin: 'read write', writes: true, also: ", set_config('synchronous_commit', 'off', true)" },
  frozen: { begin: 'isolation level repeatable read read only', writes: false },
}
export type Mode = { begin: string; writes: boolean; also?: string }
export type Work<T> = [work: (db: Db) => Promise<T>, last?: (db: Db, done: T) => Statement | undefined]
/** `over`: ends the turn that the transaction has. */
type Way = { pool: pg.Pool; mode: Mode; tenant: string; over: () => void }

/** In a shared turn nobody waits long for any one row that somebody else holds: that fails it, and each has it done again in a turn of their own. */
const impatient = ", set_config('lock_timeout', '200ms', true)"
export const modesTogether: Record<Together<unknown, unknown>['how'], Mode> = {
  look: modes.look,
  change: { ...modes.change, also: impatient },
  note: { ...modes.note, also: `${modes.note.also}${impatient}` },
}

/** The server has undone the whole transaction and said so. */
class Undone extends Error {
  override readonly name = 'Undone'
}

/**
 * Whether it is certain that nothing was kept: the server itself refuses, and goes on. All else may have come after the commit.
 * A server that speaks another language than English is taken at its word never: then nothing is done again at the end.
 */
export const isUndone = (error: unknown): boolean =>
  error instanceof Undone || (error instanceof pg.DatabaseError && error.severity === 'ERROR')

/**
 * Whether it may be that somebody else held a row for longer than a shared turn waits for one. Of statements that were said
 * together, any may be heard first, and those behind the one that failed fail as well (25P02).
 */
export const isHeld = (error: unknown): boolean =>
  error instanceof Undone || (error instanceof pg.DatabaseError && ['55P03', '25P02'].includes(error.code ?? ''))

/** Every statement runs inside one tenant's transaction; row-level security does the rest. */
export async function inTransaction<T>({ pool, mode, tenant, over }: Way, ...[work, last]: Work<T>): Promise<T> {
  let client: pg.PoolClient
  try {
    client = await pool.connect()
  } catch (error) {
    over()
    throw error
  }
  const giveBack = (broken?: Error) => {
    client.release(broken)
    over()
  }
  const visit = new Visit(client)
  try {
    // By selects, not by `set local`: once something was read, a look can't be turned into a change any more.
    // Not waited for: the first statement of the work travels with it. Should it fail, so does what follows it.
    const begun = visit.say(`begin ${mode.begin}; select set_config('app.tenant', '${tenant}', true)${mode.also ?? ''}`)
    begun.catch(() => undefined)
    const result = await work(visit.db)
    await begun
    if (!mode.writes) {
      // What was only read is known already: nobody waits for the end of it, not even who is next on the connection.
      visit.endUnheard().catch(() => undefined)
      giveBack()
      return result
    }
    // The commit travels with the last statement, which is said before it; if that fails, nothing is committed.
    const statement = last?.(visit.db, result)?.compile()
    const lastly = statement && visit.executeQuery(statement)
    const ended = visit.end('commit')
    await Promise.all([lastly, ended])
    // A statement had failed and nobody said so: the server has undone everything.
    if ((await ended).command === 'ROLLBACK') throw new Undone('the transaction had failed, nothing of it is kept')
    giveBack()
    return result
  } catch (error) {
    await visit.end('rollback').then(() => giveBack(), giveBack)
    throw error
  }
}
