import { z } from 'zod'
import { isStaff } from '#core/policy.ts'
import { Refusal } from '#core/refusal.ts'
import type { Stage } from '#core/scene.ts'
import { view } from '#core/view.ts'
import { traceShown, tracesAt } from '#modules/traces/index.ts'
import { readFacts } from '../queries/facts.ts'
import { findIndicator } from '../queries.ts'
import { methodNames } from '../rules/achievement/question.ts'
import { methodTitles } from '../rules/achievement/sentences.ts'
import { byMethodOf } from '../rules/by-method.ts'
import { measureTitle } from '../rules/naming.ts'
import type { Indicator } from '../rules/plan-file.ts'
import { indicatorShown, shownIndicator } from './indicator-shown.ts'
import { link, source } from './shapes.ts'

const inBoth = z.object({ ja: z.string(), en: z.string() })

/** What the newest figures are by the methods of several offices; see docs/achievement.md. */
const byMethod = z.object({
  fy: z.number(),
  verdictDependsOnMethod: z.boolean(),
  methods: z.array(
    z.object({
      method: z.enum(methodNames),
      title: inBoth,
      shown: z.string(),
      grade: z.string().nullable(),
      /** Whose grade it is. */
      scale: z.string().nullable(),
      explanation: inBoth,
    }),
  ),
})

const comparedOf = (indicator: Indicator): z.input<typeof byMethod> | null => {
  const compared = byMethodOf(indicator)
  if (!compared) return null
  const { fy, verdictDependsOnMethod, answers } = compared
  return {
    fy,
    verdictDependsOnMethod,
    methods: answers.map(({ method, shown, grade, scale, explanation }) => ({
      method,
      title: methodTitles[method],
      shown: shown ?? '',
      grade,
      scale,
      explanation,
    })),
  }
}

/** One indicator with every figure, where it stands and how sure it is, and what is counted live. */
export const indicatorPage = view({
  name: 'plans.indicator',
  title: 'An indicator with all its figures and its live value',
  input: z.object({ indicator: z.string().max(240) }),
  output: indicatorShown.extend({
    plan: link,
    measure: link,
    sources: z.array(source),
    traces: z.array(traceShown),
    linking: z.boolean(),
    byMethod: byMethod.nullable(),
  }),
  allow: () => true,

  async run(stage, { indicator: slug }) {
    const { stored, facts, home, indicator } = await indicatorBySlug(stage, slug)
    const shown = await shownIndicator(stage, indicator)
    return {
      ...shown,
      plan: { slug: home.slug, title: facts.plan.title },
      measure: { slug: stored.slug, title: measureTitle(stored.measure) },
      sources: facts.sources.filter(({ id }) => shown.editions.includes(id)),
      traces: await tracesAt(stage, { module: 'plans', kind: 'indicator', id: slug }),
      linking: isStaff(stage.actor),
      byMethod: comparedOf(indicator.indicator),
    }
  },
})

/** An indicator by its name in addresses, with its measure. Refuses with `missing`. */
export async function indicatorBySlug({ db }: Pick<Stage, 'db'>, slug: string) {
  const at = await findIndicator(db, slug)
  const found = at && (await readFacts(db, at.measure))
  const indicator = found?.stored.indicators.find((one) => one.slug === slug)
  if (!found || !indicator) throw new Refusal('missing', 'no such indicator')
  return { ...found, indicator }
}
