import type { z } from 'zod'
import { type Fact, Facts, Page, Table, useDates } from '#ui/index.ts'
import type { planPage } from '../views/plan.ts'
import { usePlanWords } from '../words.ts'
import { paths, RatingBadge, SourceList, StateBadge, Unknown } from './parts.tsx'
import { Versions, Workflow } from './plan-history.tsx'
import { StagesTable } from './stages.tsx'

type Shown = z.output<typeof planPage.output>

/** One plan: where it stands, what it promises, how it was made. */
export const PlanPage = ({ plan }: { plan: Shown }) => {
  const w = usePlanWords()
  const { day } = useDates()
  return (
    <Page title={plan.title} crumbs={[{ label: w.menu, href: paths.plans }, { label: plan.title }]} width="wide">
      <p>
        <StateBadge state={plan.state} />
      </p>
      <PlanFacts plan={plan} />
      <Measures plan={plan} />
      <Policies plan={plan} />
      <Fields plan={plan} />
      {plan.stages && (
        <section>
          <h2>{w.plan.initiatives}</h2>
          <StagesTable stages={plan.stages} />
        </section>
      )}
      <Versions plan={plan} />
      <Workflow plan={plan} />
      <SourceList sources={plan.sources} />
      {plan.importedAt && <p class="small muted">{w.plan.imported(day(plan.importedAt))}</p>}
    </Page>
  )
}

const PlanFacts = ({ plan }: { plan: Shown }) => {
  const w = usePlanWords()
  const { facts } = w.plan
  const to = ({ slug, title }: { slug: string; title: string }) => <a href={paths.plan(slug)}>{title}</a>
  const several = (links: Shown['below']) => links.map((one) => <div>{to(one)}</div>)
  const items: (Fact | false | null)[] = [
    plan.role !== null && { label: facts.role, value: plan.role },
    plan.visionTitle !== null && { label: facts.vision, value: plan.visionTitle },
    {
      label: facts.period,
      value: plan.period ? w.years(plan.period.startFY, plan.period.endFY) : null,
    },
    plan.targetFY !== null && { label: facts.target, value: w.fy(plan.targetFY) },
    plan.above && { label: facts.above, value: to(plan.above) },
    plan.below.length > 0 && { label: facts.below, value: <>{several(plan.below)}</> },
    plan.revises && {
      label: facts.revises,
      value: (
        <>
          {to(plan.revises)}
          {plan.revisionKind && `（${plan.revisionKind}）`}
        </>
      ),
    },
    plan.revisedBy.length > 0 && { label: facts.revisedBy, value: <>{several(plan.revisedBy)}</> },
    plan.legalBasis && {
      label: facts.law,
      value: (
        <>
          {w.plan.law(plan.legalBasis.law, plan.legalBasis.lawNumber, plan.legalBasis.article)}
          {plan.legalBasis.kind && (
            <>
              <br />
              {[plan.legalBasis.kind, plan.legalBasis.obligation].filter(Boolean).join('・')}
            </>
          )}
        </>
      ),
    },
    plan.coordinator !== null && { label: facts.coordinator, value: plan.coordinator },
  ]
  return <Facts missing={w.unknown} items={items.filter((one): one is Fact => Boolean(one))} />
}

const Measures = ({ plan: { measures } }: { plan: Shown }) => {
  const w = usePlanWords()
  const { measureColumns } = w.plan
  if (measures.length === 0) return null
  return (
    <section>
      <h2>{w.plan.measures}</h2>
      <p>{w.plan.measuresText}</p>
      <Table
        caption={w.plan.measures}
        hideCaption
        columns={[
          {
            label: measureColumns.measure,
            head: true,
            wide: true,
            cell: ({ slug, title, code, inferred }) => (
              <>
                {code && `${code}　`}
                <a href={paths.measure(slug)}>{title}</a>
                {inferred && <span class="small muted">（{w.inferred}）</span>}
              </>
            ),
          },
          {
            label: measureColumns.indicators,
            wide: true,
            cell: ({ indicators }) =>
              indicators.map((one) => (
                <div>
                  <a href={paths.indicator(one.slug)}>{one.title}</a>
                </div>
              )),
          },
          {
            label: measureColumns.rating,
            cell: ({ slug, rating }) => (
              <>
                <RatingBadge rating={rating} />
                {rating && (
                  <>
                    {'　'}
                    <a href={paths.report(slug, rating.fy)}>{w.measure.reportLink(w.fy(rating.fy))}</a>
                  </>
                )}
              </>
            ),
          },
        ]}
        rows={measures}
      />
    </section>
  )
}

const Policies = ({ plan: { philosophies, basicPolicies } }: { plan: Shown }) => {
  const w = usePlanWords()
  const { policyColumns } = w.plan
  if (philosophies.length + basicPolicies.length === 0) return null
  return (
    <section>
      <h2>{philosophies.length > 0 ? w.plan.policies : w.plan.policiesOnly}</h2>
      <Table
        caption={w.plan.policies}
        hideCaption
        columns={[
          { label: policyColumns.policy, head: true, wide: true, cell: ({ no, title }) => `${no}　${title}` },
          ...(philosophies.length > 0
            ? [
                {
                  label: policyColumns.philosophy,
                  wide: true,
                  cell: ({ no }: Shown['basicPolicies'][number]) =>
                    philosophies
                      .filter(({ basicPolicy }) => basicPolicy === no)
                      .map(({ title }) => title)
                      .join('、') || <Unknown />,
                },
              ]
            : []),
        ]}
        rows={basicPolicies}
      />
      {philosophies
        .filter(({ basicPolicy }) => basicPolicy === null)
        .map(({ no, title }) => (
          <p>
            {policyColumns.philosophy}
            {no}　{title}
          </p>
        ))}
    </section>
  )
}

const Fields = ({ plan: { fields } }: { plan: Shown }) => {
  const w = usePlanWords()
  if (fields.length === 0) return null
  return (
    <section>
      <h2>{w.plan.fields}</h2>
      <Facts
        items={fields.map(({ title, items }) => ({
          label: title,
          value: (
            <ul>
              {items.map((item) => (
                <li>{item}</li>
              ))}
            </ul>
          ),
        }))}
      />
    </section>
  )
}
