import { addDays, formatBoth, tokyoDate, weekday } from '#core/dates.ts'

export const isWeekend = (iso: string) => '土日'.includes(weekday(iso))

/** The nth workday after a day, counted in another way than forms count it. */
export function nthWorkday(from: string, n: number): string {
  const ahead = Array.from({ length: 2 * n + 4 }, (_, at) => addDays(from, at + 1))
  return ahead.filter((day) => !isWeekend(day))[n - 1] ?? ''
}

/** A day so many days from today in Tokyo. */
export const inDays = (days: number): string => addDays(tokyoDate(new Date()), days)

/** A day as the three fields of a form. */
export function dayFields(name: string, iso: string): Record<string, string> {
  const [year = '', month = '', day = ''] = iso.split('-')
  return { [`${name}.year`]: year, [`${name}.month`]: month, [`${name}.day`]: day }
}

/** What is typed into the three boxes of a date, the year by its era. */
export function boxesOf(iso: string): [year: string, month: string, day: string] {
  const [year = 0, month = 0, day = 0] = iso.split('-').map(Number)
  return [`令和${year - 2018}`, String(month), String(day)]
}

/** The first workday from so many days ahead, as people type it and as pages show it. */
export function workdayAhead(days = 200) {
  let iso = addDays(tokyoDate(new Date()), days)
  while (isWeekend(iso)) iso = addDays(iso, 1)
  const boxes = boxesOf(iso)
  return {
    iso,
    boxes,
    /** The same as fields of `day`. */
    typed: { 'day.year': boxes[0], 'day.month': boxes[1], 'day.day': boxes[2] },
    shown: formatBoth(iso),
  }
}
