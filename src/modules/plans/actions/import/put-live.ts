import type { Stage } from '#core/scene.ts'
import { readMeasures } from '../../queries/measures.ts'
import { readPlans, readSources } from '../../queries/plans.ts'
import { type Bound, forgetLive } from '../../queries.ts'
import type { Fault } from '../../rules/import/reader.ts'
import type { LiveIndicator } from '../../rules/live.ts'
import type { PlanMeasure } from '../../rules/plan-file.ts'
import { indicatorSlug } from '../../slugs.ts'
import { putIndicators } from './put-indicators.ts'
import { measureRow } from './put-measures.ts'
import { insertRows } from './rows.ts'

/**
 * Puts live indicators in the place of all that the plans they name had before, making the measures that aren't there.
 * Gives the faults that only the stored plans tell; then the transaction must be given up.
 */
export async function putLive(
  { db, now }: Stage,
  id: string,
  live: readonly LiveIndicator[],
  before: ReadonlyMap<string, Bound>,
): Promise<Fault[]> {
  const plans = [...new Set(live.map(({ plan }) => plan))]
  if (plans.length === 0) return []
  await forgetLive(db, plans)
  const stored = await readMeasures(db)
  const taken = new Set(stored.flatMap(({ indicators }) => indicators.map(({ slug }) => slug)))
  const faults: Fault[] = []
  const sources = new Map<string, Set<string>>()
  for (const one of await readPlans(db, plans))
    sources.set(one.plan.id, new Set((await readSources(db, one.import)).map((source) => source.id)))

  live.forEach(({ plan, measure, indicator }, i) => {
    const home = stored.find((one) => one.measure.id === measure.id)
    if (home && home.measure.plan !== plan)
      faults.push({ path: `indicators[${i}].measure.id`, sentence: `施策「${measure.id}」は別の計画のものです。` })
    const slug = indicatorSlug(measure.id, indicator.id)
    if (taken.has(slug))
      faults.push({ path: `indicators[${i}].id`, sentence: `同じ指標「${indicator.id}」が、もうあります。` })
    taken.add(slug)
    const source = indicator.editions[0]?.source
    if (source && !sources.get(plan)?.has(source))
      faults.push({ path: `indicators[${i}].source`, sentence: `この計画の資料に、出典「${source}」がありません。` })
  })
  if (faults.length > 0) return faults

  const made = new Map<string, LiveIndicator>()
  for (const one of live)
    if (!stored.some(({ measure }) => measure.id === one.measure.id) && !made.has(one.measure.id))
      made.set(one.measure.id, one)
  await insertRows(
    db,
    'plan_measure',
    [...made.values()].map((one, ordinal) => measureRow(id, blankMeasure(one), ordinal, one.measure.sources)),
  )
  await putIndicators(
    db,
    id,
    live.map(({ measure, indicator, firstFY, lastFY }, ordinal) => ({
      measure: measure.id,
      ordinal,
      indicator,
      span: { firstFY, lastFY },
    })),
    before,
    now,
  )
  return []
}

/** A measure of which nothing is known but its name. */
const blankMeasure = ({ plan, measure: { id, title, titleNote, visionByFY, extra } }: LiveIndicator): PlanMeasure => ({
  id,
  plan,
  title,
  titleSuggested: null,
  titleNote,
  code: null,
  codeSuggested: null,
  visionByFY,
  vision: null,
  visionFacts: null,
  ownerHistory: [],
  basicProjects: [],
  indicators: [],
  ratingScale: [],
  ratings: [],
  resources: [],
  projects: [],
  projectsNote: null,
  lists: [],
  approachFocus: null,
  extra,
})
