import type { z } from 'zod'
import { Traces } from '#modules/traces/index.ts'
import { Columns, Facts, Note, Page, Panel, Table } from '#ui/index.ts'
import type { measurePage } from '../views/measure.ts'
import { usePlanWords } from '../words.ts'
import { ProjectTable, ResourceTable } from './cells.tsx'
import { EditionTable } from './figures.tsx'
import { Kicker, Live, paths, RatingBadge, Shown, SourceList, Trend, Unknown } from './parts.tsx'

type Measure = z.output<typeof measurePage.output>

/** One measure: its aim, every figure of every year, money, people, and who was in charge. */
export const MeasurePage = ({ measure }: { measure: Measure }) => {
  const w = usePlanWords()
  const { title, plan, code, inferred, titleNote, indicators, sources, traces, linking, slug } = measure
  return (
    <Page
      title={title}
      heading={null}
      crumbs={[
        { label: w.menu, href: paths.plans },
        { label: plan.title, href: paths.plan(plan.slug) },
        { label: title },
      ]}
      width="wide"
    >
      <Kicker>
        {w.kinds.measure}
        {code}　<a href={paths.plan(plan.slug)}>{plan.title}</a>
      </Kicker>
      <h1>{title}</h1>
      {titleNote && (
        <Note kind={inferred ? 'warn' : 'info'}>
          <p>{w.measure.inferredNote(titleNote)}</p>
        </Note>
      )}
      <Columns main={<Aim measure={measure} />} side={<Reports measure={measure} />} />
      <Ratings measure={measure} />
      <Indicators indicators={indicators} />
      {indicators.some(({ figures }) => figures.length > 0) && (
        <section>
          <h2>{w.measure.editions}</h2>
          <p>{w.measure.editionsText}</p>
          {indicators.map((indicator) => (
            <EditionTable indicator={indicator} />
          ))}
        </section>
      )}
      <Observations indicators={indicators} />
      {measure.resources.years.length > 0 && (
        <section>
          <h2>{w.measure.money}</h2>
          <ResourceTable resources={measure.resources} />
        </section>
      )}
      {measure.projects.rows.length > 0 && (
        <section>
          <h2>{w.measure.projects}</h2>
          <ProjectTable projects={measure.projects} />
          {measure.projectsNote && <p class="small">{measure.projectsNote}</p>}
        </section>
      )}
      <Owners owners={measure.owners} />
      <Traces of={{ module: 'plans', kind: 'measure', id: slug }} traces={traces} editable={linking} />
      <SourceList sources={sources} />
    </Page>
  )
}

const Aim = ({ measure: { vision } }: { measure: Measure }) => {
  const w = usePlanWords()
  return (
    <section>
      <h2>{vision?.fy ? w.measure.visionBy(w.fy(vision.fy)) : w.measure.vision}</h2>
      {vision ? (
        <>
          <p>{vision.text}</p>
          {vision.digest && <p class="small muted">{w.measure.digest}</p>}
        </>
      ) : (
        <p>
          <Unknown />
        </p>
      )}
    </section>
  )
}

const Reports = ({ measure: { reports, slug } }: { measure: Measure }) => {
  const w = usePlanWords()
  if (reports.length === 0) return null
  return (
    <Panel title={w.measure.reports}>
      <ul>
        {reports.map((fy) => (
          <li>
            <a href={paths.report(slug, fy)}>{w.measure.reportLink(w.fy(fy))}</a>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const Ratings = ({ measure: { ratings, ratingScale, slug, reports } }: { measure: Measure }) => {
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

const Indicators = ({ indicators }: Pick<Measure, 'indicators'>) => {
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
              const newest = trend.points.findLast((one) => !one.live && one.value !== null)
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

const Observations = ({ indicators }: Pick<Measure, 'indicators'>) => {
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

const Owners = ({ owners }: Pick<Measure, 'owners'>) => {
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
