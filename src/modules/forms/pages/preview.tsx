import type { z } from 'zod'
import { Actions, Button, Console, Form, HiddenField, Note, Panel, Table } from '#ui/index.ts'
import { conditionInWords, type Definition, type Field, type Page } from '../rules/index.ts'
import type { formPreview } from '../views/preview.ts'
import { words as w } from '../words.ts'
import { Input } from './input.tsx'

type Shown = z.output<typeof formPreview.output>
type Change = NonNullable<Shown['changes']>[number]

/** A form as it would be, page by page, before it is published: nothing here can be filled in. */
export const PreviewPage = ({ definition, today, changes, given }: Shown & { given: string }) => (
  <Console
    title={w.previewTitle(definition.title)}
    crumbs={[{ label: w.list, href: '/console/forms' }, { label: w.preview }]}
  >
    <Note>
      <p>{w.previewText}</p>
      <Form>
        <HiddenField name="definition" value={given} />
        <Actions>
          <Button>{w.publish}</Button>
          <Button kind="secondary" name="edit" value="yes">
            {w.edit}
          </Button>
        </Actions>
      </Form>
    </Note>
    {changes && (
      <Panel title={w.changes}>
        {changes.length === 0 ? (
          <p>{w.noChanges}</p>
        ) : (
          <Table
            caption={w.changes}
            hideCaption
            columns={[
              { label: w.what, head: true, wide: true, cell: ({ what }: Change) => what },
              { label: w.meaning, wide: true, cell: ({ meaning }: Change) => meaning },
              { label: w.place, wide: true, cell: ({ path }: Change) => <code>{path}</code> },
            ]}
            rows={changes}
          />
        )}
      </Panel>
    )}
    {definition.pages.map((page, n) => (
      <Panel title={w.pageOf(n + 1, definition.pages.length, page.title)} key={page.id}>
        <Drawn definition={definition} page={page} today={today} />
      </Panel>
    ))}
  </Console>
)

const Drawn = ({ definition, page, today }: { definition: Definition; page: Page; today: string }) => (
  <fieldset class="plain" disabled>
    {page.showIf && <p class="hint">{conditionInWords(definition, page.showIf)}</p>}
    {page.hint && <p>{page.hint}</p>}
    {page.end?.split('\n').map((line) => (
      <p key={line}>{line}</p>
    ))}
    {page.fields.map((field, n) => {
      const section = page.sections?.find(({ id }) => id === field.section)
      const begins = section && page.fields[n - 1]?.section !== section.id
      return (
        <div key={field.id}>
          {begins && <h3>{section.title}</h3>}
          {begins && section.showIf && <p class="hint">{conditionInWords(definition, section.showIf)}</p>}
          <One definition={definition} field={field} today={today} />
        </div>
      )
    })}
  </fieldset>
)

const One = ({ definition, field, today }: { definition: Definition; field: Field; today: string }) => (
  <>
    {field.showIf && <p class="hint">{conditionInWords(definition, field.showIf)}</p>}
    <Input
      definition={definition}
      field={field}
      answers={{}}
      today={today}
      typed={undefined}
      error={undefined}
      wrong={undefined}
      attached={[]}
      upload={undefined}
    />
  </>
)
