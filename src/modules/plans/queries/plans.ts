import type { Db } from '#core/database.ts'
import type { Organisation, Plan, Source } from '../rules/plan-file.ts'
import { tables } from '../tables.ts'
import { grouped, keyOf, some } from './grouping.ts'

/** A plan as it was imported, with its name in addresses and where it came from. */
export type StoredPlan = { slug: string; import: string; plan: Plan }

/** Plans by id, or all of them, in the order of their documents: those of the oldest import first. */
export async function readPlans(db: Db, ids: readonly string[] | null = null): Promise<StoredPlan[]> {
  const rows = await tables(db)
    .selectFrom('plan')
    .innerJoin('plan_import', 'plan_import.id', 'plan.import')
    .selectAll('plan')
    .$if(ids !== null, (query) => query.where('plan.id', 'in', some(ids)))
    .orderBy('plan_import.imported_at')
    .orderBy('plan.import')
    .orderBy('plan.ordinal')
    .execute()
  if (rows.length === 0) return []
  const parts = await partsOf(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({
    slug: row.slug,
    import: row.import,
    plan: {
      id: row.id,
      title: row.title,
      role: row.role,
      parentPlan: row.parent_plan,
      revises: row.revises,
      revisionKind: row.revision_kind,
      period: row.start_fy === null || row.end_fy === null ? null : { startFY: row.start_fy, endFY: row.end_fy },
      targetFY: row.target_fy,
      visionTitle: row.vision_title,
      legalBasis: row.legal_basis,
      versions: parts.versions.get(row.id) ?? [],
      philosophies: parts.philosophies.get(row.id) ?? [],
      basicPolicies: parts.basicPolicies.get(row.id) ?? [],
      measureGroups: parts.measureGroups.get(row.id) ?? [],
      actorClasses: row.actor_classes,
      phaseVocabulary: row.phase_vocabulary,
      initiatives: parts.initiatives.get(row.id) ?? [],
      fields: row.fields,
      workflow: parts.workflow.get(row.id) ?? [],
      governance: row.governance,
      sources: row.sources,
      extra: row.extra,
    },
  }))
}

async function partsOf(db: Db, plans: readonly string[]) {
  const versions = await tables(db)
    .selectFrom('plan_version')
    .selectAll()
    .where('plan', 'in', plans)
    .orderBy('ordinal')
    .execute()
  const policies = await tables(db)
    .selectFrom('basic_policy')
    .select(['plan', 'no', 'title', 'extra'])
    .where('plan', 'in', plans)
    .orderBy('ordinal')
    .execute()
  const philosophies = await tables(db)
    .selectFrom('philosophy')
    .select(['plan', 'no', 'title', 'basic_policy as basicPolicy', 'extra'])
    .where('plan', 'in', plans)
    .orderBy('ordinal')
    .execute()
  const groups = await tables(db)
    .selectFrom('measure_group')
    .select(['plan', 'no', 'title', 'actors', 'extra'])
    .where('plan', 'in', plans)
    .orderBy('ordinal')
    .execute()
  const stages = await tables(db)
    .selectFrom('revision_stage')
    .select(['plan', 'no', 'stage', 'audience', 'channel', 'day as date', 'month', 'from_month as from'])
    .select(['to_month as to', 'duration_months as durationMonths', 'follow_up as followUp', 'extra'])
    .where('plan', 'in', plans)
    .orderBy('no')
    .execute()
  const planOf = ({ plan }: { plan: string }) => plan
  const own = <Row extends { plan: string }>({ plan: _, ...row }: Row) => row
  return {
    versions: grouped(versions, planOf, (one) => ({
      version: one.version,
      title: one.title,
      asOf: one.as_of,
      adoptedMonth: one.adopted_month,
      status: one.status,
      targetFY: one.target_fy,
      basicPoliciesAsAdopted: one.policies_as_adopted,
      note: one.note,
      sources: one.sources,
      extra: one.extra,
    })),
    basicPolicies: grouped(policies, planOf, own),
    philosophies: grouped(philosophies, planOf, own),
    measureGroups: grouped(groups, planOf, own),
    workflow: grouped(stages, planOf, own),
    initiatives: await initiativesOf(db, plans),
  }
}

async function initiativesOf(db: Db, plans: readonly string[]) {
  const phases = await tables(db)
    .selectFrom('initiative_phase')
    .selectAll()
    .where('plan', 'in', plans)
    .orderBy('ordinal')
    .execute()
  const byInitiative = grouped(
    phases,
    (one) => keyOf(one.plan, one.initiative),
    (one) => ({
      label: one.label,
      labelSuggested: one.label_suggested,
      printedStartFY: one.printed_start_fy,
      printedArrowEndFY: one.printed_arrow_end_fy,
      span: { startFY: one.start_fy, endFY: one.end_fy, inferred: one.inferred },
      extra: one.extra,
    }),
  )
  const rows = await tables(db)
    .selectFrom('initiative')
    .selectAll()
    .where('plan', 'in', plans)
    .orderBy('ordinal')
    .execute()
  return grouped(
    rows,
    (one) => one.plan,
    (one) => ({
      no: one.no,
      id: one.id,
      title: one.title,
      measureGroup: one.measure_group,
      actorClass: one.actor_class,
      basicPolicies: one.basic_policies,
      restatementOfNo: one.restatement_of,
      phases: byInitiative.get(keyOf(one.plan, one.no)) ?? [],
      extra: one.extra,
    }),
  )
}

/** The documents that an import names, in its order. */
export const readSources = (db: Db, id: string): Promise<Source[]> =>
  tables(db)
    .selectFrom('plan_source')
    .select(['id', 'title', 'title_note as titleNote', 'extra'])
    .where('import', '=', id)
    .orderBy('ordinal')
    .execute()

/** The offices that an import names, in its order. */
export const readOrganisations = (db: Db, id: string): Promise<Organisation[]> =>
  tables(db)
    .selectFrom('plan_organisation')
    .select(['id', 'name', 'kind', 'parent', 'valid_from as validFrom', 'valid_to as validTo', 'note', 'extra'])
    .where('import', '=', id)
    .orderBy('ordinal')
    .execute()
