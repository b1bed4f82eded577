// The types of all tables of the module stand together: two dozen of them, a line per column.
import type { ColumnType } from 'kysely'
import type { Db } from '#core/database.ts'
import type { Extra, Indicator, LegalBasis, Plan, PlanMeasure, ReviewKind } from './rules/plan-file.ts'

type Json<T> = ColumnType<T, string, string>
/** An exact decimal as text. */
type Decimal = string | null

type OfPlan = { plan: string; ordinal: number; extra: Json<Extra> }
type OfMeasure = { measure: string; ordinal: number; extra: Json<Extra> }

export type PlansTables = {
  plan_import: {
    id: string
    kind: 'plan' | 'live'
    sha256: string
    document: string
    format_version: string | null
    about: string | null
    conventions: Json<Record<string, string>>
    extra: Json<Extra>
    brought: string[]
    imported_at: Date
    imported_by: string
  }
  plan_source: {
    import: string
    id: string
    ordinal: number
    title: string
    title_note: string | null
    extra: Json<Extra>
  }
  plan_organisation: {
    import: string
    id: string
    ordinal: number
    name: string
    kind: string | null
    parent: string | null
    valid_from: string | null
    valid_to: string | null
    note: string | null
    extra: Json<Extra>
  }
  plan: {
    id: string
    slug: string
    import: string
    ordinal: number
    title: string | null
    role: string | null
    parent_plan: string | null
    revises: string | null
    revision_kind: string | null
    start_fy: number | null
    end_fy: number | null
    target_fy: number | null
    vision_title: string | null
    legal_basis: Json<LegalBasis | null> | null
    actor_classes: Json<Plan['actorClasses']>
    phase_vocabulary: string[]
    fields: Json<Plan['fields']>
    governance: Json<Plan['governance']> | null
    sources: string[]
    extra: Json<Extra>
    search: string
  }
  plan_version: OfPlan & {
    version: string
    title: string
    as_of: string | null
    adopted_month: string | null
    status: string | null
    target_fy: number | null
    policies_as_adopted: string[]
    note: string | null
    sources: string[]
  }
  basic_policy: OfPlan & { no: number; title: string }
  philosophy: OfPlan & { no: number; title: string; basic_policy: number | null }
  measure_group: OfPlan & { no: number; title: string; actors: string[] }
  initiative: OfPlan & {
    no: number
    id: string
    slug: string
    title: string
    measure_group: number | null
    actor_class: string | null
    basic_policies: number[]
    restatement_of: number | null
    search: string
  }
  initiative_phase: OfPlan & {
    initiative: number
    label: string | null
    label_suggested: string | null
    printed_start_fy: number | null
    printed_arrow_end_fy: number | null
    start_fy: number
    end_fy: number
    inferred: boolean
  }
  revision_stage: Omit<OfPlan, 'ordinal'> & {
    no: number
    stage: string
    audience: string | null
    channel: string | null
    day: string | null
    month: string | null
    from_month: string | null
    to_month: string | null
    duration_months: number | null
    follow_up: string | null
  }
  plan_measure: {
    id: string
    slug: string
    plan: string
    import: string
    ordinal: number
    title: string | null
    title_suggested: string | null
    title_note: string | null
    code: string | null
    code_suggested: string | null
    vision_by_fy: number | null
    vision: string | null
    vision_facts: string | null
    projects_note: string | null
    approach_focus: Json<PlanMeasure['approachFocus']> | null
    sources: string[]
    extra: Json<Extra>
    search: string
  }
  plan_measure_owner: OfMeasure & { fy: number; org: string; sources: string[] }
  basic_project: OfMeasure & { code: string; title: string }
  plan_project: OfMeasure & {
    title: string
    newness: string | null
    basic_project: string | null
    department: string | null
    summary: string | null
  }
  project_budget: {
    measure: string
    project: number
    fy: number
    amount: Decimal
    unit: string | null
    printed: string | null
  }
  plan_resource: OfMeasure & {
    fy: number
    budget: Decimal
    budget_unit: string | null
    personnel: Decimal
    personnel_unit: string | null
    headcount: Decimal
    sources: string[]
  }
  rating_scale: OfMeasure & { grade: string; label: string }
  plan_rating: OfMeasure & {
    fy: number
    grade: string
    label: string | null
    reason: string | null
    status: string | null
    sources: string[]
  }
  review_list: Omit<OfMeasure, 'extra'> & { kind: ReviewKind; fy: number; at_start: boolean }
  review_item: OfMeasure & {
    list: number
    no: number
    department: string | null
    text: string | null
    topic: string | null
    facts: string[]
    remaining: string | null
  }
  indicator: OfMeasure & {
    id: string
    slug: string
    import: string
    kind: 'main' | 'sub'
    title: string
    unit: string
    direction: 'up' | 'down'
    direction_note: string | null
    aggregation: string | null
    description: string | null
    data_source: string | null
    target_rationales: Json<Indicator['targetRationales']>
    observations: string[]
    binding_measure: string | null
    binding_option: string | null
    bound_at: Date | null
    first_fy: number | null
    last_fy: number | null
    search: string
  }
  indicator_edition: OfMeasure & { indicator: string; source: string }
  indicator_figure: OfMeasure & {
    indicator: string
    edition: number
    fy: number
    role: 'target' | 'actual' | 'baseline'
    value: Decimal
    printed: string | null
    confidence: 'high' | 'medium' | 'low' | null
    counterpart: string | null
    achievement_printed: string | null
    note: string | null
  }
}

/** The only door to these tables; other modules cannot name them. */
export const tables = (db: Db) => db.withTables<PlansTables>()
