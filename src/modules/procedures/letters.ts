import type { Address } from '#core/contributions.ts'
import type { Db } from '#core/database.ts'
import { formatDate } from '#core/dates.ts'
import { isId } from '#core/ids.ts'
import type { Stage } from '#core/scene.ts'
import { notifyAll } from '#modules/notices/index.ts'
import { findPerson } from '#modules/people/index.ts'
import { tellTraced } from '#modules/traces/index.ts'
import { type Filing, procedureById } from './queries.ts'
import { ja } from './words.ja.ts'

/** Who is told of a filing: who filed, whoever it was filed for (a company has no mailbox of its own), the address on it. */
export async function addresseesOf(
  db: Db,
  { applicant, represents, mail }: Pick<Filing, 'applicant' | 'represents' | 'mail'>,
): Promise<Address[]> {
  // A program has no mailbox: the address on the filing is what it gave.
  const person = applicant && isId(applicant) ? await findPerson(db, applicant) : undefined
  const principal = represents ? await findPerson(db, represents) : undefined
  return [
    ...(person ? [{ person: person.id }] : []),
    ...(principal?.kind === 'resident' ? [{ person: principal.id }] : []),
    ...(mail ? [{ mail }] : []),
  ]
}

type Letter = { subject: string; text: string }
/** What a letter needs of a filing. */
type Filed = Pick<Filing, 'id' | 'number' | 'applicant' | 'represents' | 'mail'>

/** Tells the applicant, in the transaction of the step itself: no step without its letter, no letter without its step. */
async function tell(stage: Stage, filing: Filed, step: string, letter: Letter) {
  await notifyAll(stage, await addresseesOf(stage.db, filing), {
    subject: letter.subject,
    text: `${letter.text}\n\n${ja.letters.look(filing.number)}`,
    href: `/filings/${filing.number}`,
    about: { module: 'procedures', kind: 'filing', id: filing.id },
    key: `${filing.id} ${step}`,
  })
}

export const tellArrived = (stage: Stage, filing: Filed, title: string) =>
  tell(stage, filing, 'arrived', ja.letters.arrived(title, filing.number))

/** One letter for each step; `event` is the step's own id, so that a repeated step can't send twice. */
export async function tellStep(
  stage: Stage,
  filing: Filing,
  event: string,
  step:
    | { kind: 'reviewing' }
    | { kind: 'correction'; due: string; count: number }
    | { kind: 'corrected' }
    | { kind: 'approved' | 'rejected'; reason: string }
    | { kind: 'withdrawn' },
) {
  const procedure = await procedureById(stage.db, filing.procedure)
  const title = procedure?.title ?? ''
  const { letters } = ja
  const letter =
    step.kind === 'correction'
      ? letters.correction(title, formatDate(step.due), step.count)
      : step.kind === 'approved' || step.kind === 'rejected'
        ? letters[step.kind](title, step.reason)
        : letters[step.kind](title)
  await tell(stage, filing, event, letter)
  // Whoever spoke at a linked thing (an idea, a consultation) hears that something has become of it.
  await tellTraced(
    stage,
    { module: 'procedures', kind: 'filing', id: filing.id },
    { ...letters.traced(title, ja.states[filing.state].short), key: `${filing.id} ${event} traced` },
  )
}
