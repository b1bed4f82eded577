/** A stage over fiscal years, both ends included. `inferred`: the end, or the whole span, is not in the documents. */
export type ScheduleBar = { from: number; to: number; label: string; inferred?: 'end' | 'all' | undefined }

/** A stretch of a line: a bar or nothing, over `span` years. */
export type ScheduleCell = { bar: ScheduleBar | null; span: number }

/**
 * Lays bars on as few lines as it takes for none to overlap, in the order given; clips them to the years shown.
 * Every line's spans add up to the number of years; without bars there is one empty line.
 */
export function layRows(bars: readonly ScheduleBar[], years: readonly number[]): ScheduleCell[][] {
  const first = years[0] ?? 0
  const last = years.at(-1) ?? first
  const lines: ScheduleBar[][] = []
  for (const bar of bars) {
    if (bar.to < first || bar.from > last || bar.from > bar.to) continue
    const clipped = { ...bar, from: Math.max(bar.from, first), to: Math.min(bar.to, last) }
    const line = lines.find((others) => others.every((other) => clipped.from > other.to || clipped.to < other.from))
    if (line) line.push(clipped)
    else lines.push([clipped])
  }
  return (lines.length > 0 ? lines : [[]]).map((line) => toCells(line, first, last))
}

const toCells = (line: ScheduleBar[], first: number, last: number): ScheduleCell[] => {
  const cells: ScheduleCell[] = []
  let year = first
  for (const bar of line.toSorted((a, b) => a.from - b.from)) {
    if (bar.from > year) cells.push({ bar: null, span: bar.from - year })
    cells.push({ bar, span: bar.to - bar.from + 1 })
    year = bar.to + 1
  }
  if (year <= last) cells.push({ bar: null, span: last - year + 1 })
  return cells
}
