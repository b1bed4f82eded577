import type { z } from 'zod'
import { formatDate, formatDateTime, tokyoDate } from '#core/dates.ts'
import { Traces } from '#modules/traces/index.ts'
import { Columns, EmptyState, Facts, Figure, Page, Paging, Panel, Table } from '#ui/index.ts'
import type { LiveShown } from '../live.ts'
import type { countedPage } from '../views/counted.ts'
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
      <h1>{title}</h1>
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
            {asOf && <span class="small muted">　{w.live.asOf(formatDateTime(asOf))}</span>}
          </p>
          <p class="small">{w.live.soFar}</p>
        </>
      )}
      <p class="small muted">
        {what && w.live.from(what)}
        {what && <br />}
        {says}
        {says && <br />}
        {w.live.since(formatDate(tokyoDate(since)))}
      </p>
    </Panel>
  )
}

type Counted = z.output<typeof countedPage.output>

/** The way from a number down to what was counted. */
export const CountedPage = ({ counted }: { counted: Counted }) => {
  const w = usePlanWords()
  const { indicator, measure, plan, live, records, page, more, years } = counted
  const fy = w.fy(live.fy)
  return (
    <Page
      title={w.counted.heading(indicator.title, fy)}
      heading={w.counted.title(fy)}
      crumbs={[
        { label: w.menu, href: paths.plans },
        { label: plan.title, href: paths.plan(plan.slug) },
        { label: measure.title, href: paths.measure(measure.slug) },
        { label: indicator.title, href: paths.indicator(indicator.slug) },
        { label: w.live.open },
      ]}
    >
      <p>
        <a href={paths.indicator(indicator.slug)}>{indicator.title}</a>
      </p>
      <p class="receipt-number">
        {live.state === 'counted' ? <Figure value={live.value} unit={live.unit} strong /> : w.live.state[live.state]}
      </p>
      {live.asOf && live.state === 'counted' && <p class="small muted">{w.live.asOf(formatDateTime(live.asOf))}</p>}
      <p>{live.state === 'unregistered' ? w.live.unregisteredText : w.counted.lead}</p>
      {live.says && <p>{live.says}</p>}
      <p class="small muted">{w.live.since(formatDate(tokyoDate(live.since)))}</p>
      {years.length > 1 && (
        <p>
          {w.counted.years}：
          {years.map((year) =>
            year === live.fy ? (
              <b>{w.fy(year)}　</b>
            ) : (
              <>
                <a href={paths.counted(indicator.slug, year)}>{w.fy(year)}</a>
                {'　'}
              </>
            ),
          )}
        </p>
      )}
      {live.state !== 'unregistered' && (
        <Table
          caption={w.counted.columns.title}
          hideCaption
          columns={[
            { label: w.counted.columns.no, num: true, cell: ({ no }) => no },
            {
              label: w.counted.columns.title,
              head: true,
              wide: true,
              cell: ({ title, href }) => (href ? <a href={href}>{title}</a> : title),
            },
            { label: w.counted.columns.at, cell: ({ at }) => formatDateTime(at) },
          ]}
          rows={records}
          empty={
            <EmptyState title={w.counted.none}>
              <p>{w.counted.noneText}</p>
            </EmptyState>
          }
        />
      )}
      <Paging
        previous={page > 1 ? paths.counted(indicator.slug, live.fy, page - 1) : null}
        next={more ? paths.counted(indicator.slug, live.fy, page + 1) : null}
      />
      <p>
        <a href={paths.indicator(indicator.slug)}>{w.counted.back}</a>
      </p>
    </Page>
  )
}
