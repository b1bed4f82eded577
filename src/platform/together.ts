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
  /** Does it in a transaction, in the turn that `over` ends. */
  serve(over: () => void, asked: readonly Asked[]): Promise<readonly Answer[]>
}

/**
 * Has it done with those who wait for the same. Where nobody waits, everybody is served alone, at once. When it fails for
 * several, everybody has it done again alone: nobody's fault is another's.
 * @throws what the work throws when it is done for one alone, and Overloaded
 */
export async function together<Asked, Answer>(way: Way<Asked, Answer>, asked: Asked): Promise<Answer> {
  const { queue, asker, same, serve } = way
  const { promise, resolve } = Promise.withResolvers<{ answer: Answer } | 'failed'>()
  const turn = await queue.share(asker, { kind: same, asked, resolve })
  if (turn) {
    const { items, over } = turn
    const all = items.map((item) => item.asked)
    try {
      const answers = await serve(over, all)
      for (const [n, item] of items.entries()) item.resolve({ answer: answers[n] as Answer })
    } catch (error) {
      if (items.length === 1) throw error
      for (const item of items) item.resolve('failed')
    }
  }
  const answered = await promise
  if (answered !== 'failed') return answered.answer
  const [answer] = await serve(await queue.take({ ...asker, inHand: true }), [asked])
  return answer as Answer
}
