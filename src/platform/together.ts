import type { Db } from '#core/database.ts'
import type { Asker, FairQueue } from './fair-queue.ts'

/**
 * What is done in one transaction for all who wait for it at one tenant, with an answer for each, in their order. Two are
 * the same when they are one object.
 */
export type Together<Asked, Answer> = {
  /** Reads, or writes what nobody is told of (`Doors.note`). */
  how: 'look' | 'note'
  work: (db: Db, asked: readonly Asked[]) => Promise<readonly Answer[]>
}

type Way<Asked, Answer> = {
  queue: FairQueue
  asker: Asker
  same: Together<Asked, Answer>
  /** Does work in a transaction, in the turn that `over` ends; `several`: for more than one. */
  serve(over: () => void, work: (db: Db) => Promise<readonly Answer[]>, several: boolean): Promise<readonly Answer[]>
}

/** What became of it: an answer, an error that is everybody's, or a failure that may be another's. */
type Outcome<Answer> = { answer: Answer } | { error: unknown } | 'failed'

/**
 * Has it done with those who wait for the same. Where nobody waits, everybody is served alone, at once. When it fails for
 * several, everybody has it done again alone: nobody's fault is another's. Where it could not even begin, that is everybody's.
 * @throws what the work throws when it is done for one alone, what kept it from beginning, and Overloaded
 */
export async function together<Asked, Answer>(way: Way<Asked, Answer>, asked: Asked): Promise<Answer> {
  const { queue, asker, same, serve } = way
  const { promise, resolve } = Promise.withResolvers<Outcome<Answer>>()
  const turn = await queue.share(asker, { kind: same, asked, resolve })
  if (turn) {
    const { items, over } = turn
    const several = items.length > 1
    let begun = false
    const all = (db: Db) => {
      begun = true
      return same.work(
        db,
        items.map((item) => item.asked),
      )
    }
    await serve(over, all, several).then(
      (answers) => {
        for (const [n, item] of items.entries()) item.resolve({ answer: answers[n] as Answer })
      },
      (error: unknown) => {
        for (const item of items) item.resolve(several && begun ? 'failed' : { error })
      },
    )
  }
  const outcome = await promise
  if (outcome === 'failed') {
    const [answer] = await serve(await queue.take({ ...asker, inHand: true }), (db) => same.work(db, [asked]), false)
    return answer as Answer
  }
  if ('error' in outcome) throw outcome.error
  return outcome.answer
}
