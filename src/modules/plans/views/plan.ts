import { z } from 'zod'
import { fiscalYear } from '#core/dates.ts'
import { Refusal } from '#core/refusal.ts'
import { view } from '#core/view.ts'
import { readMeasures } from '../queries/measures.ts'
import { readOrganisations, readPlans, readSources } from '../queries/plans.ts'
import { findPlan, importedAt } from '../queries.ts'
import { measureTitle, planState } from '../rules/naming.ts'
import type { Plan } from '../rules/plan-file.ts'
import { planTitle } from '../rules/plan-file.ts'
import { link, planStates, rating, source, span } from './shapes.ts'
import { stages, stagesOf } from './stages.ts'

const numbered = z.object({ no: z.number(), title: z.string() })

/** One plan whole: versions, policies, initiatives with their schedules, revision, measures. */
export const planPage = view({
  name: 'plans.plan',
  title: 'A plan with its policies, initiatives, measures and revision',
  input: z.object({ plan: z.string().max(200) }),
  output: link.extend({
    role: z.string().nullable(),
    state: z.enum(planStates),
    period: span.nullable(),
    targetFY: z.number().nullable(),
    visionTitle: z.string().nullable(),
    revisionKind: z.string().nullable(),
    legalBasis: z
      .object({
        law: z.string(),
        lawNumber: z.string().nullable(),
        article: z.string().nullable(),
        kind: z.string().nullable(),
        obligation: z.string().nullable(),
      })
      .nullable(),
    coordinator: z.string().nullable(),
    above: link.nullable(),
    below: z.array(link),
    revises: link.nullable(),
    revisedBy: z.array(link),
    versions: z.array(
      z.object({
        version: z.string(),
        title: z.string(),
        asOf: z.string().nullable(),
        adoptedMonth: z.string().nullable(),
        status: z.string().nullable(),
        targetFY: z.number().nullable(),
        basicPoliciesAsAdopted: z.array(z.string()),
        note: z.string().nullable(),
        sources: z.array(z.string()),
      }),
    ),
    philosophies: z.array(numbered.extend({ basicPolicy: z.number().nullable() })),
    basicPolicies: z.array(numbered),
    fields: z.array(z.object({ title: z.string(), items: z.array(z.string()) })),
    stages: stages.nullable(),
    workflow: z.array(
      z.object({
        no: z.number(),
        stage: z.string(),
        audience: z.string().nullable(),
        channel: z.string().nullable(),
        date: z.string().nullable(),
        month: z.string().nullable(),
        from: z.string().nullable(),
        to: z.string().nullable(),
        durationMonths: z.number().nullable(),
        followUp: z.string().nullable(),
      }),
    ),
    measures: z.array(
      link.extend({
        code: z.string().nullable(),
        inferred: z.boolean(),
        rating: rating.nullable(),
        indicators: z.array(link),
      }),
    ),
    /** The documents that its facts come from. */
    sources: z.array(source),
    importedAt: z.date().nullable(),
    /** What the imported document says beyond the model, as it says it. */
    extra: z.record(z.string(), z.unknown()),
  }),
  allow: () => true,

  async run({ db, now }, { plan: slug }) {
    const id = await findPlan(db, slug)
    if (id === null) throw new Refusal('missing', 'no such plan')
    const stored = await readPlans(db)
    const all = stored.map(({ plan }) => plan)
    const found = stored.find(({ plan }) => plan.id === id)
    if (!found) throw new Refusal('missing', 'no such plan')
    const { plan } = found
    const linkOf = (one: (typeof stored)[number]) => ({ slug: one.slug, title: planTitle(all, one.plan.id) })
    const linkTo = (other: string | null) => stored.filter((one) => one.plan.id === other).map(linkOf)[0] ?? null
    const organisations = await readOrganisations(db, found.import)
    const used = new Set(sourcesOf(plan))
    const measures = await readMeasures(db, { plans: [id] })
    return {
      ...plan,
      ...linkOf(found),
      state: planState(plan, fiscalYear(now)),
      coordinator: organisations.find((one) => one.id === plan.governance?.coordinator)?.name ?? null,
      above: linkTo(plan.parentPlan),
      below: stored.filter((one) => one.plan.parentPlan === id).map(linkOf),
      revises: linkTo(plan.revises),
      revisedBy: stored.filter((one) => one.plan.revises === id).map(linkOf),
      stages: plan.initiatives.length > 0 ? stagesOf(planTitle(all, id), plan) : null,
      measures: measures.map(({ slug, measure, indicators }) => ({
        slug,
        title: measureTitle(measure),
        code: measure.code ?? measure.codeSuggested,
        inferred: !measure.title,
        indicators: indicators.map((one) => ({ slug: one.slug, title: one.indicator.title })),
        rating: measure.ratings.toSorted((a, b) => b.fy - a.fy)[0] ?? null,
      })),
      sources: (await readSources(db, found.import)).filter((one) => used.has(one.id)),
      importedAt: await importedAt(db, found.import),
    }
  },
})

const sourcesOf = (plan: Plan) => [...plan.sources, ...plan.versions.flatMap((one) => one.sources)]
