import type { Db } from '#core/database.ts'
import { tokyoDate } from '#core/dates.ts'
import { keepable } from '#core/identifiers.ts'
import { newId } from '#core/ids.ts'
import { Refusal } from '#core/refusal.ts'
import { ownersOf, type Stage } from '#core/scene.ts'
import { findVersion } from './queries/versions.ts'
import { latestVersion, lockDraft } from './queries.ts'
import {
  type Answers,
  type FileAnswer,
  findPage,
  type Raw,
  type ReadPage,
  readAnswers,
  type Typed,
} from './rules/index.ts'
import { tables } from './tables.ts'

/**
 * Begins a draft on the newest version of a form. With an `id` of the caller's own, beginning it again changes nothing;
 * an id that is somebody else's gives them nothing, as every use of a draft asks for its owner.
 */
export async function startDraft(
  stage: Stage,
  form: string,
  { id = newId(stage.now.getTime()), answers = {} }: { id?: string; answers?: Answers } = {},
): Promise<string> {
  const [owner] = ownersOf(stage)
  if (!owner) throw new Refusal('signed-out', 'a draft belongs to somebody')
  const version = await latestVersion(stage.db, form)
  if (!version) throw new Refusal('missing', 'this form has not been published')
  await tables(stage.db)
    .insertInto('draft')
    .values({
      id,
      form,
      version: version.version,
      owner,
      answers: JSON.stringify(answers),
      loose: '{}',
      revision: 0,
      started_at: stage.now,
      saved_at: stage.now,
      filed_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return id
}

/** What one page sends: its typed fields, and per file field the files it holds now. */
export type PageInput = { draft: string; page: string; raw: Raw; files?: Record<string, readonly FileAnswer[]> }

/**
 * Reads one page into the draft. What is right becomes an answer; what isn't stays as typed, beside its error, so that
 * it's there again after a closed tab. Two tabs can't lose each other's pages: each touches its own fields only.
 * A signed-in person takes over what was begun in the same browser.
 */
export async function savePage(stage: Stage, { draft: id, page: pageId, raw, files = {} }: PageInput) {
  const owners = ownersOf(stage)
  const draft = await lockDraft(stage.db, id, owners)
  if (!draft) throw new Refusal('missing', 'no such draft')
  if (draft.filed_at) throw new Refusal('conflict', 'this draft has been filed')
  const version = await findVersion(stage, draft.form, draft.version)
  const page = version && findPage(version.definition, pageId)
  if (!version || !page) throw new Refusal('missing', 'no such page')

  const today = tokyoDate(stage.now)
  const read: ReadPage = readAnswers(version.definition, page, raw, {
    answers: draft.answers,
    files,
    today,
  })
  const { [pageId]: _, ...others } = draft.loose
  const loose = Object.keys(read.errors).length > 0 ? { ...others, [pageId]: keepableTyped(read.typed) } : others
  await tables(stage.db)
    .updateTable('draft')
    .set({
      answers: JSON.stringify(read.answers),
      loose: JSON.stringify(loose),
      owner: owners[0] ?? draft.owner,
      revision: draft.revision + 1,
      saved_at: stage.now,
    })
    .where('id', '=', id)
    .execute()
  return { read, definition: version.definition, today }
}

/** What was typed and isn't right yet, without what looks like an 個人番号: nobody may keep one, not even for a moment. */
const keepableTyped = (typed: Record<string, Typed>): Record<string, Typed> =>
  Object.fromEntries(
    Object.entries(typed).map(([field, value]) => [
      field,
      typeof value === 'string'
        ? keepable(value)
        : Array.isArray(value)
          ? value.map(keepable)
          : (mapValues(value, keepable) as Typed),
    ]),
  )

const mapValues = (record: object, change: (value: string) => string) =>
  Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, typeof value === 'string' ? change(value) : value]),
  )

/** Forgets what these owners have begun and not filed; files that were sent ahead are swept on their own. */
export const forgetDraftsOf = (db: Db, owners: readonly string[]) =>
  owners.length === 0
    ? Promise.resolve([])
    : tables(db)
        .deleteFrom('draft')
        .where('owner', 'in', [...owners])
        .where('filed_at', 'is', null)
        .returning('id')
        .execute()
