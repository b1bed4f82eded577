import type { Child } from '../jsx/element.ts'
import { useShell } from '../shell.tsx'
import { useUiWords } from '../ui-words.ts'
import { formatNumber } from './number.ts'

/** Long work: how far it has come, in words too. null: begun, but not countable yet. */
export const Progress = ({
  label,
  value,
  max = 100,
  note,
}: {
  label: string
  value: number | null
  max?: number
  note?: Child
}) => {
  const w = useUiWords()
  const words = value === null ? w.progressUnknown : w.progressOf(formatNumber(value), formatNumber(max))
  return (
    <div class="progress">
      <p class="progress__label">{label}</p>
      <progress aria-label={label} value={value ?? undefined} max={max}>
        {words}
      </progress>
      <p class="progress__words">{words}</p>
      {note}
    </div>
  )
}

/**
 * A region that changes without the rest of the page. Forms inside it swap only this region of the page that answers; with
 * `refresh` (seconds) it also fetches itself anew. Without JavaScript forms load the page, and a link does the fetching.
 */
export const LiveRegion = ({ id, refresh, children }: { id: string; refresh?: number; children?: Child }) => {
  const w = useUiWords()
  const { path } = useShell()
  return (
    <live-region>
      <div id={id} aria-live="polite" data-refresh={refresh}>
        {children}
        {refresh !== undefined && (
          <p class="live__reload">
            <a href={path}>{w.reload}</a>
          </p>
        )}
      </div>
    </live-region>
  )
}
