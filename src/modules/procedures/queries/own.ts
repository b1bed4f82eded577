import type { Db } from '#core/database.ts'
import { type Actor, mailSignIn } from '#core/policy.ts'
import { pick, preparedRows } from '#core/prepared.ts'
import type { Scene } from '#core/scene.ts'
import { findPerson } from '#modules/people/index.ts'
import type { Filing } from '../queries.ts'
import { comparedMail, isOwn, seesAll } from '../rules.ts'
import { type ProcedureTables, tables } from '../tables.ts'

// Whose a filing is, and which browsers may see one for a while.

/**
 * The mailbox that this very sign-in has proved, as addresses are compared; null where it was another kind of sign-in,
 * however long ago the address was proved: addresses change hands.
 */
async function provenMailbox(db: Db, actor: Actor | null): Promise<string | null> {
  if (actor?.signIn !== mailSignIn || actor.represents !== null) return null
  const person = await findPerson(db, actor.id)
  return person?.mail && person.mail_verified_at ? comparedMail(person.mail) : null
}

/** Filed without a sign-in from a mailbox: our letters with its number went there, and who reads them can open it anyway. */
const filedFrom = (filing: Pick<Filing, 'applicant' | 'represents' | 'mail'>, mailbox: string | null) =>
  mailbox !== null &&
  filing.applicant === null &&
  filing.represents === null &&
  filing.mail !== null &&
  comparedMail(filing.mail) === mailbox

/** Whether this is the applicant, whoever reads the mailbox it was filed from, or a browser that has shown number and mail address. */
export async function isApplicant(db: Db, { actor, visitor, now }: Scene, filing: Filing): Promise<boolean> {
  if (isOwn(actor, filing) || filedFrom(filing, await provenMailbox(db, actor))) return true
  if (visitor.length === 0) return false
  const found = await tables(db)
    .selectFrom('filing_access')
    .select('filing')
    .where('filing', '=', filing.id)
    .where('visitor', 'in', [...visitor])
    .where('until', '>', now)
    .executeTakeFirst()
  return found !== undefined
}

/** How long a browser that has shown number and mail address sees the state. */
const accessHours = 12

export const giveAccess = async (db: Db, filing: string, visitor: string, now: Date) => {
  const until = new Date(now.getTime() + accessHours * 3_600_000)
  await access.all(db, { filing, visitor, until })
}

const access = preparedRows((db, given: readonly ProcedureTables['filing_access'][]) =>
  tables(db)
    .insertInto('filing_access')
    .values(given.map((one) => pick(one, 'filing', 'visitor', 'until')))
    .onConflict((conflict) =>
      conflict
        .columns(['tenant', 'filing', 'visitor'] as never)
        .doUpdateSet((eb) => ({ until: eb.ref('excluded.until') })),
    ),
)

/** Access that has run out opens nothing any more. What a browser is just forgetting by itself is left to it. */
export const forgetAccess = (db: Db, now: Date) =>
  tables(db)
    .deleteFrom('filing_access')
    .where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple('filing', 'visitor'),
        'in',
        selectFrom('filing_access')
          .select(['filing', 'visitor'])
          .where('until', '<=', now)
          .forUpdate()
          .skipLocked()
          .$asTuple('filing', 'visitor'),
      ),
    )
    .execute()

/** A browser that is to be forgotten opens nothing any more. */
export const forgetAccessOf = (db: Db, visitor: readonly string[]) =>
  tables(db)
    .deleteFrom('filing_access')
    .where('visitor', 'in', [...visitor])
    .execute()

/**
 * What is somebody's own, newest first: as `isOwn` says, and what was filed without a sign-in from the mailbox that this
 * sign-in has proved.
 */
export async function filingsOf(db: Db, actor: Actor) {
  const mailbox = await provenMailbox(db, actor)
  const [theirs, unsigned] = await Promise.all([
    listed(db)
      .where((eb) => {
        const filer = eb('filing.applicant', '=', actor.id)
        if (actor.represents === null) {
          return eb.or([eb.and([filer, eb('filing.represents', 'is', null)]), eb('filing.represents', '=', actor.id)])
        }
        const theirs = eb('filing.represents', '=', actor.represents)
        return seesAll(actor) ? theirs : eb.and([theirs, filer])
      })
      .execute(),
    mailbox === null
      ? []
      : listed(db)
          .where('filing.mail_compared', '=', mailbox)
          .where('filing.applicant', 'is', null)
          .where('filing.represents', 'is', null)
          .execute(),
  ])
  return [...theirs, ...unsigned]
    .sort((one, other) => other.arrived_at.getTime() - one.arrived_at.getTime())
    .slice(0, most)
}

const most = 50

const listed = (db: Db) =>
  tables(db)
    .selectFrom('filing')
    .innerJoin('procedure', 'procedure.id', 'filing.procedure')
    .select(['filing.number', 'filing.state', 'filing.arrived_at', 'procedure.title'])
    .orderBy('filing.arrived_at', 'desc')
    .limit(most)
