import type { z } from 'zod'
import { Traces } from '#modules/traces/index.ts'
import { Columns, Facts, Page, Panel, useDates, Whole } from '#ui/index.ts'
import type { LiveShown } from '../live.ts'
import type { indicatorPage } from '../views/indicator.ts'
import { usePlanWords } from '../words.ts'
import { ByMethod } from './by-method.tsx'
import { FigureTable } from './figures.tsx'
import { Kicker, Live, paths, SourceList, Trend } from './parts.tsx'

type Shown = z.output<typeof indicatorPage.output>

/** One indicator: all its figures with their sources, and the number of today with what it was counted from. */
export const IndicatorPage = ({ indicator }: { indicator: Shown }) => {
  const w = usePlanWords()
  const { slug, title, plan, measure, unit, trend, live, sources, traces, linking } = indicator
  return (
    <Page
      title={title}
      heading={null}
      crumbs={[
        { label: w.menu, href: paths.plans },
        { label: plan.title, href: paths.plan(plan.slug) },
        { label: measure.title, href: paths.measure(measure.slug) },
        { label: title },
      ]}
      width="wide"
    >
      <Kicker>{w[indicator.kind]}</Kicker>
      <h1>
        <Whole>{title}</Whole>
      </h1>
      <Columns
        main={<About indicator={indicator} />}
        side={
          <>
            {live.map((one) => (
              <Now live={one} slug={slug} />
            ))}
            {trend.points.length > 1 && (
              <Panel title={w.indicator.trend}>
                <Trend trend={trend} unit={unit} />
              </Panel>
            )}
          </>
        }
      />
      <h2>{w.indicator.figures}</h2>
      <FigureTable indicator={indicator} />
      {indicator.byMethod && <ByMethod of={indicator.byMethod} />}
      {indicator.observations.length > 0 && (
        <section>
          <h2>{w.measure.observations}</h2>
          <ul>
            {indicator.observations.map((one) => (
              <li>{one}</li>
            ))}
          </ul>
        </section>
      )}
      <Traces of={{ module: 'plans', kind: 'indicator', id: slug }} traces={traces} editable={linking} />
      <SourceList sources={sources} />
    </Page>
  )
}

const About = ({ indicator }: { indicator: Shown }) => {
  const w = usePlanWords()
  const { facts, directions, aggregations } = w.indicator
  const { measure, plan, unit, direction, directionNote, aggregation, description, dataSource, rationales } = indicator
  return (
    <Facts
      missing={w.unknown}
      items={[
        { label: facts.measure, value: <a href={paths.measure(measure.slug)}>{measure.title}</a> },
        { label: facts.plan, value: <a href={paths.plan(plan.slug)}>{plan.title}</a> },
        { label: facts.description, value: description },
        { label: facts.unit, value: unit },
        {
          label: facts.direction,
          value: (
            <>
              {directions[direction]}
              {directionNote && <span class="small muted">（{directionNote}）</span>}
            </>
          ),
        },
        { label: facts.aggregation, value: aggregation && (aggregations[aggregation] ?? aggregation) },
        { label: facts.dataSource, value: dataSource },
        ...rationales.map(({ fy, text }) => ({ label: w.indicator.rationale(w.fy(fy)), value: text })),
      ]}
    />
  )
}

/** The number of a fiscal year as it is counted now. */
const Now = ({ live, slug }: { live: LiveShown; slug: string }) => {
  const w = usePlanWords()
  const { day, moment } = useDates()
  const { fy, state, asOf, what, says, since } = live
  return (
    <Panel title={w.indicator.now(w.fy(fy))} kind="next">
      <p class="receipt-number">
        <Live live={live} slug={slug} strong />
      </p>
      {state === 'unregistered' && <p>{w.live.unregisteredText}</p>}
      {state === 'counted' && (
        <>
          <p>
            <a href={paths.counted(slug, fy)}>{w.live.open}</a>
            {asOf && <span class="small muted">　{w.live.asOf(moment(asOf))}</span>}
          </p>
          <p class="small">{w.live.soFar}</p>
        </>
      )}
      <p class="small muted">
        {what && w.live.from(what)}
        {what && <br />}
        {says}
        {says && <br />}
        {w.live.since(day(since))}
      </p>
    </Panel>
  )
}
