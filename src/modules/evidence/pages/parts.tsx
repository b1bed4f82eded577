import type { z } from 'zod'
import { formatDate } from '#core/dates.ts'
import { DateText, Facts, formatNumber, useShell, useWords } from '#ui/index.ts'
import type { closing } from '../views/days.ts'
import { en } from '../words.en.ts'
import { ja } from '../words.ja.ts'

/** Where the pages stand. */
export const places = {
  days: '/evidence',
  month: (month: string) => `/evidence?month=${month}`,
  day: (day: string) => `/evidence/${day}`,
  console: '/console/evidence',
  entry: (id: string) => `/console/evidence/entries/${id}`,
  /** The trail itself, a page of `people`. */
  trail: '/console/administration/audit',
}

export const useEvidenceWords = () => useWords({ ja, en })

/** A day (ISO), or a month, within a sentence. */
export function useDay(): (iso: string) => string {
  const { language } = useShell()
  return (iso) => {
    if (language === 'ja') return iso.length === 7 ? formatDate(`${iso}-01`).replace(/1日.*$/, '') : formatDate(iso)
    const date = new Date(`${iso.length === 7 ? `${iso}-01` : iso}T00:00:00Z`)
    return (iso.length === 7 ? englishMonth : englishDay).format(date)
  }
}

const englishDay = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
const englishMonth = new Intl.DateTimeFormat('en-GB', { year: 'numeric', month: 'long', timeZone: 'UTC' })

/** A long value that may break anywhere. */
export const Value = ({ children }: { children: string }) => <code class="as-typed">{children}</code>

/** What a seal says. */
export const SealFacts = ({ seal, added }: { seal: z.output<typeof closing>; added?: number }) => {
  const w = useEvidenceWords()
  return (
    <Facts
      items={[
        { label: w.days.at, value: <DateText date={seal.sealedAt} /> },
        { label: w.days.number, value: formatNumber(seal.number) },
        { label: w.days.size, value: w.days.entries(formatNumber(seal.size)) },
        ...(added === undefined ? [] : [{ label: w.day.added, value: w.days.entries(formatNumber(added)) }]),
        { label: w.days.root, value: <Value>{seal.root}</Value> },
        { label: w.days.hash, value: <Value>{seal.hash}</Value> },
      ]}
    />
  )
}
