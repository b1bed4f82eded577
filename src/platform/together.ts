import type { Db, Statement } from '#core/database.ts'
import type { Asker, FairQueue } from './fair-queue.ts'

/**
 * What is done in one transaction for all who wait for it at one tenant, with an answer for each, in their order. Two are
 * the same when they are one object.
 */
export type Together<Asked, Answer> = {
  /** Only looks; changes something; or changes what nobody is told of (`Doors.note`). */
  how: 'look' | 'change' | 'note'
  work: (db: Db, asked: readonly Asked[]) => Promise<readonly Answer[]>
  /** One statement more, with which the transaction ends. */
  last?: (db: Db, asked: readonly Asked[], answers: readonly Answer[]) => Statement | undefined
  /** What one holds against others: those that have some of it in common are not done together. */
  holds?: (asked: Asked) => readonly string[]
}

/** In a transaction. */
type Serve<Answer> = {
  work(db: Db): Promise<readonly Answer[]>
  last(db: Db, answers: readonly Answer[]): Statement | undefined
  /** Whether it may wait for rows that somebody else holds. */
  patient: boolean
}

type Way<Asked, Answer> = {
  queue: FairQueue
  asker: Asker
  same: Together<Asked, Answer>
  /** Does it in the turn that `over` ends. */
  serve(over: () => void, what: Serve<Answer>): Promise<readonly Answer[]>
  /** Is it certain, by this failure, that nothing of it was kept? */
  undone(error: unknown): boolean
  /** May it be a row that somebody else holds for too long? */
  held(error: unknown): boolean
}

/** What became of it: an answer, an error, or a failure after which it is done again. */
type Outcome<Answer> = { answer: Answer } | { error: unknown } | 'again'

/**
 * Has it done with those who wait for the same. Where nobody waits, everybody is served alone, at once. A shared turn waits
 * for no row for long: it is given back, and done again in turns that wait. When it fails for several, everybody has it
 * done again alone: nobody's fault is another's. Where it could not even begin, that is everybody's; and so is it where the
 * server was lost at the end: it may have been done, and is not done twice.
 * @throws what the work throws when it is done for one alone, what is everybody's, and Overloaded
 */
export async function together<Asked, Answer>(way: Way<Asked, Answer>, asked: Asked): Promise<Answer> {
  const { queue, asker, same, serve } = way
  const { promise, resolve } = Promise.withResolvers<Outcome<Answer>>()
  const turn = await queue.share(asker, { kind: same, holds: same.holds?.(asked) ?? [], asked, resolve })
  if (turn) {
    const { items, over } = turn
    const all = items.map((item) => item.asked)
    const outcomes = await doFor(way, all, over)
    for (const [n, item] of items.entries()) item.resolve(outcomes[n] as Outcome<Answer>)
  }
  const outcome = await promise
  if (outcome === 'again') {
    const [answer] = await serve(await queue.take({ ...asker, inHand: true }), doing(same, [asked], true))
    return answer as Answer
  }
  if ('error' in outcome) throw outcome.error
  return outcome.answer
}

async function doFor<Asked, Answer>(
  { same, serve, undone, held }: Way<Asked, Answer>,
  all: readonly Asked[],
  over: () => void,
): Promise<Outcome<Answer>[]> {
  const { work, ...rest } = doing(same, all, false)
  let [begun, done] = [false, false]
  const noted = async (db: Db) => {
    begun = true
    const answers = await work(db)
    done = true
    return answers
  }
  try {
    return (await serve(over, { ...rest, work: noted })).map((answer) => ({ answer }))
  } catch (error) {
    const again = begun && (!done || undone(error)) && (all.length > 1 || held(error))
    return all.map(() => (again ? 'again' : { error }))
  }
}

const doing = <Asked, Answer>(
  same: Together<Asked, Answer>,
  all: readonly Asked[],
  patient: boolean,
): Serve<Answer> => ({
  patient,
  work: (db) => same.work(db, all),
  last: (db, answers) => same.last?.(db, all, answers),
})
