// A measure is read whole from a dozen tables: the questions and the putting together of their answers are one file.
import type { Db } from '#core/database.ts'
import type { Edition, Figure, Indicator, PlanMeasure } from '../rules/plan-file.ts'
import { tables } from '../tables.ts'
import { grouped, keyOf, some } from './grouping.ts'

/** An indicator as it was imported. `sources` of the measure: only where a file of live indicators made it. */
export type StoredIndicator = {
  slug: string
  import: string
  live: boolean
  boundAt: Date | null
  firstFY: number | null
  lastFY: number | null
  indicator: Indicator
}
export type StoredMeasure = {
  slug: string
  import: string
  live: boolean
  sources: string[]
  indicators: StoredIndicator[]
  /** Its indicators are the same as above. */
  measure: PlanMeasure
}

/** Measures by id, or all of them, with everything that is theirs; those that a live file made come last. */
export async function readMeasures(
  db: Db,
  { ids, plans }: { ids?: readonly string[]; plans?: readonly string[] } = {},
): Promise<StoredMeasure[]> {
  const rows = await tables(db)
    .selectFrom('plan_measure')
    .innerJoin('plan_import', 'plan_import.id', 'plan_measure.import')
    .selectAll('plan_measure')
    .select('plan_import.kind as from')
    .$if(ids !== undefined, (query) => query.where('plan_measure.id', 'in', some(ids)))
    .$if(plans !== undefined, (query) => query.where('plan_measure.plan', 'in', some(plans)))
    .orderBy('plan_import.kind', 'desc')
    .orderBy('plan_import.imported_at')
    .orderBy('plan_measure.ordinal')
    .execute()
  if (rows.length === 0) return []
  const found = rows.map(({ id }) => id)
  const parts = await partsOf(db, found)
  const indicators = await indicatorsOf(db, found)
  return rows.map((row) => {
    const own = indicators.get(row.id) ?? []
    return {
      slug: row.slug,
      import: row.import,
      live: row.from === 'live',
      sources: row.sources,
      indicators: own,
      measure: {
        id: row.id,
        plan: row.plan,
        title: row.title,
        titleSuggested: row.title_suggested,
        titleNote: row.title_note,
        code: row.code,
        codeSuggested: row.code_suggested,
        visionByFY: row.vision_by_fy,
        vision: row.vision,
        visionFacts: row.vision_facts,
        ownerHistory: parts.owners.get(row.id) ?? [],
        basicProjects: parts.basicProjects.get(row.id) ?? [],
        indicators: own.map(({ indicator }) => indicator),
        ratingScale: parts.scale.get(row.id) ?? [],
        ratings: parts.ratings.get(row.id) ?? [],
        resources: parts.resources.get(row.id) ?? [],
        projects: parts.projects.get(row.id) ?? [],
        projectsNote: row.projects_note,
        lists: parts.lists.get(row.id) ?? [],
        approachFocus: row.approach_focus,
        extra: row.extra,
      },
    }
  })
}

const measureOf = ({ measure }: { measure: string }) => measure
const own = <Row extends { measure: string }>({ measure: _, ...row }: Row) => row

async function partsOf(db: Db, measures: readonly string[]) {
  const owners = await tables(db)
    .selectFrom('plan_measure_owner')
    .select(['measure', 'fy', 'org', 'sources', 'extra'])
    .where('measure', 'in', measures)
    .orderBy('ordinal')
    .execute()
  const basicProjects = await tables(db)
    .selectFrom('basic_project')
    .select(['measure', 'code', 'title', 'extra'])
    .where('measure', 'in', measures)
    .orderBy('ordinal')
    .execute()
  const scale = await tables(db)
    .selectFrom('rating_scale')
    .select(['measure', 'grade', 'label', 'extra'])
    .where('measure', 'in', measures)
    .orderBy('ordinal')
    .execute()
  const ratings = await tables(db)
    .selectFrom('plan_rating')
    .select(['measure', 'fy', 'grade', 'label', 'reason', 'status', 'sources', 'extra'])
    .where('measure', 'in', measures)
    .orderBy('ordinal')
    .execute()
  const resources = await tables(db)
    .selectFrom('plan_resource')
    .selectAll()
    .where('measure', 'in', measures)
    .orderBy('ordinal')
    .execute()
  return {
    owners: grouped(owners, measureOf, own),
    basicProjects: grouped(basicProjects, measureOf, own),
    scale: grouped(scale, measureOf, own),
    ratings: grouped(ratings, measureOf, own),
    resources: grouped(resources, measureOf, (one) => ({
      fy: one.fy,
      budget: amount(one.budget, one.budget_unit),
      personnelCost: amount(one.personnel, one.personnel_unit),
      headcount: one.headcount,
      sources: one.sources,
      extra: one.extra,
    })),
    projects: await projectsOf(db, measures),
    lists: await listsOf(db, measures),
  }
}

const amount = (value: string | null, unit: string | null) => (value === null || unit === null ? null : { value, unit })

async function projectsOf(db: Db, measures: readonly string[]) {
  const budgets = await tables(db)
    .selectFrom('project_budget')
    .selectAll()
    .where('measure', 'in', measures)
    .orderBy('fy')
    .execute()
  const ofProject = grouped(
    budgets,
    ({ measure, project }) => keyOf(measure, project),
    ({ fy, amount: value, unit, printed }) => ({ fy, amount: amount(value, unit), printed }),
  )
  const rows = await tables(db)
    .selectFrom('plan_project')
    .selectAll()
    .where('measure', 'in', measures)
    .orderBy('ordinal')
    .execute()
  return grouped(rows, measureOf, (one) => ({
    title: one.title,
    newness: one.newness,
    basicProject: one.basic_project,
    department: one.department,
    summary: one.summary,
    budgets: ofProject.get(keyOf(one.measure, one.ordinal)) ?? [],
    extra: one.extra,
  }))
}

async function listsOf(db: Db, measures: readonly string[]) {
  const items = await tables(db)
    .selectFrom('review_item')
    .select(['measure', 'list', 'no', 'department', 'text', 'topic', 'facts', 'remaining', 'extra'])
    .where('measure', 'in', measures)
    .orderBy('ordinal')
    .execute()
  const ofList = grouped(
    items,
    ({ measure, list }) => keyOf(measure, list),
    ({ measure: _m, list: _l, ...item }) => item,
  )
  const rows = await tables(db)
    .selectFrom('review_list')
    .selectAll()
    .where('measure', 'in', measures)
    .orderBy('ordinal')
    .execute()
  return grouped(rows, measureOf, (one) => ({
    kind: one.kind,
    fy: one.fy,
    atStart: one.at_start,
    items: ofList.get(keyOf(one.measure, one.ordinal)) ?? [],
  }))
}

async function indicatorsOf(db: Db, measures: readonly string[]) {
  const editions = await editionsOf(db, measures)
  const rows = await tables(db)
    .selectFrom('indicator')
    .innerJoin('plan_import', 'plan_import.id', 'indicator.import')
    .selectAll('indicator')
    .select('plan_import.kind as from')
    .where('measure', 'in', measures)
    .orderBy('plan_import.kind', 'desc')
    .orderBy('plan_import.imported_at')
    .orderBy('ordinal')
    .execute()
  return grouped(
    rows,
    measureOf,
    (one): StoredIndicator => ({
      slug: one.slug,
      import: one.import,
      live: one.from === 'live',
      boundAt: one.bound_at,
      firstFY: one.first_fy,
      lastFY: one.last_fy,
      indicator: {
        id: one.id,
        kind: one.kind,
        title: one.title,
        unit: one.unit,
        direction: one.direction,
        directionNote: one.direction_note,
        aggregation: one.aggregation,
        description: one.description,
        dataSource: one.data_source,
        targetRationales: one.target_rationales,
        editions: editions.get(keyOf(one.measure, one.id)) ?? [],
        observations: one.observations,
        binding: one.binding_measure === null ? null : { measure: one.binding_measure, option: one.binding_option },
        extra: one.extra,
      },
    }),
  )
}

async function editionsOf(db: Db, measures: readonly string[]) {
  const figures = await tables(db)
    .selectFrom('indicator_figure')
    .selectAll()
    .where('measure', 'in', measures)
    .orderBy('ordinal')
    .execute()
  const ofEdition = grouped(
    figures,
    ({ measure, indicator, edition }) => keyOf(measure, indicator, edition),
    (one) => one,
  )
  const rows = await tables(db)
    .selectFrom('indicator_edition')
    .selectAll()
    .where('measure', 'in', measures)
    .orderBy('ordinal')
    .execute()
  return grouped(
    rows,
    ({ measure, indicator }) => keyOf(measure, indicator),
    ({ measure, indicator, ordinal, source, extra }): Edition => {
      const own = ofEdition.get(keyOf(measure, indicator, ordinal)) ?? []
      const baseline = own.find(({ role }) => role === 'baseline')
      return {
        source,
        baseline: baseline
          ? {
              fy: baseline.fy,
              value: baseline.value,
              printed: baseline.printed,
              note: baseline.note,
              extra: baseline.extra,
            }
          : null,
        figures: own.flatMap(({ role, ...one }): Figure[] =>
          role === 'baseline'
            ? []
            : [
                {
                  fy: one.fy,
                  role,
                  value: one.value,
                  printed: one.printed,
                  confidence: one.confidence,
                  counterpart: one.counterpart,
                  achievementPrinted: one.achievement_printed,
                  note: one.note,
                  extra: one.extra,
                },
              ],
        ),
        extra,
      }
    },
  )
}
