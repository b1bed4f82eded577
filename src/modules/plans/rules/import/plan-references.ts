import type { Plan } from '../plan-file.ts'
import type { Known, Once, Say } from './checks.ts'
import { countFaults } from './statistics.ts'

/** Numbers, groups, actors, phases and stated counts inside one plan. */
export function checkPlan(plan: Plan, at: string, say: Say, once: Once, known: Known) {
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
