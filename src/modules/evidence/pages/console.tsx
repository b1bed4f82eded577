import type { z } from 'zod'
import { Badge, Console, EmptyState, Facts, formatNumber, Note, Panel, Table } from '#ui/index.ts'
import type { evidenceEntry } from '../views/entry.ts'
import type { evidenceState } from '../views/state.ts'
import { places, SealFacts, useEvidenceWords, Value } from './parts.tsx'

/** `told`: the number that a witness knows; null = none yet, 'away' = it can't be asked now. */
export type WitnessState = { name: string; told: number | null | 'away' }

type StateProps = z.output<typeof evidenceState.output> & { witnesses: readonly WitnessState[] }

/** How far the trail is sealed, and how far that is known outside. */
export const StatePage = ({ newest, waiting, witnesses }: StateProps) => {
  const { days, console: w } = useEvidenceWords()
  const ahead = witnesses.some(({ told }) => typeof told === 'number' && told > (newest?.number ?? 0))
  return (
    <Console title={w.title} crumbs={[{ label: w.title }]}>
      <p>{w.lead}</p>
      {ahead && <Note kind="error">{w.ahead}</Note>}
      <Panel title={w.newest}>
        {newest ? <SealFacts seal={newest} /> : <EmptyState title={days.none} />}
        <Facts
          items={[
            {
              label: w.waiting,
              value: `${days.entries(formatNumber(waiting))}${waiting > 0 ? `　${w.waitingHint}` : ''}`,
            },
            { label: w.public, value: <a href={places.days}>{days.title}</a> },
          ]}
        />
      </Panel>
      <Panel title={w.witnesses}>
        <Table
          caption={w.witnesses}
          hideCaption
          columns={[
            { label: w.witness, head: true, wide: true, cell: ({ name }) => <Value>{name}</Value> },
            { label: w.told, cell: ({ told }) => saidOf(w, told) },
            { label: w.newest, cell: ({ told }) => <Freshness told={told} newest={newest?.number ?? 0} /> },
          ]}
          rows={witnesses}
        />
      </Panel>
      <Panel title={w.look}>
        <p>
          {w.lookText} <a href={places.trail}>{w.toTrail}</a>
        </p>
      </Panel>
    </Console>
  )
}

type Words = ReturnType<typeof useEvidenceWords>['console']

const saidOf = (w: Words, told: WitnessState['told']) =>
  told === 'away' ? w.away : told === null ? w.toldNone : formatNumber(told)

const Freshness = ({ told, newest }: { told: WitnessState['told']; newest: number }) => {
  const w = useEvidenceWords().console
  if (told === 'away') return <Badge kind="warn">{w.away}</Badge>
  if ((told ?? 0) > newest) return <Badge kind="bad">{w.ahead}</Badge>
  return (told ?? 0) < newest ? <Badge kind="warn">{w.behind}</Badge> : <Badge kind="ok">{w.current}</Badge>
}

/** One entry with its proof. */
export const EntryPage = ({ id, seal }: z.output<typeof evidenceEntry.output>) => {
  const { days, entry: w, console: c } = useEvidenceWords()
  return (
    <Console title={w.title} crumbs={[{ label: c.title, href: places.console }, { label: w.title }]}>
      {!seal && (
        <EmptyState title={w.waiting} next={{ href: places.trail, label: w.back }}>
          <p>{w.waitingText}</p>
        </EmptyState>
      )}
      {seal && (
        <>
          <Note kind={seal.intact ? 'info' : 'error'}>{seal.intact ? w.intact : w.broken}</Note>
          <Panel title={w.what}>
            <Facts
              items={[
                { label: w.id, value: <Value>{id}</Value> },
                { label: w.place, value: w.placeText(formatNumber(seal.position), formatNumber(seal.size)) },
                { label: days.number, value: formatNumber(seal.checkpoint) },
                { label: w.leaf, value: <Value>{seal.leaf}</Value> },
                { label: days.root, value: <Value>{seal.root}</Value> },
              ]}
            />
          </Panel>
          <Panel title={w.proof}>
            <p>{w.proofText}</p>
            <h3>{w.written}</h3>
            <p>
              <Value>{seal.written}</Value>
            </p>
            <h3>{w.path}</h3>
            {seal.path.length === 0 && <p>{w.alone}</p>}
            <ol>
              {seal.path.map((step) => (
                <li>
                  <Value>{step}</Value>
                </li>
              ))}
            </ol>
            <p>
              <a href={`${places.entry(id)}.json`}>{w.json}</a>
            </p>
          </Panel>
        </>
      )}
    </Console>
  )
}
