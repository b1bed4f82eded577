import { formatDate, formatDateTime, formatEra, tokyoDate } from '#core/dates.ts'
import { useShell } from '../shell.tsx'

const english = (at: Date, time: boolean) =>
  new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'full',
    ...(time && { timeStyle: 'short' as const }),
    timeZone: time ? 'Asia/Tokyo' : 'UTC',
  }).format(at)

/** A day (`YYYY-MM-DD`) or a moment (Date, in Tokyo time) with its weekday; `era` adds the 和暦 where law uses it. */
export const DateText = ({ date, era = false }: { date: string | Date; era?: boolean }) => {
  const { language } = useShell()
  const moment = typeof date !== 'string'
  if (language === 'en')
    return (
      <time datetime={moment ? date.toISOString() : date}>
        {moment ? english(date, true) : english(new Date(`${date}T00:00:00Z`), false)}
      </time>
    )
  const shown = moment ? formatDateTime(date) : formatDate(date)
  const day = moment ? tokyoDate(date) : date
  return (
    <time datetime={moment ? date.toISOString() : date}>
      {shown}
      {era && (
        <>
          {'　'}
          <span class="era">{formatEra(day)}</span>
        </>
      )}
    </time>
  )
}
