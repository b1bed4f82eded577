import { useUiWords } from '../ui-words.ts'
import { formatNumber } from './number.ts'

/** A number with its unit. null is shown in words, never as 0 or as a blank; `href` leads to what was counted. */
export const Figure = ({
  value,
  unit = '',
  missing,
  href,
  digits,
  strong = false,
}: {
  value: number | string | null | undefined
  unit?: string
  missing?: string
  href?: string
  digits?: number
  strong?: boolean
}) => {
  const w = useUiWords()
  if (value === null || value === undefined || value === '')
    return <span class="figure figure--missing">{missing ?? w.missing}</span>
  const shown = (
    <>
      {formatNumber(value, digits)}
      {unit && <span class="figure__unit">{unit}</span>}
    </>
  )
  return (
    <span class="figure" data-strong={strong ? '' : undefined}>
      {href ? <a href={href}>{shown}</a> : shown}
    </span>
  )
}
