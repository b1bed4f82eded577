import type { z } from 'zod'
import { Table, useDates } from '#ui/index.ts'
import type { planPage } from '../views/plan.ts'
import { usePlanWords } from '../words.ts'
import { OneLine, Unknown, useWhen } from './parts.tsx'

type Shown = z.output<typeof planPage.output>

/** The versions of a plan: how its title and policies changed. */
export const Versions = ({ plan: { versions } }: { plan: Shown }) => {
  const w = usePlanWords()
  const { day } = useDates()
  const { versionColumns } = w.plan
  if (versions.length === 0) return null
  type Version = Shown['versions'][number]
  const policies = versions.some((one) => one.basicPoliciesAsAdopted.length > 0)
  return (
    <section>
      <h2>{w.plan.versions}</h2>
      <Table
        caption={w.plan.versions}
        hideCaption
        columns={[
          {
            label: versionColumns.title,
            head: true,
            wide: true,
            cell: ({ title, note }: Version) => (
              <>
                {title}
                {note && (
                  <>
                    <br />
                    <span class="small muted">{note}</span>
                  </>
                )}
              </>
            ),
          },
          {
            label: versionColumns.when,
            cell: ({ asOf, adoptedMonth, version }: Version) =>
              adoptedMonth ? (
                w.plan.adopted(w.yearMonth(adoptedMonth))
              ) : asOf ? (
                w.plan.asOf(day(asOf), version === 'draft')
              ) : (
                <Unknown />
              ),
          },
          {
            label: versionColumns.status,
            cell: ({ status, targetFY }: Version) =>
              [status, targetFY && w.until(targetFY)].filter(Boolean).join('・') || null,
          },
          ...(policies
            ? [
                {
                  label: versionColumns.policies,
                  wide: true,
                  cell: ({ basicPoliciesAsAdopted }: Version) =>
                    basicPoliciesAsAdopted.length > 0 ? basicPoliciesAsAdopted.map((one) => <div>・{one}</div>) : null,
                },
              ]
            : []),
          {
            label: versionColumns.source,
            cell: ({ sources: ids }: Version) =>
              ids.map((id) => (
                <div>
                  <OneLine>{w.sourceNamed(id)}</OneLine>
                </div>
              )),
          },
        ]}
        rows={versions}
      />
    </section>
  )
}

/** The steps of a revision, as far as they are dated. */
export const Workflow = ({ plan: { workflow } }: { plan: Shown }) => {
  const w = usePlanWords()
  const { workflowColumns } = w.plan
  const when = useWhen()
  if (workflow.length === 0) return null
  type Stage = Shown['workflow'][number]
  return (
    <section>
      <h2>{w.plan.workflow}</h2>
      <Table
        caption={w.plan.workflow}
        hideCaption
        columns={[
          { label: workflowColumns.when, cell: (stage: Stage) => <OneLine>{when(stage) ?? <Unknown />}</OneLine> },
          { label: workflowColumns.stage, head: true, cell: ({ stage }: Stage) => stage },
          { label: workflowColumns.audience, wide: true, cell: ({ audience }: Stage) => audience },
          {
            label: workflowColumns.how,
            wide: true,
            cell: ({ channel, durationMonths, followUp }: Stage) =>
              [channel, durationMonths && w.plan.months(durationMonths), followUp].filter(Boolean).join('、') || null,
          },
        ]}
        rows={workflow}
      />
    </section>
  )
}
