import type { Plan, PlanFile, PlanMeasure } from '../plan-file.ts'
import type { Fault } from './reader.ts'
import { findDoubles } from './reader.ts'
import { countFaults } from './statistics.ts'

type Say = (path: string, sentence: string) => void

/** Everything that names something else in the file: ids, numbers, grades, parents; and everything that must be there once. */
export function referenceFaults(file: PlanFile): Fault[] {
  const faults: Fault[] = []
  const say: Say = (path, sentence) => {
    faults.push({ path, sentence })
  }
  const sources = new Set(file.sources.map((one) => one.id))
  const organisations = new Set(file.organisations.map((one) => one.id))

  const once = <T>(
    items: readonly T[],
    key: (item: T) => string | number,
    path: (index: number) => string,
    what: string,
  ) =>
    findDoubles(
      items,
      (one) => String(key(one)),
      (_, index, one) => say(path(index), `${what}「${one}」が重なっています。`),
    )
  const known = (names: Set<unknown>, name: unknown, path: string, what: string) => {
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

type Once = <T>(
  items: readonly T[],
  key: (item: T) => string | number,
  path: (index: number) => string,
  what: string,
) => void
type Known = (names: Set<unknown>, name: unknown, path: string, what: string) => void

function checkPlan(plan: Plan, at: string, say: Say, once: Once, known: Known) {
  once(
    plan.versions,
    (one) => one.version,
    (i) => `${at}.versions[${i}].version`,
    '版',
  )
  once(
    plan.philosophies,
    (one) => one.no,
    (i) => `${at}.philosophies[${i}].no`,
    '理念の番号',
  )
  once(
    plan.basicPolicies,
    (one) => one.no,
    (i) => `${at}.basicPolicies[${i}].no`,
    '基本方針の番号',
  )
  once(
    plan.measureGroups,
    (one) => one.no,
    (i) => `${at}.measureGroups[${i}].no`,
    '施策群の番号',
  )
  once(
    plan.initiatives,
    (one) => one.no,
    (i) => `${at}.initiatives[${i}].no`,
    '取組の番号',
  )
  once(
    plan.initiatives,
    (one) => one.id,
    (i) => `${at}.initiatives[${i}].id`,
    '取組',
  )

  const policies = new Set(plan.basicPolicies.map((one) => one.no))
  const actors = new Set(plan.actorClasses.map((one) => one.id))
  const groups = new Map(plan.measureGroups.map((one) => [one.no, one]))
  const words = new Set(plan.phaseVocabulary)
  const rows = new Map(plan.initiatives.map((one) => [one.no, one]))

  plan.philosophies.forEach((one, i) => {
    known(policies, one.basicPolicy, `${at}.philosophies[${i}].basicPolicy`, '基本方針の番号')
  })
  plan.measureGroups.forEach((group, i) => {
    group.actors.forEach((one, j) => {
      known(actors, one, `${at}.measureGroups[${i}].actors[${j}]`, '主体の区分')
    })
  })
  plan.initiatives.forEach((one, i) => {
    const here = `${at}.initiatives[${i}]`
    known(new Set(groups.keys()), one.measureGroup, `${here}.measureGroup`, '施策群の番号')
    known(actors, one.actorClass, `${here}.actorClass`, '主体の区分')
    const group = one.measureGroup === null ? undefined : groups.get(one.measureGroup)
    if (group && one.actorClass && actors.has(one.actorClass) && !group.actors.includes(one.actorClass))
      say(`${here}.actorClass`, `施策群${group.no}に、主体の区分「${one.actorClass}」がありません。`)
    one.basicPolicies.forEach((no, j) => {
      known(policies, no, `${here}.basicPolicies[${j}]`, '基本方針の番号')
    })
    once(
      one.basicPolicies,
      (no) => no,
      (j) => `${here}.basicPolicies[${j}]`,
      '基本方針の番号',
    )
    const first = one.restatementOfNo === null ? undefined : rows.get(one.restatementOfNo)
    known(new Set(rows.keys()), one.restatementOfNo, `${here}.restatementOfNo`, '取組の番号')
    if (first && (first === one || first.restatementOfNo !== null))
      say(`${here}.restatementOfNo`, '再掲の元は、それ自身が再掲でない別の取組にしてください。')
    one.phases.forEach((phase, j) => {
      const there = `${here}.phases[${j}]`
      if (words.size > 0) known(words, phase.label, `${there}.label`, '計画で使う語（phaseVocabulary）に')
      for (const [key, year] of [
        ['span.startFY', phase.span.startFY],
        ['span.endFY', phase.span.endFY],
        ['printedStartFY', phase.printedStartFY],
        ['printedArrowEndFY', phase.printedArrowEndFY],
      ] as const) {
        // 0 = unreadable, already named.
        if (!year || !plan.period || (year >= plan.period.startFY && year <= plan.period.endFY)) continue
        say(
          `${there}.${key}`,
          `${year}年度は、計画の期間（${plan.period.startFY}〜${plan.period.endFY}年度）の外です。`,
        )
      }
    })
  })
  for (const [path, sentence] of countFaults(plan)) say(`${at}.statistics${path && `.${path}`}`, sentence)
}

function checkMeasure(measure: PlanMeasure, at: string, say: Say, once: Once, known: Known) {
  once(
    measure.basicProjects,
    (one) => one.code,
    (i) => `${at}.basicProjects[${i}].code`,
    '基本事業の番号',
  )
  once(
    measure.ownerHistory,
    (one) => one.fy,
    (i) => `${at}.ownerHistory[${i}].fy`,
    '担当部局の年度',
  )
  once(
    measure.ratingScale,
    (one) => one.grade,
    (i) => `${at}.ratingScale[${i}].grade`,
    '進展度の段階',
  )
  once(
    measure.ratings,
    (one) => `${one.fy}`,
    (i) => `${at}.ratings[${i}].fy`,
    '進展度の年度',
  )
  once(
    measure.resources,
    (one) => one.fy,
    (i) => `${at}.resources[${i}].fy`,
    '予算額等の年度',
  )
  once(
    measure.projects,
    (one) => `${one.basicProject ?? ''} ${one.title}`,
    (i) => `${at}.projects[${i}].title`,
    '事業',
  )

  const codes = new Set(measure.basicProjects.map((one) => one.code))
  measure.projects.forEach((one, i) => {
    known(codes, one.basicProject, `${at}.projects[${i}].basicProject`, '基本事業の番号')
  })
  const labels = new Map(measure.ratingScale.map((one) => [one.grade, one.label]))
  measure.ratings.forEach((one, i) => {
    known(new Set(labels.keys()), one.grade, `${at}.ratings[${i}].grade`, '進展度の段階')
    const label = labels.get(one.grade)
    if (one.label !== null && label !== undefined && label !== one.label)
      say(`${at}.ratings[${i}].label`, `進展度${one.grade}の語が、段階の表では「${label}」です。`)
  })
}

/** Names every entry that is, over its parents, its own ancestor. */
function circles<T extends { id: string }>(
  items: readonly T[],
  parent: (item: T) => string | null,
  path: (index: number) => string,
  say: Say,
) {
  const byId = new Map(items.map((one) => [one.id, one]))
  items.forEach((start, index) => {
    let above = byId.get(parent(start) ?? '')
    for (let steps = 0; above && steps <= items.length; steps += 1) {
      if (above === start) return say(path(index), 'たどると自分自身に戻ります。上位のものを直してください。')
      above = byId.get(parent(above) ?? '')
    }
  })
}
