import type { Db } from '#core/database.ts'
import type { Reference } from '#core/reference.ts'
import type { Direction, TraceKind } from './rules.ts'
import { tables } from './tables.ts'

const columns = [
  'id',
  'from_module',
  'from_kind',
  'from_id',
  'to_module',
  'to_kind',
  'to_id',
  'kind',
  'reason',
  'made_by',
  'made_at',
  'withdrawn_by',
  'withdrawn_at',
] as const

export type Trace = {
  id: string
  from: Reference
  to: Reference
  kind: TraceKind
  reason: string
  madeBy: string
  madeAt: Date
  withdrawnBy: string | null
  withdrawnAt: Date | null
}

type Row = Awaited<ReturnType<typeof rowsOf>>[number]

const rowsOf = (db: Db, id: string) => tables(db).selectFrom('trace').select(columns).where('id', '=', id).execute()

const traceOf = (row: Row): Trace => ({
  id: row.id,
  from: { module: row.from_module, kind: row.from_kind, id: row.from_id },
  to: { module: row.to_module, kind: row.to_kind, id: row.to_id },
  kind: row.kind,
  reason: row.reason,
  madeBy: row.made_by,
  madeAt: row.made_at,
  withdrawnBy: row.withdrawn_by,
  withdrawnAt: row.withdrawn_at,
})

/** One link, live or withdrawn. */
export async function findTrace(db: Db, id: string): Promise<Trace | undefined> {
  const [row] = await rowsOf(db, id)
  return row && traceOf(row)
}

/** The live link between two things, of one kind. */
export async function findLive(db: Db, { from, to, kind }: Pick<Trace, 'from' | 'to' | 'kind'>) {
  const row = await tables(db)
    .selectFrom('trace')
    .select(columns)
    .where('from_module', '=', from.module)
    .where('from_kind', '=', from.kind)
    .where('from_id', '=', from.id)
    .where('to_module', '=', to.module)
    .where('to_kind', '=', to.kind)
    .where('to_id', '=', to.id)
    .where('kind', '=', kind)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return row && traceOf(row)
}

export type LiveEnd = Trace & { direction: Direction; other: Reference }

/** The live links of a thing, oldest first, each with its other end as seen from here. */
export async function liveAt(db: Db, { module, kind, id }: Reference): Promise<LiveEnd[]> {
  const live = () => tables(db).selectFrom('trace').select(columns).where('withdrawn_at', 'is', null)
  const rows = await live()
    .where('from_module', '=', module)
    .where('from_kind', '=', kind)
    .where('from_id', '=', id)
    .unionAll(live().where('to_module', '=', module).where('to_kind', '=', kind).where('to_id', '=', id))
    .orderBy('made_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => {
    const trace = traceOf(row)
    const there = trace.from.module === module && trace.from.kind === kind && trace.from.id === id
    return { ...trace, direction: there ? 'there' : 'back', other: there ? trace.to : trace.from }
  })
}
