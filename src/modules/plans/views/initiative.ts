import { z } from 'zod'
import { isStaff } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import { view } from '#core/view.ts'
import { traceShown, tracesAt } from '#modules/traces/index.ts'
import { readPlans } from '../queries/plans.ts'
import { findInitiative } from '../queries.ts'
import { type Initiative, planTitle } from '../rules/plan-file.ts'
import { initiativeSlug } from '../slugs.ts'
import { link, span } from './shapes.ts'

const other = link.extend({ no: z.number() })

/** One initiative (取組) with its stages and what it is part of. */
export const initiativePage = view({
  name: 'plans.initiative',
  title: 'An initiative of a plan with its stages',
  input: z.object({ initiative: z.string().max(200) }),
  output: other.extend({
    plan: link,
    group: z.object({ no: z.number(), title: z.string() }).nullable(),
    actor: z.string().nullable(),
    basicPolicies: z.array(z.object({ no: z.number(), title: z.string() })),
    /** The initiative that this one prints again (再掲), and those that print this one again. */
    restates: other.nullable(),
    restatedAt: z.array(other),
    /** The years that the plan spans, or its stages. */
    years: span.nullable(),
    phases: z.array(
      z.object({
        label: z.string().nullable(),
        labelSuggested: z.string().nullable(),
        printedStartFY: z.number().nullable(),
        printedArrowEndFY: z.number().nullable(),
        startFY: z.number(),
        endFY: z.number(),
        inferred: z.boolean(),
      }),
    ),
    previous: other.nullable(),
    next: other.nullable(),
    traces: z.array(traceShown),
    /** Whether the reader may link it with other things. */
    linking: z.boolean(),
  }),
  allow: () => true,

  async run(stage, { initiative: slug }) {
    const { db, actor } = stage
    const found = await findInitiative(db, slug)
    if (!found) throw new Refusal('missing', 'no such initiative')
    const stored = await readPlans(db)
    const home = stored.find(({ plan }) => plan.id === found.plan)
    const rows = home?.plan.initiatives ?? []
    const at = rows.findIndex(({ no }) => no === found.no)
    const one = rows[at]
    if (!home || !one) throw new Refusal('missing', 'no such initiative')
    const { plan } = home
    const linkTo = (to: Initiative | undefined) =>
      to ? { no: to.no, slug: initiativeSlug(plan.id, to.id), title: to.title } : null
    const years = [...one.phases.map(({ span }) => span.startFY), ...one.phases.map(({ span }) => span.endFY)]
    return {
      no: one.no,
      slug,
      title: one.title,
      plan: {
        slug: home.slug,
        title: planTitle(
          stored.map((each) => each.plan),
          plan.id,
        ),
      },
      group: plan.measureGroups.find(({ no }) => no === one.measureGroup) ?? null,
      actor: plan.actorClasses.find(({ id }) => id === one.actorClass)?.label ?? one.actorClass,
      basicPolicies: plan.basicPolicies.filter(({ no }) => one.basicPolicies.includes(no)),
      restates: linkTo(rows.find(({ no }) => no === one.restatementOfNo)),
      restatedAt: rows.filter(({ restatementOfNo }) => restatementOfNo === one.no).flatMap((row) => linkTo(row) ?? []),
      years: plan.period ?? (years.length > 0 ? { startFY: Math.min(...years), endFY: Math.max(...years) } : null),
      phases: one.phases.map(({ span, ...phase }) => ({ ...phase, ...span })),
      previous: linkTo(rows[at - 1]),
      next: linkTo(rows[at + 1]),
      traces: await tracesAt(stage, { module: 'plans', kind: 'initiative', id: slug }),
      linking: isStaff(actor),
    }
  },
})
