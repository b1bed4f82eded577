/** The first and the last day that a date may be, said as a day or counted from today. */
import { addDays, formatDate, isIsoDate, weekday } from '#core/dates.ts'
import type { Field, FieldOf } from '../definition/definition.ts'

/** A day; so many days from today (before it, where negative); or so many workdays, Monday to Friday. */
export type DateBound = string | { daysFromToday: number } | { workdaysFromToday: number }

/** Monday to Friday. Holidays are workdays here: which ones an office keeps, a form does not know. */
export const isWorkday = (iso: string): boolean => !['土', '日'].includes(weekday(iso))

/**
 * The nth workday after a day, or before it where n is negative; 0 is the day itself. Undefined beyond the years that a
 * date can be written in.
 */
export function workdaysFrom(iso: string, n: number): string | undefined {
  const step = n < 0 ? -1 : 1
  let day = iso
  for (let left = Math.abs(n); left > 0; ) {
    day = addDays(day, step)
    if (!isIsoDate(day)) return undefined
    if (isWorkday(day)) left--
  }
  return day
}

/** The day that a bound means today; undefined where there is none, and where it isn't said which day today is. */
export function boundOn(bound: DateBound | undefined, today: string | undefined): string | undefined {
  if (typeof bound === 'string' || bound === undefined) return bound
  if (today === undefined) return undefined
  if ('workdaysFromToday' in bound) return workdaysFrom(today, bound.workdaysFromToday)
  const day = addDays(today, bound.daysFromToday)
  return isIsoDate(day) ? day : undefined
}

/** Whether what may be answered depends on the day. */
export const hangsOnToday = (field: Field): boolean =>
  field.kind === 'date' && [field.earliest, field.latest].some((bound) => typeof bound === 'object')

/** What is wrong with a day that was read rightly; a sentence that names the days to choose from. */
export function outOfBounds(field: FieldOf<'date'>, iso: string, today: string | undefined): string | undefined {
  const [earliest, latest] = [boundOn(field.earliest, today), boundOn(field.latest, today)]
  if (earliest && iso < earliest) return `${field.label}は${formatDate(earliest)}以降の日付を入力してください`
  if (latest && iso > latest) return `${field.label}は${formatDate(latest)}以前の日付を入力してください`
  if (field.workdaysOnly && !isWorkday(iso)) {
    return `${field.label}は月曜日から金曜日までの日付を入力してください。${formatDate(iso)}は選べません`
  }
  return undefined
}
