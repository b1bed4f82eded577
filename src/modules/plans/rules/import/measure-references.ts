import type { PlanMeasure } from '../plan-file.ts'
import type { Known, Once, Say } from './checks.ts'

/** Codes, years and grades inside one measure. */
export function checkMeasure(measure: PlanMeasure, at: string, say: Say, once: Once, known: Known) {
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
