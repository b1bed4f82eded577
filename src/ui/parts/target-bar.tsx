import { useUiWords } from '../ui-words.ts'
import { formatNumber } from './number.ts'

const width = 320
const height = 28

/** One actual value against its target. Without either there is nothing to compare and no picture;
 * the words say which one is missing. */
export const TargetBar = ({
  label,
  value,
  target,
  unit = '',
  digits,
}: {
  label: string
  value: number | null
  target: number | null
  unit?: string
  digits?: number
}) => {
  const w = useUiWords()
  const shown = (n: number) => `${formatNumber(n, digits)}${unit}`
  const valueWords = `${w.actual} ${value === null ? w.missing : shown(value)}`
  const targetWords = target === null ? w.noTarget : `${w.target} ${shown(target)}`
  const full = Math.max(value ?? 0, target ?? 0, 0) * 1.06 || 1
  const x = (n: number) => Math.round((Math.max(0, n) / full) * width * 10) / 10
  return (
    <div class="target-bar">
      <p class="target-bar__label">{label}</p>
      {value !== null && target !== null && (
        <svg
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`${label}：${valueWords}、${targetWords}`}
        >
          <rect class="chart__ground" x="0" y="6" width={width} height="16" />
          <rect class="chart__bar" x="0" y="6" width={x(value)} height="16" />
          {/* A pale line under the dashed one, so that it is seen on the bar too. */}
          <line class="chart__halo" x1={x(target)} x2={x(target)} y1="0" y2={height} />
          <line class="chart__target" x1={x(target)} x2={x(target)} y1="0" y2={height} />
        </svg>
      )}
      <p class="target-bar__words">
        <span>{valueWords}</span>
        <span>{targetWords}</span>
      </p>
    </div>
  )
}
