import type { z } from 'zod'
import { Traces } from '#modules/traces/index.ts'
import { Columns, Note, Page, Panel, Whole } from '#ui/index.ts'
import type { measurePage } from '../views/measure.ts'
import { usePlanWords } from '../words.ts'
import { ProjectTable, ResourceTable } from './cells.tsx'
import { EditionTable } from './figures.tsx'
import { Indicators, Observations, Owners, Ratings } from './measure-tables.tsx'
import { Kicker, paths, SourceList, Unknown } from './parts.tsx'

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
      <h1>
        <Whole>{title}</Whole>
      </h1>
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
      <h2>
        <Whole>{vision?.fy ? w.measure.visionBy(w.fy(vision.fy)) : w.measure.vision}</Whole>
      </h2>
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
