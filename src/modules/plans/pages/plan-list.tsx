import type { z } from 'zod'
import { ButtonLink, EmptyState, Page, Table, useDates } from '#ui/index.ts'
import type { planList } from '../views/plan-list.ts'
import { usePlanWords } from '../words.ts'
import { Live, paths, RatingBadge, StateBadge, Unknown } from './parts.tsx'

type Shown = z.output<typeof planList.output>
type Plan = Shown['plans'][number]

/** All plans: what was promised, until when, and how far it is. */
export const PlanListPage = ({ plans, ratings, live }: Shown) => {
  const w = usePlanWords()
  const { columns } = w.list
  return (
    <Page title={w.menu} crumbs={[{ label: w.menu }]} width="wide">
      {plans.length === 0 ? (
        <EmptyState title={w.list.none}>
          <p>{w.list.noneText}</p>
        </EmptyState>
      ) : (
        <>
          <p>{w.list.lead}</p>
          {live.length > 0 && <NowCounted live={live} />}
          <h2>{w.list.results}</h2>
          <p>{w.list.resultsText}</p>
          {ratings.length > 0 && (
            <Table
              caption={w.list.ratings}
              columns={[
                {
                  label: w.list.ratingColumns.measure,
                  head: true,
                  wide: true,
                  cell: ({ measure }) => <a href={paths.measure(measure.slug)}>{measure.title}</a>,
                },
                { label: w.list.ratingColumns.rating, cell: ({ rating }) => <RatingBadge rating={rating} /> },
                {
                  label: w.list.ratingColumns.fy,
                  cell: ({ measure, rating }) => (
                    <a href={paths.report(measure.slug, rating.fy)}>{w.measure.reportLink(w.fy(rating.fy))}</a>
                  ),
                },
                { label: w.list.ratingColumns.reason, wide: true, cell: ({ rating }) => rating.reason ?? <Unknown /> },
              ]}
              rows={ratings}
            />
          )}
          <p>
            <ButtonLink kind="secondary" href={paths.reports}>
              {w.list.resultsLink}
            </ButtonLink>
          </p>
          <h2>{w.list.plans}</h2>
          <Table
            caption={w.list.plans}
            hideCaption
            columns={[
              {
                label: columns.plan,
                head: true,
                wide: true,
                cell: ({ slug, title }: Plan) => <a href={paths.plan(slug)}>{title}</a>,
              },
              { label: columns.place, wide: true, cell: (plan: Plan) => <Place plan={plan} /> },
              { label: columns.period, cell: (plan: Plan) => <Period plan={plan} /> },
              {
                label: columns.versions,
                wide: true,
                cell: (plan: Plan) => (plan.versions.length > 0 ? <Versions plan={plan} /> : null),
              },
              { label: columns.state, cell: ({ state }: Plan) => <StateBadge state={state} /> },
            ]}
            rows={plans}
          />
        </>
      )}
    </Page>
  )
}

const NowCounted = ({ live }: Pick<Shown, 'live'>) => {
  const w = usePlanWords()
  const { moment } = useDates()
  return (
    <section>
      <h2>{w.list.now}</h2>
      <Table
        caption={w.list.now}
        hideCaption
        columns={[
          {
            label: w.kinds.indicator,
            head: true,
            wide: true,
            cell: ({ indicator }) => <a href={paths.indicator(indicator.slug)}>{indicator.title}</a>,
          },
          { label: w.kinds.plan, wide: true, cell: ({ plan }) => <a href={paths.plan(plan.slug)}>{plan.title}</a> },
          {
            label: w.fy(live[0]?.live.fy ?? 0),
            num: true,
            cell: ({ indicator, live }) => <Live live={live} slug={indicator.slug} strong />,
          },
          {
            label: w.live.open,
            cell: ({ indicator, live }) =>
              live.state === 'counted' &&
              live.asOf && (
                <>
                  <a href={paths.counted(indicator.slug, live.fy)}>{w.live.open}</a>
                  <br />
                  <span class="small muted">{w.live.asOf(moment(live.asOf))}</span>
                </>
              ),
          },
        ]}
        rows={live}
      />
    </section>
  )
}

const Place = ({ plan: { role, above, revises, revisionKind, initiatives, measures } }: { plan: Plan }) => {
  const w = usePlanWords()
  const sentences = [
    role,
    above && w.list.above(above.title),
    revises && w.list.revises(revises.title, revisionKind ?? w.list.revision),
  ].filter(Boolean)
  const counts = [initiatives > 0 && w.list.initiatives(initiatives), measures > 0 && w.list.measures(measures)].filter(
    Boolean,
  )
  return (
    <>
      {sentences.length > 0 ? sentences.join('、') : <Unknown />}
      {counts.length > 0 && (
        <>
          <br />
          <span class="small muted">{counts.join('・')}</span>
        </>
      )}
    </>
  )
}

const Period = ({ plan: { period, targetFY } }: { plan: Plan }) => {
  const w = usePlanWords()
  if (period) return <>{w.years(period.startFY, period.endFY)}</>
  return targetFY ? w.until(targetFY) : <Unknown />
}

const Versions = ({ plan: { versions } }: { plan: Plan }) => {
  const w = usePlanWords()
  const { day } = useDates()
  return (
    <>
      {versions.map(({ version, asOf, adoptedMonth, status, title }) => (
        <div>
          {adoptedMonth
            ? w.plan.adopted(w.yearMonth(adoptedMonth))
            : (status ?? (asOf ? w.plan.asOf(day(asOf), version === 'draft') : title))}
        </div>
      ))}
    </>
  )
}
