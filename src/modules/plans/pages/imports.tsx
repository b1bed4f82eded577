import type { z } from 'zod'
import {
  Actions,
  Button,
  Console,
  DateText,
  EmptyState,
  FileField,
  Form,
  formatBytes,
  LongTextField,
  Panel,
  Table,
} from '#ui/index.ts'
import type { importPreview } from '../views/import-preview.ts'
import type { importList } from '../views/imports.ts'
import { usePlanWords } from '../words.ts'
import { Preview } from './import-preview.tsx'
import { OneLine } from './parts.tsx'

type Shown = z.output<typeof importList.output>

/** Files that are sent with the page's form. In bytes; larger ones go by the command line. */
export const mostUploaded = 2 * 1024 * 1024

type Props = Shown & {
  /** What was pasted. */
  text: string
  errors: Readonly<Record<string, string>>
  /** Everything that is wrong with the document: a path and a sentence each. */
  faults: readonly (readonly [string, string])[]
  /** What the document would change, where it was to be looked at first. */
  preview?: z.output<typeof importPreview.output> | undefined
}

/** Brings a document in, and says what was brought in before. */
export const ImportPage = ({ imports, text, errors, faults, preview }: Props) => {
  const w = usePlanWords().imports
  return (
    <Console
      title={w.title}
      crumbs={[{ label: w.title }]}
      errors={errors}
      {...(faults.length > 0 && { places: faults.length })}
    >
      {faults.length > 0 && (
        <Panel title={w.faults} id="faults">
          <Table
            caption={w.faults}
            hideCaption
            columns={[
              { label: w.faultColumns.path, head: true, wide: true, cell: ([path]) => <code>{path}</code> },
              { label: w.faultColumns.sentence, wide: true, cell: ([, sentence]) => sentence },
            ]}
            rows={faults}
          />
        </Panel>
      )}
      {preview && <Preview {...preview} carried={text !== ''} />}
      <Panel title={w.choose}>
        <p>{w.lead}</p>
        <Form multipart>
          <FileField
            name="file"
            label={w.file}
            hint={w.fileHint}
            accept=".json"
            maxBytes={mostUploaded}
            error={errors.file}
            mark={false}
          />
          <LongTextField
            name="text"
            label={w.text}
            hint={w.textHint}
            value={text}
            rows={6}
            error={errors.text}
            mark={false}
          />
          <Actions>
            <Button name="look" value="yes" kind={preview ? 'secondary' : 'primary'}>
              {w.look}
            </Button>
            <Button kind={preview ? 'primary' : 'secondary'}>{w.button}</Button>
          </Actions>
        </Form>
      </Panel>
      <Panel title={w.history}>
        <Table
          caption={w.history}
          hideCaption
          columns={[
            { label: w.columns.at, head: true, cell: ({ at }) => <DateText date={at} /> },
            { label: w.columns.kind, cell: ({ kind }) => <OneLine>{w.kinds[kind]}</OneLine> },
            {
              label: w.columns.brought,
              wide: true,
              cell: ({ brought }) =>
                [...brought.slice(0, 5), ...(brought.length > 5 ? [w.others(brought.length - 5)] : [])].map((one) => (
                  <div>{one}</div>
                )),
            },
            { label: w.columns.by, cell: ({ by }) => <OneLine>{by ?? w.system}</OneLine> },
            { label: w.columns.sha, cell: ({ sha256 }) => <code>{sha256.slice(0, 12)}</code> },
            { label: w.columns.size, num: true, cell: ({ bytes }) => formatBytes(bytes) },
          ]}
          rows={imports}
          empty={<EmptyState title={w.none} />}
        />
      </Panel>
    </Console>
  )
}
