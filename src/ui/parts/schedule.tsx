import { fiscalYearLabel } from '#core/dates.ts'
import type { Child } from '../jsx/element.ts'
import { useShell } from '../shell.tsx'
import { useUiWords } from '../ui-words.ts'
import { layRows, type ScheduleBar } from './schedule-rows.ts'

export type ScheduleRow = { number?: string | number; name: Child; href?: string; bars: readonly ScheduleBar[] }

/**
 * Initiatives with their stages over fiscal years: a table whose cells span years, so a screen reader hears the same as the eye
 * sees. Spans that overlap get lines of their own. An inferred span is hatched, dashed and says so in words.
 */
export const Schedule = ({
  caption,
  years,
  rows,
}: {
  caption: string
  years: readonly number[]
  rows: readonly ScheduleRow[]
}) => {
  const w = useUiWords()
  const { language } = useShell()
  const anyInferred = rows.some(({ bars }) => bars.some(({ inferred }) => inferred))
  const numbered = rows.some(({ number }) => number !== undefined)
  const yearLabel = (year: number) => (language === 'ja' ? fiscalYearLabel(year) : `FY${year}`)
  return (
    <div class="schedule">
      <section class="scroll" tabindex={0} aria-label={caption}>
        <table class="table">
          <caption>{caption}</caption>
          <thead>
            <tr>
              {numbered && (
                <th scope="col" class="num">
                  {w.number}
                </th>
              )}
              <th scope="col">{w.initiative}</th>
              {years.map((year) => (
                <th key={year} scope="col" class="schedule__year">
                  {yearLabel(year)}
                </th>
              ))}
            </tr>
          </thead>
          {rows.map((row) => (
            <ScheduleBody key={String(row.number ?? row.name)} row={row} years={years} numbered={numbered} />
          ))}
        </table>
      </section>
      {anyInferred && <p class="small muted">{w.scheduleLegend}</p>}
    </div>
  )
}

/** The lines of one initiative. A `tbody` of its own lets number and name reach over all of them. */
const ScheduleBody = ({
  row: { number, name, href, bars },
  years,
  numbered,
}: {
  row: ScheduleRow
  years: readonly number[]
  numbered: boolean
}) => {
  const w = useUiWords()
  const lines = layRows(bars, years)
  return (
    <tbody>
      {lines.map((line, i) => (
        <tr>
          {i === 0 && numbered && (
            <td class="num" rowspan={lines.length}>
              {number}
            </td>
          )}
          {i === 0 && (
            <th scope="rowgroup" rowspan={lines.length}>
              {href ? <a href={href}>{name}</a> : name}
            </th>
          )}
          {line.map(({ bar, span }) =>
            bar ? (
              <td class="schedule__cell" colspan={span}>
                <div class="schedule__bar" data-inferred={bar.inferred}>
                  {bar.label}
                  {bar.inferred && (
                    <span class="schedule__inferred">（{bar.inferred === 'end' ? w.inferredEnd : w.inferred}）</span>
                  )}
                </div>
              </td>
            ) : (
              <td class="schedule__cell" colspan={span} />
            ),
          )}
        </tr>
      ))}
    </tbody>
  )
}
