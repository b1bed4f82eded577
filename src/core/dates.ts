/**
 * Dates as people here write them. A date is an ISO string ('2026-11-21'), a moment is a `Date`; a moment becomes a
 * date only in Asia/Tokyo. Functions that take an ISO date throw a RangeError on anything else: what people type goes
 * through `parseDate` first.
 */
import { eraOn, eraYear, isoOf, partsOf } from './eras.ts'

export { type DateParts, type ParsedDate, parseDate } from './parse-date.ts'

const weekdays = ['日', '月', '火', '水', '木', '金', '土']

function parts(iso: string) {
  const found = partsOf(iso)
  if (!found) throw new RangeError(`not an ISO date: ${JSON.stringify(String(iso).slice(0, 40))}`)
  return found
}

/** Days since 1970-01-01. `Date.UTC` alone would read the years 1–99 as 1901–1999. */
function dayNumber(iso: string): number {
  const { year, month, day } = parts(iso)
  return new Date(0).setUTCFullYear(year, month - 1, day) / 86_400_000
}

/** Whether a text is an ISO date of the calendar: '2026-02-30' is not. */
export const isIsoDate = (text: string): boolean => partsOf(text) !== undefined

/** The day `days` later (or earlier, where negative). */
export function addDays(iso: string, days: number): string {
  const at = new Date((dayNumber(iso) + days) * 86_400_000)
  return isoOf(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate())
}

/** 土 */
export const weekday = (iso: string): string => weekdays[(((dayNumber(iso) + 4) % 7) + 7) % 7]!

/** 2026年11月21日（土） */
export function formatDate(iso: string): string {
  const { year, month, day } = parts(iso)
  return `${year}年${month}月${day}日（${weekday(iso)}）`
}

/** 令和8 or 令和元 of an ISO date; undefined before 1873, when the calendar was another. */
function eraAndYear(iso: string): string | undefined {
  const era = eraOn(iso)
  return era && `${era.name}${eraYear(parts(iso).year - era.firstYear + 1)}`
}

/** 令和8年11月21日; the western year where there is no era of this calendar (before 1873). */
export function formatEra(iso: string): string {
  const { year, month, day } = parts(iso)
  return `${eraAndYear(iso) ?? year}年${month}月${day}日`
}

/** 2026年（令和8年）11月21日（土） */
export function formatBoth(iso: string): string {
  const { year, month, day } = parts(iso)
  const era = eraAndYear(iso)
  return `${year}年${era ? `（${era}年）` : ''}${month}月${day}日（${weekday(iso)}）`
}

/** Nine hours ahead of UTC all year: Japan has had no summer time since 1951, and moments are of this century. */
const ahead = 9 * 3_600_000

function tokyo(at: Date) {
  const [iso = '', time = ''] = new Date(at.getTime() + ahead).toISOString().split('T')
  return { iso, time: time.slice(0, 5) }
}

/** The calendar day of a moment in Asia/Tokyo, as an ISO date. */
export const tokyoDate = (at: Date): string => tokyo(at).iso

/** The moment at which an ISO date begins in Asia/Tokyo. */
export const dayBegins = (iso: string): Date => new Date(`${iso}T00:00:00+09:00`)

/** 2026年11月21日（土）14:31, in Asia/Tokyo. */
export function formatDateTime(at: Date): string {
  const { iso, time } = tokyo(at)
  return `${formatDate(iso)}${time}`
}

/** The fiscal year (年度, from April 1: 地方自治法208条1項) of an ISO date or of a moment, by its first western year. */
export function fiscalYear(day: string | Date): number {
  const { year, month } = parts(typeof day === 'string' ? day : tokyoDate(day))
  return month >= 4 ? year : year - 1
}

/**
 * 令和8（2026）年度. 2019 is 令和元年度 although its April was 平成31年 (cabinet secretariat, 改元に伴う元号による年表示の取扱い,
 * 2019-04-01); every other change of era fell late enough in the fiscal year to leave its name alone.
 */
export const fiscalYearLabel = (fy: number): string => {
  const era = eraAndYear(isoOf(fy, 5, 1))
  return era ? `${era}（${fy}）年度` : `${fy}年度`
}

/** First day, and first day of the next fiscal year (exclusive). */
export const fiscalYearPeriod = (fy: number): { from: string; to: string } => ({
  from: isoOf(fy, 4, 1),
  to: isoOf(fy + 1, 4, 1),
})

/**
 * The day on which a person reaches an age: the day before the birthday, at whose end the year is full
 * (年齢計算ニ関スル法律, 明治35年法律第50号; 民法143条2項). Who is born on February 29 reaches it on February 28 in every year.
 */
export function reachesAge(birth: string, age: number): string {
  const { year, month, day } = parts(birth)
  if (age <= 0) return birth
  return month === 2 && day === 29 ? isoOf(year + age, 2, 28) : addDays(isoOf(year + age, month, day), -1)
}

/**
 * The age in the sense of the law on a day: an age reached at the end of that very day counts, so a child born on
 * April 1 is six on March 31. Negative before the birth is refused with a RangeError.
 */
export function ageOn(birth: string, day: string): number {
  if (day < birth) throw new RangeError('the day lies before the birth')
  const guess = parts(day).year - parts(birth).year
  if (reachesAge(birth, guess + 1) <= day) return guess + 1
  return reachesAge(birth, guess) <= day ? guess : guess - 1
}
