/** Reads the dates that people type, and says in a sentence what is wrong with the others. */
import { daysInMonth, type Era, eraOn, eras, eraYear, isoOf } from './eras.ts'
import { ja } from './words.ja.ts'

/** What three inputs (and an optional choice of era) send. */
export type DateParts = { era?: string; year: string; month: string; day: string }

/** `reason` is one Japanese sentence without its full stop; `part` names the input that is wrong, where one is. */
export type ParsedDate = { ok: true; iso: string } | { ok: false; reason: string; part?: 'year' | 'month' | 'day' }

const number = '[0-9〇零一二三四五六七八九十]{1,8}'
const eraNames = `西暦|${eras.flatMap((era) => [era.name, era.short, era.letter]).join('|')}`
const separated = new RegExp(`^(${eraNames})?(${number}|元)(?:年|[-./])(${number})(?:月|[-./])(${number})日?$`, 'i')
const compact = new RegExp(`^(?:(${eraNames})([0-9]{2})|([0-9]{4}))([0-9]{2})([0-9]{2})$`, 'i')
const eraAndYear = new RegExp(`^(${eraNames})?(${number}|元)年?$`, 'i')
const w = ja.date

const no = (reason: string, part?: 'year' | 'month' | 'day'): ParsedDate => ({ ok: false, reason, part })

/** Full-width to half-width, every dash and dot to one, spaces and a weekday in brackets away. */
const tidy = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/[\p{Dash_Punctuation}\u2212\u30fc]/gu, '-')
    .replace(/[。．・,、]/g, '.')
    .replace(/\s+/g, '')
    .replace(/\([日月火水木金土](?:曜日?)?\)$/, '')

/** 8, 二〇二六, 十一, 二十三, 三十一; NaN for the rest. */
function toNumber(text: string): number {
  if (/^[0-9]+$/.test(text)) return Number(text)
  const digits = text.replace(/[〇零一二三四五六七八九]/g, (c) =>
    String('零一二三四五六七八九'.indexOf(c === '〇' ? '零' : c)),
  )
  if (/^[0-9]+$/.test(digits)) return Number(digits)
  const tens = /^([1-9]?)十([1-9]?)$/.exec(digits)
  return tens ? Number(tens[1] || 1) * 10 + Number(tens[2] || 0) : Number.NaN
}

const findEra = (name: string) =>
  eras.find((era) => era.name === name || era.short === name || era.letter === name.toUpperCase())

const spoken = (era: Era, year: number, month: number, day: number) =>
  `${era.name}${eraYear(year - era.firstYear + 1)}年${month}月${day}日`

/** The sentence for a pair that never was, such as 昭和65年 or 令和元年4月30日, with what may have been meant. */
function impossible(era: Era, iso: string, year: number, month: number, day: number): string {
  const right = eraOn(iso)
  if (!right) return w.otherCalendar
  const [firstYear, firstMonth, firstDay] = era.from.split('-').map(Number) as [number, number, number]
  if (iso < era.from) {
    const first = spoken(era, firstYear, firstMonth, firstDay).slice(era.name.length)
    return w.eraBegins(era.name, first, spoken(right, year, month, day))
  }
  const next = eras[eras.indexOf(era) - 1]!
  const last = new Date(Date.parse(next.from) - 86_400_000)
  const until = spoken(era, last.getUTCFullYear(), last.getUTCMonth() + 1, last.getUTCDate()).slice(era.name.length)
  return w.eraEnds(era.name, until, spoken(right, year, month, day))
}

function fromNumbers(eraName: string, yearText: string, monthText: string, dayText: string): ParsedDate {
  const western = eraName === '' || eraName === '西暦'
  const era = western ? undefined : findEra(eraName)
  if (!western && !era) return no(w.noSuchEra(eras.map(({ name }) => name)), 'year')
  const typed = yearText === '元' ? 1 : toNumber(yearText)
  const [month, day] = [toNumber(monthText), toNumber(dayText)]

  if (western && (yearText === '元' || !(typed >= 1000 && typed <= 9999))) {
    return no(w.year, 'year')
  }
  if (!(typed >= 1 && typed <= 9999)) return no(w.yearNumber, 'year')
  if (!(month >= 1 && month <= 12)) return no(w.month, 'month')

  // 令和2026 is a western year behind an era's name; the year cannot be guessed for the person.
  if (era && typed > 200) return no(w.noSuchYear(`${era.name}${typed}`), 'year')
  const year = era ? era.firstYear + typed - 1 : typed
  const last = daysInMonth(year, month)
  if (!(day >= 1 && day <= 31)) return no(w.day(last), 'day')
  if (day > last) return no(w.monthEnds(year, month, last), 'day')

  const iso = isoOf(year, month, day)
  if (era && eraOn(iso) !== era) return no(impossible(era, iso, year, month, day), 'year')
  return { ok: true, iso }
}

function fromParts(parts: DateParts): ParsedDate {
  const [era, year, month, day] = [parts.era ?? '', parts.year, parts.month, parts.day].map((part) =>
    // What is too long to be a number of a date must not become one by being cut.
    part.length > 40 ? '?' : tidy(part),
  ) as [string, string, string, string]
  const given = { year, month, day }
  const missing = (['year', 'month', 'day'] as const).filter((part) => !given[part])
  if (missing.length > 0) return no(w.missingParts(missing), missing[0])

  const found = eraAndYear.exec(year)
  if (!found) return no(w.year, 'year')
  // The era typed in the input wins over the one in the list: 令和 chosen, 昭和60 typed is 昭和60.
  return fromNumbers(found[1] ?? era, found[2]!, month.replace(/月$/, ''), day.replace(/日$/, ''))
}

/**
 * Reads a date: ISO, 2026/5/1, 20260501, 令6.5.1, R6/5/1, R060501, 令和六年五月一日, 元年, full-width digits, or the three
 * inputs year, month, day (the year may carry its era). An era and a year that never met are refused with what may
 * have been meant. Years 1000–9999; era dates from 1873-01-01. Never throws.
 */
export function parseDate(typed: string | DateParts): ParsedDate {
  if (typeof typed !== 'string') return fromParts(typed)
  if (typed.length > 60) return no(w.tooLong)
  const text = tidy(typed)
  if (text === '') return no(w.missing)
  const found = separated.exec(text)
  if (found) return fromNumbers(found[1] ?? '', found[2]!, found[3]!, found[4]!)
  const tight = compact.exec(text)
  if (tight) return fromNumbers(tight[1] ?? '', tight[2] ?? tight[3]!, tight[4]!, tight[5]!)
  return no(w.unclear)
}
