import { sql } from 'kysely'
import type { Db } from '#core/database.ts'
import { holdsAt, type RoleName } from '#core/policy.ts'
import { prepared } from '#core/prepared.ts'
import { Refusal } from '#core/refusal.ts'
import type { Stage } from '#core/scene.ts'
import { likePattern, searchForm } from '#core/text.ts'
import { tables } from './tables.ts'

// Looks at procedures and at one filing with all that is its own. Lists of filings are in `queries/queue.ts`, whose they are in
// `queries/own.ts`, what acts write in `queries/history.ts`.

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
  'updated_at',
] as const

export const findProcedure = (db: Db, slug: string) =>
  tables(db).selectFrom('procedure').select(procedureColumns).where('slug', '=', slug).executeTakeFirst()

export const procedureById = (db: Db, id: string) =>
  tables(db).selectFrom('procedure').select(procedureColumns).where('id', '=', id).executeTakeFirst()

const byForm = prepared((db, { form }: { form: string }) =>
  tables(db).selectFrom('procedure').select(procedureColumns).where('form', '=', form),
)

export const procedureOfForm = (db: Db, form: string) => byForm.first(db, { form })

export type Procedure = NonNullable<Awaited<ReturnType<typeof findProcedure>>>

/** What the public finds in the catalogue: published procedures, those that can be filed now first. */
export const listPublished = (db: Db, words = '') =>
  published.all(db, { patterns: searchForm(words).split(' ').map(likePattern) })

const published = prepared((db, { patterns }: { patterns: string[] }) =>
  tables(db)
    .selectFrom('procedure')
    .select(procedureColumns)
    .where('state', '=', 'published')
    // Each word must be in it, however it was typed: full-width letters, hiragana for katakana.
    .where(sql<boolean>`search like all(${patterns})`)
    .orderBy('closes_at', (order) => order.asc().nullsLast())
    .orderBy('title')
    .limit(200),
)

/** What a procedure is searched by; stored beside its texts whenever they are. */
export const procedureSearch = (texts: { title: string; summary: string; explanation: string }) =>
  searchForm(`${texts.title} ${texts.summary} ${texts.explanation}`)

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
export const filingOfDraft = (db: Db, draft: string) => byDraft.first(db, { draft })

const byDraft = prepared((db, { draft }: { draft: string }) =>
  tables(db).selectFrom('filing').select(filingColumns).where('draft', '=', draft),
)

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

/** What became of the last correction that the applicant has answered. */
export const lastAnswered = (db: Db, filing: string) =>
  tables(db)
    .selectFrom('correction')
    .select(['id', 'kept'])
    .where('filing', '=', filing)
    .where('answered_at', 'is not', null)
    .orderBy('answered_at', 'desc')
    .limit(1)
    .executeTakeFirst()
