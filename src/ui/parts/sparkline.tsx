import { useUiWords } from '../ui-words.ts'
import { formatNumber } from './number.ts'

const width = 176
const height = 56
const edge = { left: 6, right: 38, top: 10, bottom: 10 }

/**
 * Values over time with the target as a dashed line. Gaps stay gaps: a line joins neighbours only. Everything drawn is also in the
 * label, and the table beside it has the figures. Fewer than two values make no picture, and the words say so.
 */
export const Sparkline = ({
  values,
  labels,
  unit = '',
  target = null,
  digits,
}: {
  values: readonly (number | null)[]
  labels: readonly string[]
  unit?: string
  target?: number | null
  digits?: number
}) => {
  const w = useUiWords()
  const known = values.filter((value): value is number => value !== null)
  if (known.length < 2) return <span class="sparkline--none">{known.length === 0 ? w.noValues : w.oneValue}</span>

  const shown = (value: number) => `${formatNumber(value, digits)}${unit}`
  const all = target === null ? known : [...known, target]
  const low = Math.min(...all)
  const span = Math.max(...all) - low || 1
  const x = (i: number) => round(edge.left + (i * (width - edge.left - edge.right)) / Math.max(1, values.length - 1))
  const y = (value: number) => round(height - edge.bottom - ((value - low) / span) * (height - edge.top - edge.bottom))
  const last = values.findLastIndex((value) => value !== null)
  const description =
    values.map((value, i) => `${labels[i] ?? i + 1} ${value === null ? w.missing : shown(value)}`).join('、') +
    (target === null ? '' : w.chartTarget(shown(target)))

  return (
    <svg
      class="sparkline"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={description}
    >
      {target !== null && (
        <>
          <line class="chart__target" x1="0" x2={width - edge.right + 4} y1={y(target)} y2={y(target)} />
          <text class="chart__label" x={width} y={y(target) + 4} text-anchor="end">
            {w.target}
          </text>
        </>
      )}
      {runs(values).map((run) => (
        <polyline
          key={run[0]?.[0]}
          class="chart__line"
          points={run.map(([i, value]) => `${x(i)},${y(value)}`).join(' ')}
        />
      ))}
      {values.map((value, i) =>
        value === null ? null : (
          <circle key={labels[i] ?? i} class="chart__dot" cx={x(i)} cy={y(value)} r={i === last ? 4 : 2.5} />
        ),
      )}
    </svg>
  )
}

const round = (n: number) => Math.round(n * 10) / 10

/** Stretches of neighbouring known values, as pairs of position and value. */
const runs = (values: readonly (number | null)[]) => {
  const found: [number, number][][] = [[]]
  values.forEach((value, i) => {
    if (value === null) found.push([])
    else found.at(-1)?.push([i, value])
  })
  return found.filter((run) => run.length > 1)
}
