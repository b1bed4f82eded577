import type { Db } from '#core/database.ts'
import { searchForm } from '#core/text.ts'
import type { PlanMeasure } from '../../rules/plan-file.ts'
import { slugOf } from '../../slugs.ts'
import { insertRows, json } from './rows.ts'

/** The row of a measure; `sources` only where a file of live indicators made it. */
export const measureRow = (id: string, one: PlanMeasure, ordinal: number, sources: string[] = []) => ({
  id: one.id,
  slug: slugOf(one.id),
  plan: one.plan,
  import: id,
  ordinal,
  title: one.title,
  title_suggested: one.titleSuggested,
  title_note: one.titleNote,
  code: one.code,
  code_suggested: one.codeSuggested,
  vision_by_fy: one.visionByFY,
  vision: one.vision,
  vision_facts: one.visionFacts,
  projects_note: one.projectsNote,
  approach_focus: one.approachFocus && json(one.approachFocus),
  sources,
  extra: json(one.extra),
  search: searchForm([one.title ?? one.titleSuggested, one.code ?? one.codeSuggested].join(' ')),
})

/** Measures with all that is theirs, but for their indicators. Those of the same ids must be gone. */
export async function putMeasures(db: Db, id: string, measures: readonly PlanMeasure[]) {
  const of = <T, Row>(parts: (one: PlanMeasure) => readonly T[], row: (part: T, at: At) => Row) =>
    measures.flatMap((one) => parts(one).map((part, ordinal) => row(part, { measure: one.id, ordinal })))
  type At = { measure: string; ordinal: number }

  await insertRows(
    db,
    'plan_measure',
    measures.map((one, ordinal) => measureRow(id, one, ordinal)),
  )
  await insertRows(
    db,
    'plan_measure_owner',
    of(
      (one) => one.ownerHistory,
      ({ fy, org, sources, extra }, at) => ({ ...at, fy, org, sources, extra: json(extra) }),
    ),
  )
  await insertRows(
    db,
    'basic_project',
    of(
      (one) => one.basicProjects,
      ({ code, title, extra }, at) => ({ ...at, code, title, extra: json(extra) }),
    ),
  )
  await insertRows(
    db,
    'rating_scale',
    of(
      (one) => one.ratingScale,
      ({ grade, label, extra }, at) => ({ ...at, grade, label, extra: json(extra) }),
    ),
  )
  await insertRows(
    db,
    'plan_rating',
    of(
      (one) => one.ratings,
      ({ extra, ...rating }, at) => ({ ...at, ...rating, extra: json(extra) }),
    ),
  )
  await insertRows(
    db,
    'plan_resource',
    of(
      (one) => one.resources,
      (one, at) => ({
        ...at,
        fy: one.fy,
        budget: one.budget?.value ?? null,
        budget_unit: one.budget?.unit ?? null,
        personnel: one.personnelCost?.value ?? null,
        personnel_unit: one.personnelCost?.unit ?? null,
        headcount: one.headcount,
        sources: one.sources,
        extra: json(one.extra),
      }),
    ),
  )
  await putProjects(db, measures)
  await putLists(db, measures)
}

async function putProjects(db: Db, measures: readonly PlanMeasure[]) {
  const projects = measures.flatMap(({ id: measure, projects }) =>
    projects.map((one, ordinal) => ({ one, measure, ordinal })),
  )
  await insertRows(
    db,
    'plan_project',
    projects.map(({ one, measure, ordinal }) => ({
      measure,
      ordinal,
      title: one.title,
      newness: one.newness,
      basic_project: one.basicProject,
      department: one.department,
      summary: one.summary,
      extra: json(one.extra),
    })),
  )
  await insertRows(
    db,
    'project_budget',
    projects.flatMap(({ one, measure, ordinal: project }) =>
      one.budgets.map(({ fy, amount, printed }) => ({
        measure,
        project,
        fy,
        amount: amount?.value ?? null,
        unit: amount?.unit ?? null,
        printed,
      })),
    ),
  )
}

async function putLists(db: Db, measures: readonly PlanMeasure[]) {
  const lists = measures.flatMap(({ id: measure, lists }) => lists.map((list, ordinal) => ({ list, measure, ordinal })))
  await insertRows(
    db,
    'review_list',
    lists.map(({ list: { kind, fy, atStart }, measure, ordinal }) => ({
      measure,
      ordinal,
      kind,
      fy,
      at_start: atStart,
    })),
  )
  await insertRows(
    db,
    'review_item',
    lists.flatMap(({ list, measure, ordinal }) =>
      list.items.map(({ extra, ...item }, i) => ({ measure, list: ordinal, ordinal: i, ...item, extra: json(extra) })),
    ),
  )
}
