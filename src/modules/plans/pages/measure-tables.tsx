import type { z } from 'zod'
import { Facts, Table } from '#ui/index.ts'
import type { measurePage } from '../views/measure.ts'
import { usePlanWords } from '../words.ts'
import { Live, paths, RatingBadge, Shown, Trend, Unknown } from './parts.tsx'

type Measure = z.output<typeof measurePage.output>

/** 進展度 of every year that the documents rate. */
export const Ratings = ({ measure: { ratings, ratingScale, slug, reports } }: { measure: Measure }) => {
  const w = usePlanWords()
  const { ratingColumns } = w.measure
  return (
    <section>
      <h2>{w.measure.ratings}</h2>
      <Table
        caption={w.measure.ratings}
        hideCaption
        columns={[
          {
            label: ratingColumns.fy,
            head: true,
            cell: ({ fy }) => (reports.includes(fy) ? <a href={paths.report(slug, fy)}>{w.fy(fy)}</a> : w.fy(fy)),
          },
          { label: ratingColumns.rating, cell: (rating) => <RatingBadge rating={rating} /> },
          { label: ratingColumns.reason, wide: true, cell: ({ reason }) => reason ?? <Unknown /> },
          { label: ratingColumns.status, cell: ({ status }) => status ?? <Unknown /> },
        ]}
        rows={ratings}
        empty={<p>{w.ratingUnknown}</p>}
      />
      {ratingScale.length > 0 && (
        <p class="small muted">
          {w.measure.scale(ratingScale.map(({ grade, label }) => `${grade}（${label}）`).join('、'))}
        </p>
      )}
    </section>
  )
}

/** The indicators with what is newest of each. */
export const Indicators = ({ indicators }: Pick<Measure, 'indicators'>) => {
  const w = usePlanWords()
  const { indicatorColumns } = w.measure
  if (indicators.length === 0) return null
  const live = indicators.flatMap((one) => one.live.slice(0, 1))[0]
  return (
    <section>
      <h2>{w.measure.indicators}</h2>
      <Table
        caption={w.measure.indicators}
        hideCaption
        columns={[
          {
            label: indicatorColumns.indicator,
            head: true,
            wide: true,
            cell: ({ kind, title, slug }) => (
              <>
                <b>{w[kind]}</b>　<a href={paths.indicator(slug)}>{title}</a>
              </>
            ),
          },
          ...(live
            ? [
                {
                  label: w.indicator.now(w.fy(live.fy)),
                  num: true,
                  cell: ({ live: [newest], slug }: Measure['indicators'][number]) =>
                    newest && <Live live={newest} slug={slug} strong />,
                },
              ]
            : []),
          {
            label: indicatorColumns.latest,
            num: true,
            cell: ({ trend, unit }) => {
              const newest = trend.points.findLast((one) => one.value !== null)
              return (
                <>
                  <Shown figure={{ value: newest?.value ?? null, printed: null }} unit={unit} />
                  {newest && (
                    <span class="small muted">
                      {w.measure.inYear(newest.fy)}
                      {newest.inferred && `（${w.inferred}）`}
                    </span>
                  )}
                </>
              )
            },
          },
          {
            label: indicatorColumns.target,
            num: true,
            cell: ({ trend, unit }) => <Shown figure={{ value: trend.target, printed: null }} unit={unit} />,
          },
          {
            label: indicatorColumns.trend,
            cell: ({ trend, unit }) => (trend.points.length > 1 ? <Trend trend={trend} unit={unit} /> : null),
          },
        ]}
        rows={indicators}
      />
    </section>
  )
}

/** What whoever read the documents noticed. */
export const Observations = ({ indicators }: Pick<Measure, 'indicators'>) => {
  const w = usePlanWords()
  const noted = indicators.filter(({ observations }) => observations.length > 0)
  if (noted.length === 0) return null
  return (
    <section>
      <h2>{w.measure.observations}</h2>
      <Facts
        items={noted.map(({ title, observations }) => ({
          label: title,
          value: (
            <ul>
              {observations.map((one) => (
                <li>{one}</li>
              ))}
            </ul>
          ),
        }))}
      />
    </section>
  )
}

/** Who was in charge from when. */
export const Owners = ({ owners }: Pick<Measure, 'owners'>) => {
  const w = usePlanWords()
  const { ownerColumns } = w.measure
  if (owners.length === 0) return null
  return (
    <section>
      <h2>{w.measure.owners}</h2>
      <Table
        caption={w.measure.owners}
        hideCaption
        columns={[
          { label: ownerColumns.fy, head: true, cell: ({ fy }) => w.fy(fy) },
          { label: ownerColumns.name, cell: ({ name }) => name },
          { label: ownerColumns.note, wide: true, cell: ({ note }) => note },
        ]}
        rows={owners}
      />
    </section>
  )
}
