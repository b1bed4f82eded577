// A sheet of the yearly report is one file: all its parts, in the order of the printed sheet.
import { cut, plain } from './achievement/rounding.ts'
import { methodTitles, roundingWords } from './achievement/sentences.ts'
import type { Method } from './achievement.ts'
import { mieRatio } from './achievement.ts'
import type { Organisation, Plan, PlanFile, PlanMeasure, ReviewKind, Source, Span } from './plan-file.ts'
import { planTitle } from './plan-file.ts'
import type { Cell, Notes } from './report/cell.ts'
import { collectNotes } from './report/cell.ts'
import type { IndicatorTable, LiveValue } from './report/indicators.ts'
import { indicatorTable } from './report/indicators.ts'
import type { ProjectTable, ResourceTable } from './report/money.ts'
import { projectTable, resourceTable } from './report/money.ts'
import type { Schedule } from './report/schedule.ts'
import { scheduleOf } from './report/schedule.ts'
import { fiscalYearName, fiscalYears } from './years.ts'

/** What is stored about one measure and what surrounds it. */
export type ReportFacts = {
  measure: PlanMeasure
  plan: { id: string; title: string; period: Span | null }
  /** The plan itself and its child plans, as far as they have initiatives. */
  initiativePlans: { title: string; plan: Plan }[]
  organisations: readonly Organisation[]
  sources: readonly Source[]
}

export type ReportOptions = {
  /** Counts of other modules for bound indicators; used where no actual is stored. */
  live?: readonly LiveValue[]
  /** What stands where a value isn't known. */
  unknown?: string
  method?: Method
}

/** One sheet of the yearly results report (成果レポート) as plain data: page, PDF and spreadsheet are drawn from the same. */
export type Report = {
  fy: number
  fyName: string
  planTitle: string
  code: string | null
  title: string
  /** The title or code is a proposal of the file, not printed in a source. */
  titleInferred: boolean
  titleNotes: number[]
  /** Who was in charge, from which year. */
  owners: { fyName: string; name: string }[]
  vision: { heading: string; text: string; digest: boolean } | null
  rating: { grade: string; label: string | null; reason: string | null; status: string | null } | null
  ratingScale: string
  main: IndicatorTable
  sub: IndicatorTable
  /** How the rates were computed, in words. */
  methodWords: string
  resources: ResourceTable
  projects: ProjectTable
  schedules: Schedule[]
  lists: ReportList[]
  observations: { indicator: string; texts: string[] }[]
  notes: { no: number; text: string }[]
  sources: { id: string; title: string }[]
  unknown: string
}

export type ReportList = {
  kind: ReviewKind
  heading: string
  /** What the mark ○ means; null where the list has none. */
  focusMeaning: string | null
  /** Some items say in short what the source says in sentences. */
  digest: boolean
  items: {
    mark: string
    /** Null = unknown whether it carries the mark ○. */
    focus: boolean | null
    department: string | null
    text: string
    facts: string[]
    remaining: string | null
  }[]
}

/** The facts of one measure out of a plan file; null where the file has no such measure. */
export function reportFacts(file: PlanFile, measureId: string): ReportFacts | null {
  const measure = file.measures.find((one) => one.id === measureId)
  if (!measure) return null
  const period = file.plans.find((one) => one.id === measure.plan)?.period ?? null
  return {
    measure,
    plan: { id: measure.plan, title: planTitle(file.plans, measure.plan), period },
    initiativePlans: file.plans
      .filter((one) => one.initiatives.length > 0 && (one.id === measure.plan || one.parentPlan === measure.plan))
      .map((plan) => ({ title: planTitle(file.plans, plan.id), plan })),
    organisations: file.organisations,
    sources: file.sources,
  }
}

/**
 * The report of one measure and one fiscal year. What a source printed and nobody can recompute is shown as printed, with a note that says
 * so and why; what isn't known says so; everything else is computed and explained. Later actuals than `fy` are left out. Pure.
 */
export function reportOf(facts: ReportFacts, fy: number, options: ReportOptions = {}): Report {
  const { measure } = facts
  const unknown = options.unknown ?? '資料に記載なし'
  const method = options.method ?? mieRatio
  const notes = collectNotes()
  const years = reportYears(facts)
  const setting = { fy, years, unknown, method, notes, live: options.live ?? [] }
  const indicators = (kind: 'main' | 'sub') =>
    indicatorTable(
      measure.indicators.filter((one) => one.kind === kind),
      setting,
    )
  const titleInferred = !measure.title
  const titleNotes = titleInferred && measure.titleNote ? [notes.add(`${measure.titleNote}。`)] : []

  const vision = measure.vision ?? measure.visionFacts
  const rating = measure.ratings.find((one) => one.fy === fy)
  const main = indicators('main')
  const sub = indicators('sub')
  const resources = resourceTable(measure.resources, { ...setting, years: [(years[0] ?? fy) - 1, ...years] })
  const projects = projectTable(measure, setting)
  return {
    fy,
    fyName: fiscalYearName(fy),
    planTitle: facts.plan.title,
    code: measure.code ?? measure.codeSuggested,
    title: measure.title ?? measure.titleSuggested ?? measure.id,
    titleInferred,
    titleNotes,
    owners: ownersOf(facts, fy),
    vision: vision === null ? null : { heading: visionHeading(measure), text: vision, digest: measure.vision === null },
    rating: rating
      ? {
          grade: rating.grade,
          label: rating.label ?? labelOf(measure, rating.grade),
          reason: rating.reason,
          status: rating.status,
        }
      : null,
    ratingScale: measure.ratingScale.map((one) => `${one.grade}（${one.label}）`).join('、'),
    main,
    sub,
    methodWords: methodWords(method),
    resources,
    projects,
    schedules: facts.initiativePlans
      .filter(({ plan }) => !plan.period || (fy >= plan.period.startFY && fy <= plan.period.endFY))
      .map(({ title, plan }) => scheduleOf(title, plan)),
    lists: listsOf(measure, fy),
    observations: measure.indicators
      .filter((one) => one.observations.length > 0)
      .map((one) => ({ indicator: one.title, texts: one.observations })),
    notes: notes.all(),
    sources: sourcesOf(facts, fy),
    unknown,
  }
}

/** The fiscal years that a measure can be reported for: its plan's period, else the years that its figures name. */
export function reportYears({ plan, measure }: ReportFacts): number[] {
  if (plan.period) return fiscalYears(plan.period.startFY, plan.period.endFY)
  const named = measure.indicators.flatMap((one) =>
    one.editions.flatMap((edition) => edition.figures.map(({ fy }) => fy)),
  )
  return named.length === 0 ? [] : fiscalYears(Math.min(...named), Math.max(...named))
}

const labelOf = (measure: PlanMeasure, grade: string) =>
  measure.ratingScale.find((one) => one.grade === grade)?.label ?? null

const visionHeading = ({ visionByFY }: PlanMeasure) =>
  visionByFY === null ? 'めざす姿' : `めざす姿（${fiscalYearName(visionByFY)}末での到達目標）`

/** Who was in charge in the year, and who took over in the next one, when the report is written. */
function ownersOf({ measure, organisations }: ReportFacts, fy: number): Report['owners'] {
  const history = measure.ownerHistory.toSorted((a, b) => a.fy - b.fy)
  const then = history.findLast((one) => one.fy <= fy)
  const next = history.find((one) => one.fy === fy + 1)
  return [then, next]
    .filter((one) => one !== undefined)
    .map((one) => ({
      fyName: fiscalYearName(one.fy),
      name: organisations.find(({ id }) => id === one.org)?.name ?? one.org,
    }))
}

const methodWords = ({ method, convention: { cap, digits, rounding } }: Method) =>
  `目標達成状況は、${methodTitles[method].ja}（小数第${digits}位まで、${roundingWords[rounding].ja}${cap === null ? '' : `、上限${plain(cut(cap), digits)}`}）です。目標に届かないときは、四捨五入で1.00になっても1.00とは表示しません。`

const listHeadings: Record<ReviewKind, (fy: number) => string> = {
  issues: (fy) => `現状と課題（${fiscalYearName(fy)}）`,
  policy: (fy) => `${fiscalYearName(fy)}の実行方針`,
  results: (fy) => `${fiscalYearName(fy)}の取組概要と成果、残された課題`,
  approach: (fy) => `${fiscalYearName(fy)}の取組方向`,
}

/** ① … ㊿; beyond that the plain number. */
export function circled(no: number): string {
  if (no >= 1 && no <= 20) return String.fromCodePoint(0x2460 + no - 1)
  if (no >= 21 && no <= 35) return String.fromCodePoint(0x3251 + no - 21)
  if (no >= 36 && no <= 50) return String.fromCodePoint(0x32b1 + no - 36)
  return `(${no})`
}

/** Issues, policy and results of the year, and the approach of the next one, in the order of the printed sheet. */
function listsOf(measure: PlanMeasure, fy: number): ReportList[] {
  const order: [ReviewKind, number][] = [
    ['issues', fy],
    ['policy', fy],
    ['results', fy],
    ['approach', fy + 1],
  ]
  return order.flatMap(([kind, year]) =>
    measure.lists
      .filter((one) => one.kind === kind && one.fy === year)
      .map((list) => {
        const focus = kind === 'approach' ? measure.approachFocus : null
        return {
          kind,
          heading: listHeadings[kind](year),
          focusMeaning: focus?.meaning ?? null,
          digest: list.items.some((one) => one.text === null),
          items: list.items.map((one) => ({
            mark: circled(one.no),
            focus: focus ? (focus.items?.includes(one.no) ?? null) : false,
            department: one.department,
            text: one.text ?? one.topic ?? '',
            facts: one.facts,
            remaining: one.remaining,
          })),
        }
      }),
  )
}

/** The documents that the shown facts come from, in the file's order. */
function sourcesOf({ measure, initiativePlans, sources }: ReportFacts, fy: number): Report['sources'] {
  const used = new Set([
    ...measure.indicators.flatMap((one) => one.editions.map((edition) => edition.source)),
    ...measure.ratings.filter((one) => one.fy === fy).flatMap((one) => one.sources),
    ...measure.resources.flatMap((one) => one.sources),
    ...measure.ownerHistory.flatMap((one) => one.sources),
    ...initiativePlans.flatMap(({ plan }) => plan.versions.flatMap((one) => one.sources)),
  ])
  return sources.filter((one) => used.has(one.id)).map(({ id, title }) => ({ id, title }))
}

export type { Cell, IndicatorTable, LiveValue, Notes, ProjectTable, ResourceTable, Schedule }
