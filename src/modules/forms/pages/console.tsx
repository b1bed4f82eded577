import type { z } from 'zod'
import {
  Actions,
  Button,
  ButtonLink,
  Console,
  DateText,
  EmptyState,
  Form,
  LongTextField,
  Panel,
  Table,
} from '#ui/index.ts'
import type { formList } from '../views/form-list.ts'
import type { formPage } from '../views/form-page.ts'
import { words as w } from '../words.ts'

type Listed = z.output<typeof formList.output>['forms'][number]
type Shown = z.output<typeof formPage.output>
type Errors = Readonly<Record<string, string>>

/** All forms with their newest versions. */
export const FormList = ({ forms, mayPublish }: { forms: readonly Listed[]; mayPublish: boolean }) => (
  <Console title={w.list}>
    <Panel title={w.caption}>
      {forms.length === 0 ? (
        <EmptyState title={w.none}>
          <p>{w.noneText}</p>
        </EmptyState>
      ) : (
        <Table
          caption={w.caption}
          hideCaption
          columns={[
            {
              label: w.title,
              head: true,
              cell: (form: Listed) => <a href={`/console/forms/${form.id}`}>{form.title}</a>,
            },
            { label: w.version, cell: (form: Listed) => (form.version ? `第${form.version}版` : w.unpublished) },
            { label: w.at, cell: (form: Listed) => (form.published_at ? <DateText date={form.published_at} /> : null) },
          ]}
          rows={[...forms]}
        />
      )}
      {mayPublish && (
        <Actions>
          <ButtonLink href="/console/forms/new">{w.add}</ButtonLink>
        </Actions>
      )}
    </Panel>
  </Console>
)

type PublishProps = { form: Shown | null; definition: string; errors?: Errors }

/** One form with its versions, and where the next one is published; or the first of a new form. */
export const FormEditor = ({ form, definition, errors = {} }: PublishProps) => (
  <Console
    title={form?.title ?? w.addTitle}
    crumbs={[{ label: w.list, href: '/console/forms' }, { label: form?.title ?? w.addTitle }]}
    errors={errors}
  >
    {form && (
      <Panel title={w.versions}>
        <Table
          caption={w.versions}
          hideCaption
          columns={[
            { label: w.version, head: true, cell: (row: Shown['versions'][number]) => `第${row.version}版` },
            { label: w.at, cell: (row: Shown['versions'][number]) => <DateText date={row.published_at} /> },
          ]}
          rows={form.versions}
        />
      </Panel>
    )}
    <Panel title={form ? w.next : w.addTitle}>
      <Form>
        <LongTextField
          name="definition"
          label={w.definition}
          hint={w.hint}
          value={definition}
          error={errors.definition}
          rows={20}
          required
        />
        <Actions>
          <Button>{w.publish}</Button>
        </Actions>
      </Form>
    </Panel>
  </Console>
)
