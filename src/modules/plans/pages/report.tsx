import type { z } from 'zod'
import { ButtonLink, Columns, Note, Page, Panel, Whole } from '#ui/index.ts'
import type { reportPage } from '../views/report.ts'
import { usePlanWords } from '../words.ts'
import { ProjectTable, ResourceTable } from './cells.tsx'
import { Kicker, paths, RatingBadge, Unknown } from './parts.tsx'
import { Explained, ReportIndicators, Workings } from './report-indicators.tsx'
import { Lists, Notes } from './report-words.tsx'
import { StagesTable } from './stages.tsx'

type Shown = z.output<typeof reportPage.output>

/** The yearly results report (成果レポート) in the order of the printed sheet: the same facts as the PDF. */
export const ReportPage = ({ shown }: { shown: Shown }) => {
  const w = usePlanWords()
  const { report, plan, running, stages } = shown
  const fy = w.fy(report.fy)
  return (
    <Page
      title={w.report.title(report.title, fy)}
      heading={null}
      crumbs={[
        { label: w.menu, href: paths.plans },
        { label: w.reports.title, href: paths.reports },
        { label: `${fy} ${report.title}` },
      ]}
      width="wide"
    >
      <Kicker>
        {w.reports.title}　{fy}　<a href={paths.plan(plan.slug)}>{plan.title}</a>
      </Kicker>
      <h1>
        {report.code && `${w.report.code(report.code)}　`}
        {report.title}
        <Marks notes={report.titleNotes} />
      </h1>
      {running && (
        <Note kind="info">
          <p>{w.report.running}</p>
        </Note>
      )}
      <Columns main={<Verdict shown={shown} />} side={<About shown={shown} />} />
      <section>
        <h2>{w.report.indicators}</h2>
        <ReportIndicators shown={shown} kind="main" />
        <ReportIndicators shown={shown} kind="sub" />
        <Columns
          main={
            <>
              <Workings shown={shown} />
              <Explained shown={shown} />
            </>
          }
          side={null}
        />
      </section>
      <section>
        <h2>{w.report.money}</h2>
        <ResourceTable resources={report.resources} />
      </section>
      {report.projects.rows.length > 0 && report.projects.years.length > 0 && (
        <section>
          <h2>{w.report.projects}</h2>
          <ProjectTable projects={report.projects} />
        </section>
      )}
      {report.lists.length > 0 && <Columns main={<Lists shown={shown} />} side={null} />}
      {stages.map((one) => (
        <section>
          <h2>{w.report.stages(one.title)}</h2>
          <StagesTable stages={one} />
        </section>
      ))}
      <Columns main={<Notes shown={shown} />} side={null} />
    </Page>
  )
}

const Marks = ({ notes }: { notes: readonly number[] }) => (
  <>
    {notes.map((no) => (
      <sup class="small">
        <a href={`#note-${no}`}>※{no}</a>
      </sup>
    ))}
  </>
)

/** The aim, and how far it is: the grade with its reason, decided by people. */
const Verdict = ({ shown: { report } }: { shown: Shown }) => {
  const w = usePlanWords()
  const { vision, rating, ratingScale } = report
  return (
    <>
      <h2>
        <Whole>{vision?.heading ?? w.measure.vision}</Whole>
      </h2>
      <p>{vision ? vision.text : <Unknown />}</p>
      <h2>{w.report.rating}</h2>
      <p>
        <RatingBadge rating={rating} />
      </p>
      {rating && (
        <p>
          {w.report.reason}：{rating.reason ?? <Unknown />}
          {rating.status && (
            <>
              <br />
              {w.report.status}：{rating.status}
            </>
          )}
        </p>
      )}
      {ratingScale && <p class="small muted">{w.measure.scale(ratingScale)}</p>}
    </>
  )
}

const About = ({ shown: { report, measure, years } }: { shown: Shown }) => {
  const w = usePlanWords()
  const others = years.filter((fy) => fy !== report.fy)
  return (
    <Panel title={w.reports.title}>
      <p class="on-screen">
        <ButtonLink kind="secondary" small href={paths.pdf(measure, report.fy)}>
          {w.reports.pdf}
        </ButtonLink>
      </p>
      <p class="on-screen">
        <a href={paths.measure(measure)}>{w.report.measure}</a>
      </p>
      <p class="on-screen">
        <a href={`/api/v1/plans/report?${new URLSearchParams({ measure, fy: String(report.fy) })}`}>{w.report.data}</a>
      </p>
      {report.owners.length > 0 && (
        <p>
          {w.report.owners}：
          {report.owners
            .map(({ name, fyName }, i) =>
              i === 0 ? w.report.ownerThen(name, fyName) : w.report.ownerNext(name, fyName),
            )
            .join('、')}
        </p>
      )}
      {others.length > 0 && (
        <div class="on-screen">
          <p>{w.report.otherYears}</p>
          <ul>
            {others.map((fy) => (
              <li>
                <a href={paths.report(measure, fy)}>{w.fy(fy)}</a>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Panel>
  )
}
