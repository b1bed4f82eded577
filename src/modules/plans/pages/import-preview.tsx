import type { z } from 'zod'
import { Badge, Note, Panel, Table } from '#ui/index.ts'
import type { importPreview } from '../views/import-preview.ts'
import { usePlanWords } from '../words.ts'
import { OneLine } from './parts.tsx'

type Shown = z.output<typeof importPreview.output>
type Change = NonNullable<Shown['changes']>[number]

const badges = { added: 'ok', changed: 'warn', removed: 'bad' } as const

/** What a document would change. `carried`: it stands in the box below and can be brought in from there. */
export const Preview = ({ same, changes, carried }: Shown & { carried: boolean }) => {
  const w = usePlanWords().imports
  return (
    <Panel title={w.preview}>
      <Note>
        <p>{w.notYet}</p>
        <p>{carried ? w.carried : w.chooseAgain}</p>
      </Note>
      {same && <p>{w.sameAsNow}</p>}
      {!same && changes === null && <p>{w.liveChanges}</p>}
      {!same && changes && (
        <Table
          caption={w.preview}
          hideCaption
          note={w.changesOf(changes.length)}
          columns={[
            { label: w.changeColumns.way, cell: ({ way }: Change) => <Badge kind={badges[way]}>{w.ways[way]}</Badge> },
            { label: w.changeColumns.kind, cell: ({ kind }: Change) => <OneLine>{w.things[kind]}</OneLine> },
            { label: w.changeColumns.title, head: true, wide: true, cell: ({ title }: Change) => title },
          ]}
          rows={changes}
          empty={<p>{w.noThings}</p>}
        />
      )}
    </Panel>
  )
}
