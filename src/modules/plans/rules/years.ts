/** Eras by the fiscal year in which they count as year 1 (元年度). */
const eras = [
  ['令和', 2019],
  ['平成', 1989],
  ['昭和', 1926],
] as const

/** 2020 → 「令和2年度」, 2019 → 「令和元年度」. Years before 昭和 stay in the Western calendar. */
export function fiscalYearName(fy: number): string {
  const era = eras.find(([, first]) => fy >= first)
  if (!era) return `${fy}年度`
  const year = fy - era[1] + 1
  return `${era[0]}${year === 1 ? '元' : year}年度`
}

/** Every fiscal year from first to last, both included. */
export const fiscalYears = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
