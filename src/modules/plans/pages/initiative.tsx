import type { z } from 'zod'
import { Traces } from '#modules/traces/index.ts'
import { type Fact, Facts, Note, Page, Schedule, Table, Whole } from '#ui/index.ts'
import type { initiativePage } from '../views/initiative.ts'
import { usePlanWords } from '../words.ts'
import { Kicker, paths, Unknown } from './parts.tsx'

type Shown = z.output<typeof initiativePage.output>

/** One initiative: what is done when, and what it belongs to. */
export const InitiativePage = ({ initiative }: { initiative: Shown }) => {
  const w = usePlanWords()
  const { no, title, plan, phases, years, restates, traces, linking, slug } = initiative
  return (
    <Page
      title={title}
      heading={null}
      crumbs={[
        { label: w.menu, href: paths.plans },
        { label: plan.title, href: paths.plan(plan.slug) },
        { label: w.initiative.number(no) },
      ]}
      width="wide"
    >
      <Kicker>{w.initiative.number(no)}</Kicker>
      <h1>
        <Whole>{title}</Whole>
      </h1>
      {restates && (
        <Note kind="info">
          <p>{w.initiative.restatement}</p>
        </Note>
      )}
      <Belongs initiative={initiative} />
      <h2>{w.initiative.stages}</h2>
      {phases.length === 0 || !years ? (
        <p>{w.initiative.noStages}</p>
      ) : (
        <>
          <Schedule
            caption={w.plan.schedule(years.startFY, years.endFY)}
            years={Array.from({ length: years.endFY - years.startFY + 1 }, (_, i) => years.startFY + i)}
            rows={[{ number: no, name: title, bars: phases.map(barOf(w.initiative.unnamed)) }]}
          />
          <Phases phases={phases} />
        </>
      )}
      <Traces of={{ module: 'plans', kind: 'initiative', id: slug }} traces={traces} editable={linking} />
      <Neighbours initiative={initiative} />
    </Page>
  )
}

type Phase = Shown['phases'][number]

const withoutNote = (label: string) => label.replace(/（.*）$/, '')

const barOf =
  (unnamed: string) =>
  ({ label, labelSuggested, startFY, endFY, inferred, printedStartFY }: Phase) => ({
    from: startFY,
    to: endFY,
    label: label ?? (labelSuggested ? `${withoutNote(labelSuggested)}？` : unnamed),
    ...(inferred && { inferred: printedStartFY === startFY && label ? ('end' as const) : ('all' as const) }),
  })

const Belongs = ({ initiative }: { initiative: Shown }) => {
  const w = usePlanWords()
  const { facts } = w.initiative
  const { plan, group, actor, basicPolicies, restates, restatedAt } = initiative
  const to = (one: { slug: string; no: number; title: string }) => (
    <a href={paths.initiative(one.slug)}>
      {one.no}　{one.title}
    </a>
  )
  const items: (Fact | null | false)[] = [
    { label: facts.plan, value: <a href={paths.plan(plan.slug)}>{plan.title}</a> },
    { label: facts.group, value: group && `${group.no}　${group.title}` },
    { label: facts.actor, value: actor },
    {
      label: facts.policies,
      value:
        basicPolicies.length > 0
          ? basicPolicies.map(({ no, title }) => (
              <div>
                {no}　{title}
              </div>
            ))
          : null,
    },
    restates && { label: facts.restates, value: to(restates) },
    restatedAt.length > 0 && {
      label: facts.restatedAt,
      value: (
        <>
          {restatedAt.map((one) => (
            <div>{to(one)}</div>
          ))}
        </>
      ),
    },
  ]
  return <Facts missing={w.unknown} items={items.filter((one): one is Fact => Boolean(one))} />
}

/** What the document prints of each stage, and what was inferred. */
const Phases = ({ phases }: { phases: readonly Phase[] }) => {
  const w = usePlanWords()
  const { columns } = w.initiative
  return (
    <Table
      caption={w.initiative.stages}
      hideCaption
      columns={[
        {
          label: columns.label,
          head: true,
          cell: ({ label, labelSuggested }: Phase) =>
            label ?? (
              <>
                {w.initiative.unnamed}
                {labelSuggested && <span class="small muted">（{labelSuggested}）</span>}
              </>
            ),
        },
        { label: columns.span, cell: ({ startFY, endFY }: Phase) => w.years(startFY, endFY) },
        {
          label: columns.printed,
          cell: ({ printedStartFY, printedArrowEndFY }: Phase) =>
            printedStartFY || printedArrowEndFY ? (
              [
                printedStartFY && w.initiative.printedFrom(w.fy(printedStartFY)),
                printedArrowEndFY && w.initiative.printedTo(w.fy(printedArrowEndFY)),
              ]
                .filter(Boolean)
                .join('、')
            ) : (
              <Unknown />
            ),
        },
        {
          label: columns.certainty,
          cell: ({ inferred, printedStartFY, startFY }: Phase) =>
            !inferred
              ? w.initiative.certain
              : printedStartFY === startFY
                ? w.initiative.inferredEnd
                : w.initiative.inferredAll,
        },
      ]}
      rows={phases}
    />
  )
}

const Neighbours = ({ initiative: { previous, next } }: { initiative: Shown }) => {
  const w = usePlanWords()
  if (!previous && !next) return null
  return (
    <nav aria-label={w.initiative.others}>
      <h2>{w.initiative.others}</h2>
      <ul>
        {previous && (
          <li>
            {w.initiative.previous}：
            <a href={paths.initiative(previous.slug)} rel="prev">
              {previous.no}　{previous.title}
            </a>
          </li>
        )}
        {next && (
          <li>
            {w.initiative.next}：
            <a href={paths.initiative(next.slug)} rel="next">
              {next.no}　{next.title}
            </a>
          </li>
        )}
      </ul>
    </nav>
  )
}
