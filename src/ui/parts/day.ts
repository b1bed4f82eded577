import { formatDate } from '#core/dates.ts'
import { useShell } from '../shell.tsx'

const english = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** A day (ISO) within a sentence, in the page's language. */
export function useDay(): (iso: string) => string {
  const { language } = useShell()
  if (language === 'ja') return formatDate
  return (iso) => english.format(new Date(`${iso}T00:00:00Z`))
}
