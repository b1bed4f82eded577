import type { Finding, ThingKind, ThingShown } from '#core/contributions.ts'
import type { Db } from '#core/database.ts'
import { fiscalYearLabel } from '#core/dates.ts'
import { readMeasures } from './queries/measures.ts'
import { readPlans } from './queries/plans.ts'
import { findIndicator, findInitiative, findMeasure, searchTitles } from './queries.ts'
import { measureTitle } from './rules/naming.ts'
import { planTitle } from './rules/plan-file.ts'
import { ja } from './words.ja.ts'

const most = 20

/** Plans, initiatives, measures and indicators for the public search. */
export async function findPublic(db: Db, words: string): Promise<Finding[]> {
  const found = await searchTitles(db, words, most)
  if (Object.values(found).every((list) => list.length === 0)) return []
  const stored = await readPlans(db)
  const all = stored.map(({ plan }) => plan)
  const of = (plan: string) => planTitle(all, plan)
  return [
    ...stored
      .filter(({ plan }) => found.plans.includes(plan.id))
      .map(({ slug, plan }) => ({ title: of(plan.id), href: `/plans/${slug}`, summary: ja.kinds.plan })),
    ...found.measures.map(({ slug, plan, ...one }) => ({
      title: measureTitle({ ...one, titleSuggested: one.title_suggested }),
      href: `/plans/measures/${slug}`,
      summary: ja.within(ja.kinds.measure, of(plan)),
    })),
    ...found.indicators.map(({ slug, title, plan }) => ({
      title,
      href: `/plans/indicators/${slug}`,
      summary: ja.within(ja.kinds.indicator, of(plan)),
    })),
    ...found.initiatives.map(({ slug, no, title, plan }) => ({
      title: `${no}　${title}`,
      href: `/plans/initiatives/${slug}`,
      summary: ja.within(ja.kinds.initiative, of(plan)),
    })),
  ]
}

const thing = (kind: string, slug: string, title: string, state: string | null = null): ThingShown => ({
  reference: { module: 'plans', kind, id: slug },
  title,
  href: `/plans/${kind}s/${slug}`,
  state,
})

/** How initiatives, indicators and measures look at the other end of a trace: the same to everybody, by their names in addresses. */
export const things: readonly ThingKind[] = [
  {
    module: 'plans',
    kind: 'initiative',
    label: ja.kinds.initiative,
    find: async (db, _actor, words) =>
      (await searchTitles(db, words, most)).initiatives.map(({ slug, no, title }) =>
        thing('initiative', slug, `${no}　${title}`),
      ),
    async show(db, _actor, id) {
      const found = await findInitiative(db, id)
      return found && thing('initiative', id, `${found.no}　${found.title}`)
    },
  },
  {
    module: 'plans',
    kind: 'indicator',
    label: ja.kinds.indicator,
    find: async (db, _actor, words) =>
      (await searchTitles(db, words, most)).indicators.map(({ slug, title }) => thing('indicator', slug, title)),
    async show(db, _actor, id) {
      const found = await findIndicator(db, id)
      return found && thing('indicator', id, found.title)
    },
  },
  {
    module: 'plans',
    kind: 'measure',
    label: ja.kinds.measure,
    find: async (db, _actor, words) =>
      (await searchTitles(db, words, most)).measures.map(({ slug, ...one }) =>
        thing('measure', slug, measureTitle({ ...one, titleSuggested: one.title_suggested })),
      ),
    async show(db, _actor, id) {
      const found = await findMeasure(db, id)
      const [stored] = found === null ? [] : await readMeasures(db, { ids: [found] })
      if (!stored) return null
      const rating = stored.measure.ratings.toSorted((a, b) => b.fy - a.fy)[0]
      const state = rating ? ja.gradeIn(rating.grade, fiscalYearLabel(rating.fy)) : null
      return thing('measure', id, measureTitle(stored.measure), state)
    },
  },
]
