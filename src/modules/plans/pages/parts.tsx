import type { Child } from '#ui/index.ts'
import { Badge, type BadgeKind, Figure, Sparkline, useDates } from '#ui/index.ts'
import type { LiveShown } from '../live.ts'
import type { PlanState } from '../rules/naming.ts'
import { withUnit } from '../rules/report/cell.ts'
import { usePlanWords } from '../words.ts'

export const paths = {
  plans: '/plans',
  plan: (slug: string) => `/plans/${slug}`,
  initiative: (slug: string) => `/plans/initiatives/${slug}`,
  measure: (slug: string) => `/plans/measures/${slug}`,
  indicator: (slug: string) => `/plans/indicators/${slug}`,
  counted: (slug: string, fy: number, page = 1) =>
    `/plans/indicators/${slug}/counted?fy=${fy}${page > 1 ? `&page=${page}` : ''}`,
  reports: '/reports',
  report: (measure: string, fy: number) => `/reports/${measure}/${fy}`,
  pdf: (measure: string, fy: number) => `/reports/${measure}/${fy}/pdf`,
  import: '/console/plans/import',
}

const gradeKinds: Record<string, BadgeKind> = { A: 'ok', B: 'now', C: 'warn', D: 'bad' }

/** 進展度: what people decided, in words and by shape; nothing decided is said so. */
export const RatingBadge = ({ rating }: { rating: { grade: string; label: string | null } | null }) => {
  const w = usePlanWords()
  if (!rating) return <span class="muted">{w.ratingUnknown}</span>
  return <Badge kind={gradeKinds[rating.grade] ?? 'idle'}>{w.grade(rating.grade, rating.label)}</Badge>
}

const stateKinds: Record<PlanState, BadgeKind> = {
  before: 'now',
  running: 'ok',
  over: 'idle',
  revision: 'now',
  unknown: 'idle',
}

/** Where a plan stands. */
export const StateBadge = ({ state }: { state: PlanState }) => (
  <Badge kind={stateKinds[state]}>{usePlanWords().states[state]}</Badge>
)

/** Keeps a date, a year or a figure on one line. */
export const OneLine = ({ children }: { children?: Child }) => <span class="figure">{children}</span>

/** Not in the documents. Never a blank, never 0. */
export const Unknown = () => <span class="muted">{usePlanWords().unknown}</span>

/** A figure as its document prints it, else the number with its unit, else that it isn't there. */
export const Shown = ({
  figure,
  unit,
}: {
  figure: { value: string | null; printed: string | null } | null | undefined
  unit: string
}) => {
  if (figure?.printed) return <>{figure.printed}</>
  return figure?.value ? withUnit(figure.value, unit) : <Unknown />
}

/** A picture of the actual values with the target, if there are two of them; all figures stand in a table beside it. */
export const Trend = ({
  trend: { points, target },
  unit,
}: {
  trend: { points: readonly { fy: number; value: string | null }[]; target: string | null }
  unit: string
}) => {
  const w = usePlanWords()
  const known = points.flatMap(({ fy, value }) => (value === null ? [] : [{ fy, value }]))
  const [first, last] = [known[0], known.at(-1)]
  if (!first || !last || first === last) return null
  const words = [
    `${w.shortFy(first.fy)} ${withUnit(first.value, unit)}`,
    `${w.shortFy(last.fy)} ${withUnit(last.value, unit)}`,
  ]
  return (
    <>
      <Sparkline
        values={points.map(({ value }) => (value === null ? null : Number(value)))}
        labels={points.map(({ fy }) => w.fy(fy))}
        unit={unit}
        target={target === null ? null : Number(target)}
      />
      <span class="small muted">
        {words.join(' → ')}
        {target !== null && `、${w.indicator.trendTarget(withUnit(target, unit))}`}
      </span>
    </>
  )
}

/** The live value of a year with what it was counted from. */
export const Live = ({ live, slug, strong = false }: { live: LiveShown; slug: string; strong?: boolean }) => {
  const w = usePlanWords()
  if (live.state !== 'counted') return <span class="muted">{w.live.state[live.state]}</span>
  const href = paths.counted(slug, live.fy)
  return <Figure value={live.value} unit={live.unit} href={href} strong={strong} />
}

/** A small heading line above the title. */
export const Kicker = ({ children }: { children?: Child }) => <p class="muted small">{children}</p>

/** What the documents are called that the page's tables name by their ids. */
export const SourceList = ({
  sources,
}: {
  sources: readonly { id: string; title: string; titleNote?: string | null }[]
}) => {
  const w = usePlanWords()
  if (sources.length === 0) return null
  return (
    <section>
      <h2>{w.sources}</h2>
      <ul>
        {sources.map(({ id, title, titleNote }) => (
          <li>
            {w.sourceNamed(id)}：{title}
            {titleNote && <span class="small muted">（{titleNote}）</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A day of a document, or its month, or what is known of it. */
export function useWhen() {
  const w = usePlanWords()
  const { day } = useDates()
  return ({ date, month, from, to }: Record<'date' | 'month' | 'from' | 'to', string | null>): string | null => {
    if (date) return day(date)
    if (month) return w.yearMonth(month)
    if (from || to) return `${from ? w.yearMonth(from) : ''}〜${to ? w.yearMonth(to) : ''}`
    return null
  }
}
