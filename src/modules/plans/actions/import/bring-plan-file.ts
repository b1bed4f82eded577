import type { Db } from '#core/database.ts'
import type { Stage } from '#core/scene.ts'
import { readMeasures } from '../../queries/measures.ts'
import { readPlans, readSources } from '../../queries/plans.ts'
import { bindingsOf, forgetUnusedNames, liveImportsOf, measuresElsewhere, slugsElsewhere } from '../../queries.ts'
import type { Fault } from '../../rules/import/reader.ts'
import { parsePlanFile } from '../../rules/import.ts'
import { parseLiveFile } from '../../rules/live.ts'
import type { PlanFile } from '../../rules/plan-file.ts'
import { storableFaults } from '../../rules/storable.ts'
import { indicatorSlug, initiativeSlug } from '../../slugs.ts'
import { tables } from '../../tables.ts'
import type { Document, Outcome } from './outcome.ts'
import { putIndicators } from './put-indicators.ts'
import { putLive } from './put-live.ts'
import { putMeasures } from './put-measures.ts'
import { putNames, putPlans } from './put-plan.ts'
import { json } from './rows.ts'

/** Stores a plan file. The plans that it names are replaced as a whole, with their measures; others stay as they are. */
export async function bringPlanFile(stage: Stage, document: Document): Promise<Outcome> {
  const { db, now } = stage
  const { file, faults } = await readPlanFile(db, document.json)
  if (!file) return { faults, brought: null }
  const plans = file.plans.map(({ id }) => id)

  const bindings = await bindingsOf(db, plans)
  const live = await liveImportsOf(db, plans)
  await writeImport(stage, document, { kind: 'plan', brought: plans, ...file })
  if (plans.length > 0) await tables(db).deleteFrom('plan').where('id', 'in', plans).execute()
  await putNames(db, document.id, file)
  await putPlans(db, document.id, file.plans)
  await putMeasures(db, document.id, file.measures)
  const indicators = file.measures.flatMap(({ id: measure, indicators }) =>
    indicators.map((indicator, ordinal) => ({ measure, ordinal, indicator, span: null })),
  )
  await putIndicators(db, document.id, indicators, bindings, now)

  for (const { id, text } of live) {
    const again = parseLiveFile(JSON.parse(text), await liveFacts(db))
    const broken = again.ok
      ? await putLive(
          stage,
          id,
          again.indicators.filter(({ plan }) => plans.includes(plan)),
          bindings,
        )
      : again.faults
    if (broken.length > 0) {
      const path = (fault: Fault) => `（取り込み済みの指標のファイル）${fault.path}`
      return { faults: broken.map((fault) => ({ ...fault, path: path(fault) })), brought: null }
    }
  }
  await forgetUnusedNames(db)
  return { faults: [], brought: { plans, counts: countsOf(file) } }
}

/** A plan file that can be stored beside what is there, or else everything that is wrong with it. */
export async function readPlanFile(
  db: Db,
  document: unknown,
): Promise<{ file: PlanFile; faults: Fault[] } | { file: null; faults: Fault[] }> {
  const read = parsePlanFile(document)
  if (!read.ok) return { file: null, faults: read.faults }
  const faults = [...storableFaults(read.file)]
  if (faults.length === 0) faults.push(...(await clashes(db, read.file)))
  return faults.length > 0 ? { file: null, faults } : { file: read.file, faults }
}

/** The line of the history. */
export async function writeImport(
  { db, now, actor }: Stage,
  { id, sha256, text }: Document,
  about: { kind: 'plan' | 'live'; brought: string[] } & Partial<
    Pick<PlanFile, 'formatVersion' | 'about' | 'conventions' | 'extra'>
  >,
) {
  await tables(db)
    .insertInto('plan_import')
    .values({
      id,
      kind: about.kind,
      sha256,
      document: text,
      format_version: about.formatVersion ?? null,
      about: about.about ?? null,
      conventions: json(about.conventions ?? {}),
      extra: json(about.extra ?? {}),
      brought: about.brought,
      imported_at: now,
      imported_by: actor?.id ?? 'system',
    })
    .execute()
}

/** What a file of live indicators is read against: everything that is stored. */
export async function liveFacts(db: Db): Promise<Pick<PlanFile, 'plans' | 'sources' | 'measures'>> {
  const plans = await readPlans(db)
  const imports = [...new Set(plans.map((one) => one.import))]
  const sources = (await Promise.all(imports.map((id) => readSources(db, id)))).flat()
  const measures = (await readMeasures(db)).filter(({ live }) => !live).map(({ measure }) => measure)
  return { plans: plans.map(({ plan }) => plan), sources, measures }
}

/** Names that another document has taken already. */
async function clashes(db: Db, file: PlanFile): Promise<Fault[]> {
  const plans = file.plans.map(({ id }) => id)
  const faults: Fault[] = []
  const taken = await measuresElsewhere(
    db,
    file.measures.map(({ id }) => id),
    plans,
  )
  file.measures.forEach(({ id }, i) => {
    const plan = taken.get(id)
    if (plan)
      faults.push({ path: `performanceMeasures[${i}].id`, sentence: `別の計画「${plan}」に、同じ施策があります。` })
  })
  // Their indicators are the same as those elsewhere: said once.
  if (faults.length > 0) return faults
  const slugs = [
    ...file.plans.flatMap(({ id, initiatives }, i) =>
      initiatives.map((one, j) => ({ slug: initiativeSlug(id, one.id), path: `plans[${i}].initiatives[${j}].id` })),
    ),
    ...file.measures.flatMap(({ id, indicators }, i) =>
      indicators.map((one, j) => ({
        slug: indicatorSlug(id, one.id),
        path: `performanceMeasures[${i}].indicators[${j}].id`,
      })),
    ),
  ]
  const seen = await slugsElsewhere(db, plans)
  for (const { slug, path } of slugs) {
    if (seen.has(slug)) faults.push({ path, sentence: 'ほかのものと同じ名前になり、区別できません。' })
    seen.add(slug)
  }
  return faults
}

const countsOf = ({ plans, measures }: PlanFile) => {
  const initiatives = plans.flatMap((one) => one.initiatives)
  const indicators = measures.flatMap((one) => one.indicators)
  return {
    plans: plans.length,
    initiatives: initiatives.length,
    phases: initiatives.flatMap((one) => one.phases).length,
    measures: measures.length,
    indicators: indicators.length,
    figures: indicators.flatMap((one) => one.editions.flatMap((edition) => edition.figures)).length,
  }
}
