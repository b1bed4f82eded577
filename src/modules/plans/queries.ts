// What several views and actions ask of the plans' tables stands together; what only one kind of page asks is in queries/.
import { sql } from 'kysely'
import type { Db } from '#core/database.ts'
import { searchForm } from '#core/text.ts'
import { keyOf, some } from './queries/grouping.ts'
import type { Binding } from './rules/plan-file.ts'
import { tables } from './tables.ts'

/** A binding as it stands, and since when it counts. */
export type Bound = { binding: Binding; at: Date }

/** The import of this very document, if all that it brought is still as it brought it. */
export async function inForce(db: Db, kind: 'plan' | 'live', sha256: string) {
  const imports = await tables(db)
    .selectFrom('plan_import')
    .select(['id', 'brought'])
    .where('kind', '=', kind)
    .where('sha256', '=', sha256)
    .orderBy('imported_at', 'desc')
    .execute()
  for (const { id, brought } of imports) {
    const there = kind === 'plan' ? await plansFrom(db, id) : await liveFrom(db, id)
    if (there.keys.length === brought.length && there.keys.length > 0) return { id, plans: there.plans }
  }
  return null
}

const plansFrom = async (db: Db, id: string) => {
  const rows = await tables(db).selectFrom('plan').select('id').where('import', '=', id).orderBy('ordinal').execute()
  const plans = rows.map((row) => row.id)
  return { keys: plans, plans }
}

const liveFrom = async (db: Db, id: string) => {
  const rows = await tables(db)
    .selectFrom('indicator')
    .innerJoin('plan_measure', 'plan_measure.id', 'indicator.measure')
    .select(['indicator.id', 'plan_measure.plan'])
    .where('indicator.import', '=', id)
    .execute()
  return { keys: rows.map((row) => row.id), plans: [...new Set(rows.map(({ plan }) => plan))] }
}

/** What the indicators of plans are bound to, and since when; by measure and indicator. */
export async function bindingsOf(db: Db, plans: readonly string[]): Promise<Map<string, Bound>> {
  const rows = await tables(db)
    .selectFrom('indicator')
    .innerJoin('plan_measure', 'plan_measure.id', 'indicator.measure')
    .select(['indicator.measure', 'indicator.id', 'binding_measure', 'binding_option', 'bound_at'])
    .where('plan_measure.plan', 'in', some(plans))
    .where('binding_measure', 'is not', null)
    .execute()
  return new Map(
    rows.flatMap(({ measure, id, binding_measure, binding_option, bound_at }) =>
      binding_measure && bound_at
        ? [
            [
              keyOf(measure, id),
              { binding: { measure: binding_measure, option: binding_option }, at: bound_at },
            ] as const,
          ]
        : [],
    ),
  )
}

/** The files of live indicators that are in force for plans, as they came, oldest first. */
export const liveImportsOf = (db: Db, plans: readonly string[]) =>
  tables(db)
    .selectFrom('plan_import')
    .select(['id', 'document as text'])
    .where('kind', '=', 'live')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('indicator')
        .innerJoin('plan_measure', 'plan_measure.id', 'indicator.measure')
        .select('indicator.import')
        .where('plan_measure.plan', 'in', some(plans)),
    )
    .orderBy('imported_at')
    .execute()

/** Takes away all live indicators of plans, and the measures made for them. */
export async function forgetLive(db: Db, plans: readonly string[]) {
  const measures = tables(db).selectFrom('plan_measure').select('id').where('plan', 'in', some(plans))
  const live = tables(db).selectFrom('plan_import').select('id').where('kind', '=', 'live')
  await tables(db).deleteFrom('indicator').where('measure', 'in', measures).where('import', 'in', live).execute()
  await tables(db).deleteFrom('plan_measure').where('plan', 'in', some(plans)).where('import', 'in', live).execute()
}

/** Documents and offices of imports of which nothing is left. */
export async function forgetUnusedNames(db: Db) {
  const used = tables(db).selectFrom('plan').select('import')
  await tables(db).deleteFrom('plan_source').where('import', 'not in', used).execute()
  await tables(db).deleteFrom('plan_organisation').where('import', 'not in', used).execute()
}

/** Which of these measures belong to plans other than these, by measure. */
export async function measuresElsewhere(db: Db, measures: readonly string[], plans: readonly string[]) {
  const rows = await tables(db)
    .selectFrom('plan_measure')
    .select(['id', 'plan'])
    .where('id', 'in', some(measures))
    .where('plan', 'not in', some(plans))
    .execute()
  return new Map(rows.map(({ id, plan }) => [id, plan]))
}

/** The names in addresses that initiatives and indicators of other plans have taken. */
export async function slugsElsewhere(db: Db, plans: readonly string[]): Promise<Set<string>> {
  const initiatives = await tables(db)
    .selectFrom('initiative')
    .select('slug')
    .where('plan', 'not in', some(plans))
    .execute()
  const indicators = await tables(db)
    .selectFrom('indicator')
    .innerJoin('plan_measure', 'plan_measure.id', 'indicator.measure')
    .select('indicator.slug')
    .where('plan_measure.plan', 'not in', some(plans))
    .execute()
  return new Set([...initiatives, ...indicators].map(({ slug }) => slug))
}

/** The id of the plan of this name in addresses. */
export const findPlan = async (db: Db, slug: string): Promise<string | null> =>
  (await tables(db).selectFrom('plan').select('id').where('slug', '=', slug).executeTakeFirst())?.id ?? null

/** The plan and the number of an initiative. */
export const findInitiative = async (db: Db, slug: string) =>
  (await tables(db)
    .selectFrom('initiative')
    .select(['plan', 'no', 'title'])
    .where('slug', '=', slug)
    .executeTakeFirst()) ?? null

export const findMeasure = async (db: Db, slug: string): Promise<string | null> =>
  (await tables(db).selectFrom('plan_measure').select('id').where('slug', '=', slug).executeTakeFirst())?.id ?? null

/** The measure and the id of an indicator. */
export const findIndicator = async (db: Db, slug: string) =>
  (await tables(db)
    .selectFrom('indicator')
    .select(['measure', 'id', 'title'])
    .where('slug', '=', slug)
    .executeTakeFirst()) ?? null

/** What was imported, newest first, without the documents themselves. */
export const listImports = (db: Db, limit: number) =>
  tables(db)
    .selectFrom('plan_import')
    .select(['id', 'kind', 'sha256', 'about', 'brought', 'imported_at as at', 'imported_by as by'])
    .select(sql<number>`octet_length(document)`.as('bytes'))
    .orderBy('imported_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/** When an import was made. */
export const importedAt = async (db: Db, id: string): Promise<Date | null> =>
  (await tables(db).selectFrom('plan_import').select('imported_at').where('id', '=', id).executeTakeFirst())
    ?.imported_at ?? null

/** Patterns for `like`, one per word: each must be in the search form. */
const patterns = (words: string) =>
  searchForm(words)
    .split(' ')
    .filter(Boolean)
    .slice(0, 8)
    .map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)

/** Plans, initiatives, measures and indicators whose names hold all of these words. */
export async function searchTitles(db: Db, words: string, limit: number) {
  const all = patterns(words)
  if (all.length === 0) return { plans: [], initiatives: [], measures: [], indicators: [] }
  const holding = sql<boolean>`search like all(${all})`
  const plans = await tables(db)
    .selectFrom('plan')
    .select(['id'])
    .where(holding)
    .orderBy('ordinal')
    .limit(limit)
    .execute()
  const initiatives = await tables(db)
    .selectFrom('initiative')
    .select(['plan', 'no', 'slug', 'title'])
    .where(holding)
    .orderBy('plan')
    .orderBy('no')
    .limit(limit)
    .execute()
  const measures = await tables(db)
    .selectFrom('plan_measure')
    .select(['id', 'plan', 'slug', 'title', 'title_suggested'])
    .where(holding)
    .orderBy('ordinal')
    .limit(limit)
    .execute()
  const indicators = await tables(db)
    .selectFrom('indicator')
    .innerJoin('plan_measure', 'plan_measure.id', 'indicator.measure')
    .select(['indicator.id', 'indicator.slug', 'indicator.title', 'plan_measure.plan'])
    .where(sql<boolean>`indicator.search like all(${all})`)
    .orderBy('indicator.measure')
    .orderBy('indicator.ordinal')
    .limit(limit)
    .execute()
  return { plans: plans.map(({ id }) => id), initiatives, measures, indicators }
}
