import type { z } from 'zod'
import { Whole } from '#ui/index.ts'
import type { reportPage } from '../views/report.ts'
import { usePlanWords } from '../words.ts'

type Shown = z.output<typeof reportPage.output>

/** Issues, policy, results and the way ahead, numbered as on the sheet. */
export const Lists = ({ shown: { report } }: { shown: Shown }) => {
  const w = usePlanWords()
  return (
    <>
      {report.lists.map(({ heading, items, focusMeaning }) => (
        <section>
          <h2>
            <Whole>{heading}</Whole>
          </h2>
          {items.map(({ mark, focus, department, text, facts, remaining }) => (
            <>
              <p>
                {focus && '○'}
                {mark}　{department && `（${department}）`}
                {text}
              </p>
              {(facts.length > 0 || remaining) && (
                <ul>
                  {facts.map((fact) => (
                    <li>{fact}</li>
                  ))}
                  {remaining && (
                    <li>
                      {w.report.remaining}：{remaining}
                    </li>
                  )}
                </ul>
              )}
            </>
          ))}
          {focusMeaning && (
            <p class="small muted">
              {focusMeaning}です。
              {items.every(({ focus }) => focus === null) && w.report.focusUnknown}
            </p>
          )}
        </section>
      ))}
    </>
  )
}

/** What the marks mean, and where everything comes from. */
export const Notes = ({ shown: { report } }: { shown: Shown }) => {
  const w = usePlanWords()
  const rates = [...report.main.rows, ...report.sub.rows].flatMap(({ years }) => years.map((year) => year.achievement))
  const digest = report.vision?.digest || report.lists.some((one) => one.digest)
  return (
    <>
      <h2>{w.notes}</h2>
      <ul>
        <li>{w.report.note(report.unknown)}</li>
        {rates.some((one) => one?.state === 'printed') && <li>{w.report.notePrinted}</li>}
        {digest && <li>{w.report.noteDigest}</li>}
        {report.observations.map(({ indicator, texts }) => (
          <li>
            {w.report.observed(indicator)}：{texts.join('。')}。
          </li>
        ))}
      </ul>
      {report.notes.map(({ no, text }) => (
        <p class="small" id={`note-${no}`}>
          ※{no}　{text}
        </p>
      ))}
      {report.sources.length > 0 && (
        <>
          <h2>{w.sources}</h2>
          <ul>
            {report.sources.map(({ id, title }) => (
              <li>
                {w.sourceNamed(id)}：{title}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
