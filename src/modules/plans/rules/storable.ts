import type { Fault } from './import/reader.ts'
import type { LiveIndicator } from './live.ts'
import type { Indicator, PlanFile } from './plan-file.ts'

/** Names are keys of tables and parts of addresses. */
const longest = 120

/** What a well-formed file may say and the tables can't hold: names that are too long, days before the year 1. */
export function storableFaults(file: PlanFile): Fault[] {
  const { faults, name, day } = check()
  file.sources.forEach((one, i) => {
    name(`sources[${i}].id`, one.id)
  })
  file.organisations.forEach((one, i) => {
    name(`organizations[${i}].id`, one.id)
    day(`organizations[${i}].validFrom`, one.validFrom)
    day(`organizations[${i}].validTo`, one.validTo)
  })
  file.plans.forEach((plan, i) => {
    const at = `plans[${i}]`
    name(`${at}.id`, plan.id)
    plan.versions.forEach((one, j) => {
      name(`${at}.versions[${j}].version`, one.version)
      day(`${at}.versions[${j}].asOf`, one.asOf)
    })
    plan.initiatives.forEach((one, j) => {
      name(`${at}.initiatives[${j}].id`, one.id)
    })
    plan.workflow.forEach((one, j) => {
      day(`${at}.workflow[${j}].date`, one.date)
    })
  })
  file.measures.forEach((measure, i) => {
    const at = `performanceMeasures[${i}]`
    name(`${at}.id`, measure.id)
    measure.basicProjects.forEach((one, j) => {
      name(`${at}.basicProjects[${j}].code`, one.code)
    })
    measure.ratingScale.forEach((one, j) => {
      name(`${at}.ratingScale[${j}].grade`, one.grade)
    })
    measure.indicators.forEach((one, j) => {
      nameIndicator(name, `${at}.indicators[${j}]`, one)
    })
  })
  return faults
}

/** The same for a file of live indicators. */
export function storableLiveFaults(indicators: readonly LiveIndicator[]): Fault[] {
  const { faults, name } = check()
  indicators.forEach((one, i) => {
    name(`indicators[${i}].measure.id`, one.measure.id)
    nameIndicator(name, `indicators[${i}]`, one.indicator)
  })
  return faults
}

type Name = (path: string, id: string) => void

const nameIndicator = (name: Name, at: string, { id, binding }: Indicator) => {
  name(`${at}.id`, id)
  name(`${at}.binding.measure`, binding?.measure ?? '')
  name(`${at}.binding.option`, binding?.option ?? '')
}

function check() {
  const faults: Fault[] = []
  const name: Name = (path, id) => {
    if (id.length > longest) faults.push({ path, sentence: `長すぎます（${longest}字まで）。` })
  }
  const day = (path: string, date: string | null) => {
    if (date?.startsWith('0000')) faults.push({ path, sentence: '西暦1年より前の日付は使えません。' })
  }
  return { faults, name, day }
}
