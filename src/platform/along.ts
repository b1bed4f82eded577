import type { Db, Statement } from '#core/database.ts'
import { doneWithLast } from '#core/scene.ts'
import type { Together } from './together.ts'
import { Unison } from './unison.ts'

/** Work of one of several who have theirs done in one transaction (`Along`). */
export type Member = {
  work(db: Db): Promise<unknown>
  last?: ((db: Db, done: unknown) => Statement | undefined) | undefined
  holds: readonly string[]
}

/** What became of it. */
export type Settled = { done: unknown } | { refused: unknown }

type How = 'look' | 'change'
type Same = Together<Member, Settled>

const known: Record<How, WeakMap<object, Same>> = { look: new WeakMap(), change: new WeakMap() }

/** Work of one kind, as what is done for all who wait for it. Of ids, large and small letters are the same. */
export function workOf(kind: object, how: How): Same {
  let same = known[how].get(kind)
  if (!same) {
    same = { how, work: doAll, last: lastOfOne, holds: ({ holds }) => holds.map((one) => one.toLowerCase()) }
    known[how].set(kind, same)
  }
  return same
}

/**
 * Does all of it, or nothing. What one refuses before it has written anything is its own affair, and the others go on.
 * @throws any other failure, so that everything is undone; each has it done again alone then (`together`)
 */
async function doAll(db: Db, all: readonly Member[]): Promise<Settled[]> {
  const [only] = all
  if (only && all.length === 1) return [{ done: await only.work(db) }]
  const unison = new Unison(db)
  // Nobody is left in the middle of something when the transaction ends.
  const outcomes = await Promise.allSettled(all.map((member) => doOne(unison, member)))
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  // Somebody may have looked away from it.
  if (unison.failed) throw new Error('a statement had failed')
  return outcomes.map((outcome) => (outcome as PromiseFulfilledResult<Settled>).value)
}

async function doOne(unison: Unison, { work, last }: Member): Promise<Settled> {
  const voice = unison.voice()
  try {
    const done = await doneWithLast(voice.db, work, last)
    if (voice.waits > 0) throw new Error('a statement was not waited for')
    return { done }
  } catch (refused) {
    // Where something may have been written, or may yet be, only the end of the whole transaction undoes it.
    if (voice.wrote || voice.waits > 0 || unison.failed) throw refused
    return { refused }
  } finally {
    voice.end()
  }
}

/** Of one alone, the commit travels with its last statement. */
function lastOfOne(db: Db, all: readonly Member[], settled: readonly Settled[]): Statement | undefined {
  const [only] = settled
  return all.length === 1 && only && 'done' in only ? all[0]?.last?.(db, only.done) : undefined
}
