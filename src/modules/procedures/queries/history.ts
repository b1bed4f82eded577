import type { Db } from '#core/database.ts'
import { newId } from '#core/ids.ts'
import { pick, preparedRows } from '#core/prepared.ts'
import { Refusal } from '#core/refusal.ts'
import type { Stage } from '#core/scene.ts'
import { type Filing, filingColumns } from '../queries.ts'
import { canBecome, type FilingState, isOpen } from '../rules.ts'
import { type ProcedureTables, tables } from '../tables.ts'

// What acts write on a filing: its state, and the lines of its history.

/** Adds a line to the history of a filing. */
export const addEvent = (
  stage: Pick<Stage, 'db' | 'actor' | 'now'>,
  filing: string,
  kind: string,
  { note = null, inside = false }: { note?: string | null; inside?: boolean } = {},
) =>
  event.all(stage.db, {
    id: newId(stage.now.getTime()),
    filing,
    at: stage.now,
    kind,
    actor: stage.actor?.id ?? null,
    note,
    inside,
  })

const event = preparedRows((db, events: readonly ProcedureTables['filing_event'][]) =>
  tables(db)
    .insertInto('filing_event')
    .values(events.map((one) => pick(one, 'id', 'filing', 'at', 'kind', 'actor', 'note', 'inside'))),
)

/** Whether they have said the same of a filing since. */
export const saidSince = async (
  { db, actor }: Pick<Stage, 'db' | 'actor'>,
  filing: string,
  kind: string,
  note: string,
  since: Date,
) =>
  (await tables(db)
    .selectFrom('filing_event')
    .select('id')
    .where('filing', '=', filing)
    .where('kind', '=', kind)
    .where('actor', '=', actor?.id ?? '')
    .where('note', '=', note)
    .where('at', '>', since)
    .executeTakeFirst()) !== undefined

/** Holds a filing until the transaction ends: who else acts on it waits, and then finds what was done. */
export const holdFiling = (db: Db, id: string) =>
  tables(db).selectFrom('filing').select(filingColumns).where('id', '=', id).forUpdate().executeTakeFirst()

/**
 * Moves a filing to another state if its present one allows, holding it against everybody else meanwhile: of two
 * people who act at once, one is told that the other was first.
 */
export async function moveFiling(stage: Stage, id: string, to: FilingState): Promise<Filing> {
  const filing = await holdFiling(stage.db, id)
  if (!filing) throw new Refusal('missing', 'no such filing')
  if (!canBecome(filing.state, to)) throw new Refusal('conflict', `the filing is ${filing.state}`)
  await tables(stage.db)
    .updateTable('filing')
    .set({ state: to, ...(!isOpen(to) && { closed_at: stage.now }) })
    .where('id', '=', id)
    .execute()
  return { ...filing, state: to }
}
