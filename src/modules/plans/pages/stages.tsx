import { Schedule } from '#ui/index.ts'
import type { Stages } from '../views/stages.ts'
import { usePlanWords } from '../words.ts'
import { paths } from './parts.tsx'

/** The initiatives of a plan over its years, group by group. */
export const StagesTable = ({ stages }: { stages: Stages }) => {
  const w = usePlanWords()
  const { rows, distinct, phases, inferred } = stages.counts
  return (
    <>
      <p>
        {w.plan.counts(rows, distinct, phases)}
        {inferred > 0 && w.plan.countsInferred(inferred)}
      </p>
      <Schedule
        caption={w.plan.schedule(stages.years[0] ?? 0, stages.years.at(-1) ?? 0)}
        years={stages.years}
        rows={stages.groups.flatMap(({ no, title, rows }) =>
          rows.map((row, i) => ({
            number: row.no,
            name: (
              <>
                {i === 0 && title && (
                  <>
                    <b>
                      {no !== null && `${w.plan.group(no)}　`}
                      {title}
                    </b>
                    <br />
                  </>
                )}
                <a href={paths.initiative(row.slug)}>{row.title}</a>
                <br />
                <span class="small muted">
                  {row.actor ?? w.unknown}
                  {row.restates && (
                    <>
                      {'・'}
                      <a href={paths.initiative(row.restates.slug)}>{w.plan.restates(row.restates.no)}</a>
                    </>
                  )}
                </span>
              </>
            ),
            bars: row.bars.map(({ from, to, label, labelInferred, inferred }) => ({
              from,
              to,
              label: labelInferred ? `${label}？` : label,
              ...(inferred && { inferred }),
            })),
          })),
        )}
      />
    </>
  )
}
