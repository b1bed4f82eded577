import { formatDateTime } from '#core/dates.ts'
import { useShell } from '../shell.tsx'
import { useUiWords } from '../ui-words.ts'

/** Head of the paper: what it is, whose, and when it was printed. Not seen on the screen. */
export const PrintHeader = ({
  title,
  number,
  office,
  at,
}: {
  title: string
  number?: string
  office?: string
  at?: Date
}) => {
  const { tenant, language } = useShell()
  const w = useUiWords()
  const when = at && (language === 'ja' ? formatDateTime(at) : at.toLocaleString('en-GB', { timeZone: 'Asia/Tokyo' }))
  return (
    <div class="print-header">
      <p class="print-header__title">{title}</p>
      <p>
        {tenant?.name}
        {office && (
          <span>
            　{w.issuedBy} {office}
          </span>
        )}
        {number && <span>　{number}</span>}
        {when && <span>　{w.printed(when)}</span>}
      </p>
    </div>
  )
}
