import Big from 'big.js'
import { grouped } from '../achievement/sentences.ts'
import type { Amount, PlanMeasure, Resource } from '../plan-file.ts'
import { fiscalYearName } from '../years.ts'
import type { Cell } from './cell.ts'
import { cell, withUnit } from './cell.ts'
import type { Setting } from './indicators.ts'

type Years = { fy: number; fyName: string }[]

export type ResourceTable = {
  /** Of all amounts; null where they differ and each cell carries its own. */
  unit: string | null
  years: Years
  rows: { label: string; cells: Cell[] }[]
}

export type ProjectTable = {
  unit: string | null
  years: Years
  rows: {
    basicProject: string | null
    newness: string | null
    title: string
    department: string | null
    summary: string | null
    cells: Cell[]
  }[]
  totals: Cell[]
  /** Why the sum isn't the measure's budget, and how far apart they are. */
  remarks: string[]
}

const named = (years: readonly number[]): Years => years.map((fy) => ({ fy, fyName: fiscalYearName(fy) }))

const oneUnit = (amounts: readonly (Amount | null | undefined)[]): string | null => {
  const units = new Set(amounts.flatMap((one) => (one ? [one.unit] : [])))
  return units.size === 1 ? ([...units][0] ?? null) : null
}

const amountCell = ({ value, unit }: Amount, common: string | null): Cell =>
  cell('value', common === null ? withUnit(value, unit) : grouped(value), { value })

/** Budget, personnel cost and staff by year. What is empty for a year after the report's own isn't unknown, it isn't there yet. */
export function resourceTable(resources: readonly Resource[], { fy, years, unknown }: Setting): ResourceTable {
  const unit = oneUnit(resources.flatMap((one) => [one.budget, one.personnelCost]))
  const cells = (show: (one: Resource) => Cell | null) =>
    years.map((year) => {
      const found = resources.find((one) => one.fy === year)
      return (found && show(found)) ?? (year <= fy ? cell('unknown', unknown) : cell('future', ''))
    })
  return {
    unit,
    years: named(years),
    rows: [
      { label: '予算額等', cells: cells(({ budget }) => budget && amountCell(budget, unit)) },
      { label: '概算人件費', cells: cells(({ personnelCost }) => personnelCost && amountCell(personnelCost, unit)) },
      {
        label: '配置人員',
        cells: cells(({ headcount }) =>
          headcount === null ? null : cell('value', `${grouped(headcount)}人`, { value: headcount }),
        ),
      },
    ],
  }
}

/** The main projects (主要事業) with their budgets of the year and of as many `around` it. */
export function projectTable(measure: PlanMeasure, { fy, unknown }: Setting, around = 1): ProjectTable {
  const { projects } = measure
  const years = [...new Set(projects.flatMap((one) => one.budgets.map((budget) => budget.fy)))]
    .filter((year) => Math.abs(year - fy) <= around)
    .toSorted((a, b) => a - b)
  const unit = oneUnit(projects.flatMap((one) => one.budgets.map((budget) => budget.amount)))
  const codes = new Map(measure.basicProjects.map((one) => [one.code, `${one.code} ${one.title}`]))
  const remarks: string[] = []
  const totals = years.map((year) => {
    const amounts = projects.flatMap((one) => one.budgets.find((budget) => budget.fy === year)?.amount ?? [])
    if (unit === null || amounts.length === 0) return cell('unknown', unknown)
    const value = amounts.reduce((sum, one) => sum.plus(one.value), new Big(0)).toFixed()
    if (amounts.length < projects.length)
      remarks.push(`${fiscalYearName(year)}の合計は、金額の記載がある${amounts.length}事業のものです。`)
    return cell('computed', grouped(value), { value, explanation: `主要事業${amounts.length}件の合計` })
  })
  const remainder = remainderOf(measure, fy, totals[years.indexOf(fy)]?.value ?? null, unit)
  if (remainder !== null) remarks.push(remainder)
  return {
    unit,
    years: named(years),
    rows: projects.map((one) => ({
      basicProject: one.basicProject === null ? null : (codes.get(one.basicProject) ?? one.basicProject),
      newness: one.newness,
      title: one.title,
      department: one.department,
      summary: one.summary,
      cells: years.map((year) => {
        const budget = one.budgets.find((each) => each.fy === year)
        if (budget?.amount) return amountCell(budget.amount, unit)
        return budget?.printed ? cell('dash', budget.printed) : cell('unknown', unknown)
      }),
    })),
    totals,
    remarks,
  }
}

const yen: Record<string, number> = { 円: 1, 千円: 1e3, 万円: 1e4, 百万円: 1e6, 億円: 1e8 }

/** Main projects are not all projects: the two sums are never said to be equal, the difference is shown. */
function remainderOf(measure: PlanMeasure, fy: number, total: string | null, unit: string | null): string | null {
  const budget = measure.resources.find((one) => one.fy === fy)?.budget
  const [small, large] = [yen[unit ?? ''], yen[budget?.unit ?? '']]
  if (!budget || total === null || !small || !large) return null
  const rest = new Big(budget.value).times(large).minus(new Big(total).times(small)).div(large).round(0).toFixed()
  const about = rest.startsWith('-')
    ? `約${grouped(rest.slice(1))}${budget.unit}上回ります`
    : `約${grouped(rest)}${budget.unit}下回ります`
  return `${fiscalYearName(fy)}の主要事業の合計は、施策の予算額等（${withUnit(budget.value, budget.unit)}）を${about}。施策の予算額等には主要事業以外の経費も含まれるため、一致しません。`
}
