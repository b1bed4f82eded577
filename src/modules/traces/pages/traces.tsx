import type { Reference } from '#core/reference.ts'
import { ButtonLink, DateText, Hidden, Panel, useWords } from '#ui/index.ts'
import { type Direction, type TraceKind, traceKinds } from '../rules.ts'
import type { TraceShown } from '../views/of.ts'
import { en } from '../words.en.ts'
import { ja } from '../words.ja.ts'

const words = { ja, en }

/** The address of the picker for one thing. */
export const pickerPath = ({ module, kind, id }: Reference) =>
  `/console/traces/new?${new URLSearchParams({ module, kind, id })}`

type TracesProps = {
  of: Reference
  traces: readonly TraceShown[]
  /** staff may add and withdraw links; a public page without links shows nothing */
  editable?: boolean
}

/** The panel つながり: what a thing is linked with, by kind and direction. For the pages of all modules. */
export const Traces = ({ of, traces, editable = false }: TracesProps) => {
  const w = useWords(words)
  if (traces.length === 0 && !editable) return null
  return (
    <Panel title={w.title} id="traces">
      {traces.length === 0 && <p class="muted">{w.none}</p>}
      {grouped(traces).map(({ kind, direction, links }) => (
        <section key={`${kind}-${direction}`}>
          <h3>{w.kinds[kind][direction].heading}</h3>
          {links.map((link) => (
            <Link key={link.id} link={link} editable={editable} />
          ))}
        </section>
      ))}
      {editable && (
        <p>
          <ButtonLink small href={pickerPath(of)}>
            {w.add}
          </ButtonLink>
        </p>
      )}
    </Panel>
  )
}

const Link = ({ link, editable }: { link: TraceShown; editable: boolean }) => {
  const w = useWords(words)
  const { id, reason, at, other } = link
  return (
    <p>
      <a href={other.href}>{other.title}</a>{' '}
      <span class="small muted">（{[other.label, other.state].filter(Boolean).join('・')}）</span>
      <br />
      <span class="small">{w.because(reason)}</span>
      <br />
      <span class="small muted">
        <Hidden>{w.made} </Hidden>
        <DateText date={at} />
      </span>
      {editable && (
        <>
          {' '}
          <a class="small" href={`/console/traces/${id}`}>
            {w.correct}
            <Hidden>{w.correctHidden(other.title)}</Hidden>
          </a>
        </>
      )}
    </p>
  )
}

/** One group per heading, in the order of the kinds. */
function grouped(traces: readonly TraceShown[]) {
  const groups: { kind: TraceKind; direction: Direction; links: TraceShown[] }[] = []
  for (const kind of traceKinds) {
    const directions: Direction[] = kind === 'related' ? ['there'] : ['back', 'there']
    for (const direction of directions) {
      const links = traces.filter((one) => one.kind === kind && (kind === 'related' || one.direction === direction))
      if (links.length > 0) groups.push({ kind, direction, links })
    }
  }
  return groups
}
