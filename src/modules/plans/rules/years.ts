import { fiscalYearLabel } from '#core/dates.ts'

/** 2020 → 「令和2年度」, 2019 → 「令和元年度」, as the sheets print it: without the western year. */
export const fiscalYearName = (fy: number): string => fiscalYearLabel(fy).replace(`（${fy}）`, '')

/** Every fiscal year from first to last, both included. */
export const fiscalYears = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
