import { sql } from 'kysely'
import type { Db } from '#core/database.ts'
import { newId } from '#core/ids.ts'
import { type Actor, holdsAt, type RoleName } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import type { Scene, Stage } from '#core/scene.ts'
import { likePattern } from '#core/text.ts'
import { canBecome, type FilingState, isOpen, isOwn, seesAll } from './rules.ts'
import { tables } from './tables.ts'

// Looks at procedures and at one filing with all that is its own. Lists of filings are in `queries/queue.ts`.

const procedureColumns = [
  'id',
  'slug',
  'title',
  'summary',
  'explanation',
  'form',
  'section',
  'state',
  'opens_at',
  'closes_at',
  'standard_days',
  'legal_basis',
  'name_field',
  'mail_field',
  'least_assurance',
  'least_account',
] as const

export const findProcedure = (db: Db, slug: string) =>
  tables(db).selectFrom('procedure').select(procedureColumns).where('slug', '=', slug).executeTakeFirst()

export const procedureById = (db: Db, id: string) =>
  tables(db).selectFrom('procedure').select(procedureColumns).where('id', '=', id).executeTakeFirst()

export const procedureOfForm = (db: Db, form: string) =>
  tables(db).selectFrom('procedure').select(procedureColumns).where('form', '=', form).executeTakeFirst()

export type Procedure = NonNullable<Awaited<ReturnType<typeof findProcedure>>>

/** What the public finds in the catalogue: published procedures, those that can be filed now first. */
export const listPublished = (db: Db, words = '') =>
  tables(db)
    .selectFrom('procedure')
    .select(procedureColumns)
    .where('state', '=', 'published')
    .$if(words !== '', (query) =>
      query.where((eb) =>
        eb.or([
          eb('title', 'ilike', likePattern(words)),
          eb('summary', 'ilike', likePattern(words)),
          eb('explanation', 'ilike', likePattern(words)),
        ]),
      ),
    )
    .orderBy('closes_at', (order) => order.asc().nullsLast())
    .orderBy('title')
    .limit(200)
    .execute()

export const listProcedures = (db: Db, units: readonly string[] | null = null) =>
  ofUnits(db, units).select(['id', 'slug', 'title', 'state']).orderBy('title').execute()

/** The procedures of these departments and sections; null = all. */
export const ofUnits = (db: Db, units: readonly string[] | null) =>
  tables(db)
    .selectFrom('procedure')
    .$if(units !== null, (query) => query.where(sql<boolean>`section = any(${[...(units ?? [])]}::uuid[])`))

export const filingColumns = [
  'filing.id',
  'filing.number',
  'filing.procedure',
  'filing.form',
  'filing.version',
  'filing.state',
  'filing.applicant',
  'filing.represents',
  'filing.mandate',
  'filing.assurance',
  'filing.account',
  'filing.name',
  'filing.mail',
  'filing.edition',
  'filing.arrived_at',
  'filing.closed_at',
] as const

export const findFiling = (db: Db, id: string) =>
  tables(db).selectFrom('filing').select(filingColumns).where('id', '=', id).executeTakeFirst()

/** Whether a filing is about a procedure of a department or section for which the actor holds one of these roles. */
export async function handles({ db, actor }: Pick<Stage, 'db' | 'actor'>, id: string, ...roles: RoleName[]) {
  const filing = await tables(db)
    .selectFrom('filing')
    .innerJoin('procedure', 'procedure.id', 'filing.procedure')
    .select('procedure.section')
    .where('filing.id', '=', id)
    .executeTakeFirst()
  if (!filing) throw new Refusal('missing', 'no such filing')
  return holdsAt(actor, filing.section, ...roles)
}

export const filingByNumber = (db: Db, number: string) =>
  tables(db).selectFrom('filing').select(filingColumns).where('number', '=', number).executeTakeFirst()

/** The same filing however often its draft is filed. */
export const filingOfDraft = (db: Db, draft: string) =>
  tables(db).selectFrom('filing').select(filingColumns).where('draft', '=', draft).executeTakeFirst()

export type Filing = NonNullable<Awaited<ReturnType<typeof findFiling>>>

export const editionsOf = (db: Db, filing: string) =>
  tables(db)
    .selectFrom('filing_edition')
    .select(['edition', 'answers', 'filed_at'])
    .where('filing', '=', filing)
    .orderBy('edition')
    .execute()

export const eventsOf = (db: Db, filing: string) =>
  tables(db)
    .selectFrom('filing_event')
    .select(['id', 'at', 'kind', 'actor', 'note', 'inside'])
    .where('filing', '=', filing)
    .orderBy('at')
    .orderBy('id')
    .execute()

export const openCorrection = (db: Db, filing: string) =>
  tables(db)
    .selectFrom('correction')
    .select(['id', 'items', 'due_on', 'asked_at'])
    .where('filing', '=', filing)
    .where('answered_at', 'is', null)
    .executeTakeFirst()

/** Adds a line to the history of a filing. */
export const addEvent = (
  stage: Pick<Stage, 'db' | 'actor' | 'now'>,
  filing: string,
  kind: string,
  { note = null, inside = false }: { note?: string | null; inside?: boolean } = {},
) =>
  tables(stage.db)
    .insertInto('filing_event')
    .values({
      id: newId(stage.now.getTime()),
      filing,
      at: stage.now,
      kind,
      actor: stage.actor?.id ?? null,
      note,
      inside,
    })
    .execute()

/**
 * Moves a filing to another state if its present one allows, holding it against everybody else meanwhile: of two
 * people who act at once, one is told that the other was first.
 */
export async function moveFiling(stage: Stage, id: string, to: FilingState): Promise<Filing> {
  const filing = await tables(stage.db)
    .selectFrom('filing')
    .select(filingColumns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!filing) throw new Refusal('missing', 'no such filing')
  if (!canBecome(filing.state, to)) throw new Refusal('conflict', `the filing is ${filing.state}`)
  await tables(stage.db)
    .updateTable('filing')
    .set({ state: to, ...(!isOpen(to) && { closed_at: stage.now }) })
    .where('id', '=', id)
    .execute()
  return { ...filing, state: to }
}

/** Whether this is the applicant, or a browser that has shown number and mail address. */
export async function isApplicant(db: Db, { actor, visitor, now }: Scene, filing: Filing): Promise<boolean> {
  if (isOwn(actor, filing)) return true
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
  await tables(db)
    .insertInto('filing_access')
    .values({ filing, visitor, until })
    .onConflict((conflict) => conflict.columns(['tenant', 'filing', 'visitor'] as never).doUpdateSet({ until }))
    .execute()
}

/** Access that has run out opens nothing any more. */
export const forgetAccess = (db: Db, now: Date) =>
  tables(db).deleteFrom('filing_access').where('until', '<=', now).execute()

/** What is somebody's own as `isOwn` says, newest first. */
export const filingsOf = (db: Db, actor: Actor) =>
  tables(db)
    .selectFrom('filing')
    .innerJoin('procedure', 'procedure.id', 'filing.procedure')
    .select(['filing.number', 'filing.state', 'filing.arrived_at', 'procedure.title'])
    .where((eb) => {
      const filer = eb('filing.applicant', '=', actor.id)
      if (actor.represents === null) {
        return eb.or([eb.and([filer, eb('filing.represents', 'is', null)]), eb('filing.represents', '=', actor.id)])
      }
      const theirs = eb('filing.represents', '=', actor.represents)
      return seesAll(actor) ? theirs : eb.and([theirs, filer])
    })
    .orderBy('filing.arrived_at', 'desc')
    .limit(50)
    .execute()
