/**
 * The eras (元号) of the Gregorian calendar in Japan, as data: a future 改元 is one more line here.
 *
 * Sources: 元号法 (昭和54年法律第43号), 元号を改める政令 of 1989 and 2019, the edicts of 1912 and 1926. The Gregorian
 * calendar came with 明治5年太政官布告第337号: 明治6年1月1日 is 1873-01-01. Earlier dates were counted by the old
 * lunisolar calendar, so no era date before that day is read or written here.
 */

export type Era = { name: string; short: string; letter: string; from: string; firstYear: number }

/** Newest first. `firstYear` is the western year of 元年; `from` the first day (for 明治: of the Gregorian calendar). */
export const eras: readonly Era[] = [
  { name: '令和', short: '令', letter: 'R', from: '2019-05-01', firstYear: 2019 },
  { name: '平成', short: '平', letter: 'H', from: '1989-01-08', firstYear: 1989 },
  { name: '昭和', short: '昭', letter: 'S', from: '1926-12-25', firstYear: 1926 },
  { name: '大正', short: '大', letter: 'T', from: '1912-07-30', firstYear: 1912 },
  { name: '明治', short: '明', letter: 'M', from: '1873-01-01', firstYear: 1868 },
]

/** The era in force on a day (ISO), or undefined before 1873-01-01. */
export const eraOn = (iso: string): Era | undefined => eras.find((era) => era.from <= iso)

/** `8` → `8`, `1` → `元`. */
export const eraYear = (year: number): string => (year === 1 ? '元' : String(year))

/** Days in a month (1–12) of a western year. */
export function daysInMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** `2026, 5, 1` → `2026-05-01`; the caller has checked the numbers. */
export const isoOf = (year: number, month: number, day: number): string =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`

/** Year, month and day of an ISO date, or undefined where the text is no date of the calendar. */
export function partsOf(iso: string): { year: number; month: number; day: number } | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso)
  if (!found) return undefined
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])]
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined
  return { year, month, day }
}
