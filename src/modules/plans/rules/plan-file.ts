/**
 * A plan file after reading: the same facts in one clean shape, ready to be stored.
 * Conventions of every type below
 * - a fiscal year (`fy`) is the calendar year in which it starts (令和2年度 = 2020);
 * - numbers that were measured or budgeted are decimal strings ("10", "17300"), never floats;
 * - null = not printed in the source, or not legible with certainty; never zero;
 * - `printed` = the characters of the source;
 * - `extra` = keys that this model does not know, unchanged, so that nothing is lost.
 *
 * In one file, as the file it describes is one.
 */
export type PlanFile = {
  formatVersion: string | null
  about: string | null
  conventions: Record<string, string>
  sources: Source[]
  organisations: Organisation[]
  plans: Plan[]
  measures: PlanMeasure[]
  extra: Extra
  /** The whole document as it came. */
  raw: Json
}

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type Extra = { [key: string]: Json }

export type Source = { id: string; title: string; titleNote: string | null; extra: Extra }

export type Organisation = {
  id: string
  name: string
  kind: string | null
  parent: string | null
  validFrom: string | null
  validTo: string | null
  note: string | null
  extra: Extra
}

/** First and last fiscal year, both included. */
export type Span = { startFY: number; endFY: number }

export type Plan = {
  id: string
  /** Null where only its versions carry titles: see `planTitle`. */
  title: string | null
  role: string | null
  parentPlan: string | null
  revises: string | null
  revisionKind: string | null
  period: Span | null
  targetFY: number | null
  visionTitle: string | null
  legalBasis: LegalBasis | null
  versions: PlanVersion[]
  philosophies: { no: number; title: string; basicPolicy: number | null; extra: Extra }[]
  basicPolicies: { no: number; title: string; extra: Extra }[]
  measureGroups: { no: number; title: string; actors: string[]; extra: Extra }[]
  actorClasses: { id: string; label: string }[]
  phaseVocabulary: string[]
  initiatives: Initiative[]
  fields: { title: string; items: string[]; extra: Extra }[]
  workflow: WorkflowStage[]
  governance: { coordinator: string | null; extra: Extra } | null
  sources: string[]
  extra: Extra
}

export type LegalBasis = {
  law: string
  lawNumber: string | null
  article: string | null
  kind: string | null
  obligation: string | null
  extra: Extra
}

export type PlanVersion = {
  version: string
  title: string
  asOf: string | null
  adoptedMonth: string | null
  status: string | null
  targetFY: number | null
  basicPoliciesAsAdopted: string[]
  note: string | null
  sources: string[]
  extra: Extra
}

export type Initiative = {
  no: number
  id: string
  title: string
  measureGroup: number | null
  actorClass: string | null
  basicPolicies: number[]
  /** Number of the initiative that this row prints again (再掲); such a row is not counted twice. */
  restatementOfNo: number | null
  phases: Phase[]
  extra: Extra
}

export type Phase = {
  label: string | null
  labelSuggested: string | null
  printedStartFY: number | null
  printedArrowEndFY: number | null
  /** `inferred`: the first or last year is not certain in the source. */
  span: Span & { inferred: boolean }
  extra: Extra
}

export type WorkflowStage = {
  no: number
  stage: string
  audience: string | null
  channel: string | null
  /** The printed day (YYYY-MM-DD), or only its month (YYYY-MM), or a span of months. */
  date: string | null
  month: string | null
  from: string | null
  to: string | null
  durationMonths: number | null
  followUp: string | null
  extra: Extra
}

/** 施策: what is rated once a year. */
export type PlanMeasure = {
  id: string
  plan: string
  title: string | null
  titleSuggested: string | null
  titleNote: string | null
  code: string | null
  codeSuggested: string | null
  visionByFY: number | null
  /** The vision as printed, or (`visionFacts`) only its facts. */
  vision: string | null
  visionFacts: string | null
  ownerHistory: { fy: number; org: string; sources: string[]; extra: Extra }[]
  basicProjects: { code: string; title: string; extra: Extra }[]
  indicators: Indicator[]
  ratingScale: { grade: string; label: string; extra: Extra }[]
  ratings: Rating[]
  resources: Resource[]
  projects: Project[]
  projectsNote: string | null
  lists: ReviewList[]
  /** What the mark ○ at an approach means, and which numbers carry it (null: unknown). */
  approachFocus: { meaning: string; items: number[] | null } | null
  extra: Extra
}

export type Indicator = {
  id: string
  kind: 'main' | 'sub'
  title: string
  unit: string
  direction: 'up' | 'down'
  directionNote: string | null
  aggregation: string | null
  description: string | null
  dataSource: string | null
  targetRationales: { fy: number; text: string }[]
  /** Newest last: one per document that printed the indicator. */
  editions: Edition[]
  observations: string[]
  binding: Binding | null
  extra: Extra
}

/** The count of another module that gives this indicator its live value. */
export type Binding = { measure: string; option: string | null }

export type Edition = {
  source: string
  baseline: { fy: number; value: string | null; printed: string | null; note: string | null; extra: Extra } | null
  figures: Figure[]
  extra: Extra
}

export type Figure = {
  fy: number
  role: 'target' | 'actual'
  value: string | null
  printed: string | null
  /** How sure it is that the figure has this role; null where the file doesn't say. */
  confidence: 'high' | 'medium' | 'low' | null
  counterpart: string | null
  achievementPrinted: string | null
  note: string | null
  extra: Extra
}

export type Rating = {
  fy: number
  grade: string
  label: string | null
  reason: string | null
  status: string | null
  sources: string[]
  extra: Extra
}

export type Amount = { value: string; unit: string }

export type Resource = {
  fy: number
  budget: Amount | null
  personnelCost: Amount | null
  headcount: string | null
  sources: string[]
  extra: Extra
}

export type Project = {
  title: string
  newness: string | null
  basicProject: string | null
  department: string | null
  summary: string | null
  budgets: { fy: number; amount: Amount | null; printed: string | null }[]
  extra: Extra
}

export type ReviewKind = 'issues' | 'policy' | 'results' | 'approach'

/** One numbered list of a year's sheet; `fy` is the year that it is about. */
export type ReviewList = { kind: ReviewKind; fy: number; atStart: boolean; items: ReviewItem[] }

export type ReviewItem = {
  no: number
  department: string | null
  /** The sentence as printed, or (`topic`, `facts`, `remaining`) only what it says in short. */
  text: string | null
  topic: string | null
  facts: string[]
  remaining: string | null
  extra: Extra
}

/**
 * What a plan is called: its own title; else, for a revision, the title of the version of the revised plan that it became;
 * else its last adopted version; else its last version; else its id.
 */
export function planTitle(plans: readonly Plan[], id: string): string {
  const plan = plans.find((one) => one.id === id)
  if (!plan) return id
  if (plan.title) return plan.title
  const revised = plans.find((one) => one.id === plan.revises)
  const became = revised?.versions.find((one) => one.targetFY !== null && one.targetFY === plan.targetFY)
  if (became) return became.title
  return (plan.versions.findLast((one) => one.adoptedMonth !== null) ?? plan.versions.at(-1))?.title ?? plan.id
}
