import type { Db } from '#core/database.ts'
import { planTitle } from '../rules/plan-file.ts'
import type { ReportFacts } from '../rules/report.ts'
import { readMeasures, type StoredMeasure } from './measures.ts'
import { readOrganisations, readPlans, readSources, type StoredPlan } from './plans.ts'

/** One measure and all that its report is drawn from. */
export type MeasureFacts = {
  stored: StoredMeasure
  home: StoredPlan
  facts: ReportFacts
}

/** The facts of a measure by its id; null where there is none. */
export async function readFacts(db: Db, id: string): Promise<MeasureFacts | null> {
  const [stored] = await readMeasures(db, { ids: [id] })
  const all = stored ? await readPlans(db) : []
  const home = all.find(({ plan }) => plan.id === stored?.measure.plan)
  if (!stored || !home) return null
  const plans = all.map(({ plan }) => plan)
  return {
    stored,
    home,
    facts: {
      measure: stored.measure,
      plan: { id: home.plan.id, title: planTitle(plans, home.plan.id), period: home.plan.period },
      initiativePlans: plans
        .filter((one) => one.initiatives.length > 0 && (one.id === home.plan.id || one.parentPlan === home.plan.id))
        .map((plan) => ({ title: planTitle(plans, plan.id), plan })),
      organisations: await readOrganisations(db, home.import),
      sources: await readSources(db, home.import),
    },
  }
}
