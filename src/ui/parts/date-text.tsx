import { formatDate, formatDateTime, formatEra, tokyoDate } from '#core/dates.ts'
import { useShell } from '../shell.tsx'

const english = (at: Date, style: 'full' | 'long', time: boolean) =>
  new Intl.DateTimeFormat('en-GB', {
    dateStyle: style,
    ...(time && { timeStyle: 'short' as const }),
    timeZone: time ? 'Asia/Tokyo' : 'UTC',
  }).format(at)

const isoDay = (date: string | Date) => (typeof date === 'string' ? date : tokyoDate(date))
const midnight = (iso: string) => new Date(`${iso}T00:00:00Z`)

/** Days and moments within a sentence, in the page's language and in Tokyo's time; a day may be given by its moment. */
export function useDates(): { day(date: string | Date): string; moment(at: Date): string } {
  const { language } = useShell()
  if (language === 'ja') return { day: (date) => formatDate(isoDay(date)), moment: formatDateTime }
  return {
    day: (date) => english(midnight(isoDay(date)), 'long', false),
    moment: (at) => english(at, 'long', true),
  }
}

/** A day (ISO) within a sentence, in the page's language. */
export const useDay = (): ((iso: string) => string) => useDates().day

/** A day (`YYYY-MM-DD`) or a moment (Date, in Tokyo time) with its weekday; `era` adds the 和暦 where law uses it. */
export const DateText = ({ date, era = false }: { date: string | Date; era?: boolean }) => {
  const { language } = useShell()
  const moment = typeof date !== 'string'
  if (language === 'en')
    return (
      <time datetime={moment ? date.toISOString() : date}>
        {moment ? english(date, 'full', true) : english(midnight(date), 'full', false)}
      </time>
    )
  return (
    <time datetime={moment ? date.toISOString() : date}>
      {moment ? formatDateTime(date) : formatDate(date)}
      {era && (
        <>
          {'　'}
          <span class="era">{formatEra(isoDay(date))}</span>
        </>
      )}
    </time>
  )
}
