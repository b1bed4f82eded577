import { sql } from 'kysely'
import type { Db } from '#core/database.ts'
import { prepared, preparedList, preparedRows } from '#core/prepared.ts'
import { ownersOf, type Stage } from '#core/scene.ts'
import { findVersion } from './queries/versions.ts'
import type { Definition } from './rules/index.ts'
import { tables } from './tables.ts'

/** The newest published version of a form. */
export const latestVersion = (db: Db, form: string) =>
  tables(db)
    .selectFrom('form_version')
    .select(['form', 'version', 'definition', 'published_at', 'published_by'])
    .where('form', '=', form)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()

/** All forms with the number of their newest version. */
export const listForms = (db: Db) =>
  tables(db)
    .selectFrom('form')
    .leftJoin('form_version', 'form_version.form', 'form.id')
    .select((eb) => [
      'form.id',
      'form.title',
      eb.fn.max('form_version.version').as('version'),
      eb.fn.max('form_version.published_at').as('published_at'),
    ])
    .groupBy(['form.id', 'form.title'])
    .orderBy('form.title')
    .execute()

export const findForm = (db: Db, id: string) =>
  tables(db).selectFrom('form').select(['id', 'title']).where('id', '=', id).executeTakeFirst()

export const listVersions = (db: Db, form: string) =>
  tables(db)
    .selectFrom('form_version')
    .select(['version', 'published_at', 'published_by'])
    .where('form', '=', form)
    .orderBy('version', 'desc')
    .execute()

const draftColumns = ['id', 'form', 'version', 'owner', 'answers', 'loose', 'revision', 'saved_at', 'filed_at'] as const

type Whose = { id: string; owners: readonly string[] }

const draftOf = (db: Db, { id, owners }: Whose) =>
  tables(db)
    .selectFrom('draft')
    .select(draftColumns)
    .where('id', '=', id)
    .where(sql<boolean>`owner = any(${owners}::text[])`)

const draft = prepared(draftOf)
const heldDraft = prepared((db, whose: Whose) => draftOf(db, whose).forUpdate())

/** A draft that belongs to one of these owners; somebody else's is not there. */
const findDraft = (db: Db, id: string, owners: readonly string[]) => draft.first(db, { id, owners })

/** The same, held against others until the transaction ends. */
export const lockDraft = (db: Db, id: string, owners: readonly string[]) => heldDraft.first(db, { id, owners })

export type Draft = NonNullable<Awaited<ReturnType<typeof findDraft>>>

/** Unfiled drafts of these owners, newest first. */
export const draftsOf = (db: Db, owners: readonly string[]) =>
  owners.length === 0
    ? Promise.resolve([])
    : unfiled(
        db,
        owners.map((owner) => ({ owner })),
      )

const unfiled = preparedList((db, owners: readonly { owner: string }[]) =>
  tables(db)
    .selectFrom('draft')
    .select(['id', 'form', 'version', 'revision', 'started_at', 'saved_at'])
    // Not `any`: of one owner, the index gives them in their order.
    .where(
      'owner',
      'in',
      owners.map(({ owner }) => owner),
    )
    .where('filed_at', 'is', null)
    .orderBy('saved_at', 'desc')
    .limit(20),
)

/**
 * Unfiled drafts that nobody has touched since; filed ones are kept only as the filing itself. One that somebody holds waits
 * for the next night: this job must not wait for whoever waits for it.
 */
export const forgetDrafts = (db: Db, before: Date) =>
  sql`delete from draft where id in (select id from draft where saved_at < ${before} for update skip locked)`.execute(
    db,
  )

/** Marks a draft as filed, in the transaction that files it. */
export const markFiled = (db: Db, id: string, now: Date) => mark.all(db, { id, now })

const mark = preparedRows((db, filed: readonly { id: string; now: Date }[]) =>
  tables(db)
    .updateTable('draft')
    .from(
      sql<{ id: string; at: Date }>`(values ${sql.join(
        filed.map(({ id, now }) => sql`(${id}::uuid, ${now}::timestamptz)`),
      )})`.as<'filed'>(sql`filed (id, at)`),
    )
    .set((eb) => ({ filed_at: eb.ref('filed.at'), answers: '{}', loose: '{}' }))
    .whereRef('draft.id', '=', 'filed.id'),
)

/** A definition with its draft, as the pages need it. */
export type Filling = { draft: Draft; definition: Definition }

/** The draft and the version of the form that it was begun on. */
export async function findFilling(stage: Stage, id: string): Promise<Filling | null> {
  const draft = await findDraft(stage.db, id, ownersOf(stage))
  if (!draft) return null
  const version = await findVersion(stage, draft.form, draft.version)
  return version ? { draft, definition: version.definition } : null
}
