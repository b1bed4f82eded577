import type { PlanFile } from '../plan-file.ts'
import type { Known, Once, Say } from './checks.ts'
import { circles } from './checks.ts'
import { checkMeasure } from './measure-references.ts'
import { checkPlan } from './plan-references.ts'
import type { Fault } from './reader.ts'
import { findDoubles } from './reader.ts'

/** Everything that names something else in the file: ids, numbers, grades, parents; and everything that must be there once. */
export function referenceFaults(file: PlanFile): Fault[] {
  const faults: Fault[] = []
  const say: Say = (path, sentence) => {
    faults.push({ path, sentence })
  }
  const sources = new Set(file.sources.map((one) => one.id))
  const organisations = new Set(file.organisations.map((one) => one.id))

  const once: Once = (items, key, path, what) =>
    findDoubles(
      items,
      (one) => String(key(one)),
      (_, index, one) => {
        if (one !== '' && one !== '-1') say(path(index), `${what}「${one}」が重なっています。`)
      },
    )
  const known: Known = (names, name, path, what) => {
    if (name !== null && name !== '' && name !== -1 && !names.has(name)) say(path, `${what}「${name}」がありません。`)
  }
  const knownSources = (ids: readonly string[], path: string) => {
    for (const id of ids) known(sources, id, `${path}.source`, '出典')
  }

  once(
    file.sources,
    (one) => one.id,
    (i) => `sources[${i}].id`,
    '出典',
  )
  once(
    file.organisations,
    (one) => one.id,
    (i) => `organizations[${i}].id`,
    '組織',
  )
  once(
    file.plans,
    (one) => one.id,
    (i) => `plans[${i}].id`,
    '計画',
  )
  once(
    file.measures,
    (one) => one.id,
    (i) => `performanceMeasures[${i}].id`,
    '施策',
  )

  file.organisations.forEach((one, i) => {
    known(organisations, one.parent, `organizations[${i}].parent`, '組織')
    if (one.validFrom && one.validTo && one.validTo < one.validFrom)
      say(`organizations[${i}].validTo`, `終わりの日（${one.validTo}）が始まりの日（${one.validFrom}）より前です。`)
  })
  circles(
    file.organisations,
    (one) => one.parent,
    (i) => `organizations[${i}].parent`,
    say,
  )
  circles(
    file.plans,
    (one) => one.parentPlan,
    (i) => `plans[${i}].parentPlan`,
    say,
  )
  circles(
    file.plans,
    (one) => one.revises,
    (i) => `plans[${i}].revises`,
    say,
  )

  const plans = new Set(file.plans.map((one) => one.id))
  file.plans.forEach((plan, i) => {
    const at = `plans[${i}]`
    known(plans, plan.parentPlan, `${at}.parentPlan`, '計画')
    known(plans, plan.revises, `${at}.revises`, '計画')
    known(organisations, plan.governance?.coordinator ?? null, `${at}.governance.coordinator`, '組織')
    knownSources(plan.sources, at)
    plan.versions.forEach((one, j) => {
      knownSources(one.sources, `${at}.versions[${j}]`)
    })
    checkPlan(plan, at, say, once, known)
  })

  file.measures.forEach((measure, i) => {
    const at = `performanceMeasures[${i}]`
    known(plans, measure.plan, `${at}.plan`, '計画')
    measure.ownerHistory.forEach((one, j) => {
      known(organisations, one.org, `${at}.ownerHistory[${j}].org`, '組織')
      knownSources(one.sources, `${at}.ownerHistory[${j}]`)
    })
    measure.indicators.forEach((indicator, j) => {
      indicator.editions.forEach((one, k) => {
        known(sources, one.source, `${at}.indicators[${j}].editions[${k}].source`, '出典')
      })
    })
    measure.ratings.forEach((one, j) => {
      knownSources(one.sources, `${at}.ratings[${j}]`)
    })
    measure.resources.forEach((one, j) => {
      knownSources(one.sources, `${at}.resources[${j}]`)
    })
    checkMeasure(measure, at, say, once, known)
  })
  return faults
}
