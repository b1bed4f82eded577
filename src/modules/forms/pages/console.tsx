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
import { kinds } from '../rules/answers/kinds.ts'
import type { formList } from '../views/form-list.ts'
import type { formPage } from '../views/form-page.ts'
import { example, words as w } from '../words.ts'

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

/** What is wrong with a definition: a line each, beginning with its place. */
const placesIn = (sentence = '') =>
  sentence.split('\n').flatMap((line) => {
    const [, path, rest] = line.match(/^([\w[\].-]+)：(.*)$/s) ?? []
    return line ? [{ path: path ?? '', sentence: rest ?? line }] : []
  })

type Place = ReturnType<typeof placesIn>[number]

/** One form with its versions, and where the next one is published; or the first of a new form. */
export const FormEditor = ({ form, definition, errors = {} }: PublishProps) => {
  const places = placesIn(errors.definition)
  const listed = places.some(({ path }) => path !== '')
  const shown = listed ? { faults: w.refused } : errors
  return (
    <Console
      title={form?.title ?? w.addTitle}
      crumbs={[{ label: w.list, href: '/console/forms' }, { label: form?.title ?? w.addTitle }]}
      errors={shown}
      {...(listed && { places: places.length })}
    >
      {listed && (
        <Panel title={w.faults} id="faults">
          <Table
            caption={w.faults}
            hideCaption
            columns={[
              { label: w.place, head: true, wide: true, cell: ({ path }: Place) => path && <code>{path}</code> },
              { label: w.mend, wide: true, cell: ({ sentence }: Place) => sentence },
            ]}
            rows={places}
          />
        </Panel>
      )}
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
      <Panel title={form ? w.next : w.write}>
        <details>
          <summary>{w.exampleTitle}</summary>
          <p>{w.exampleText}</p>
          <pre class="code">{JSON.stringify(example, null, 2)}</pre>
          <p>{w.kinds}</p>
          <ul>
            {Object.keys(kinds).map((kind) => (
              <li key={kind}>
                <code>{kind}</code>
              </li>
            ))}
          </ul>
        </details>
        <Form>
          <LongTextField
            name="definition"
            label={w.definition}
            hint={w.hint}
            value={definition}
            error={listed ? w.refused : errors.definition}
            rows={20}
            code
            required
          />
          <Actions>
            <Button name="look" value="yes">
              {w.preview}
            </Button>
            <Button kind="secondary">{w.publish}</Button>
            <ButtonLink kind="text" href="/console/forms">
              {w.cancel}
            </ButtonLink>
          </Actions>
        </Form>
      </Panel>
    </Console>
  )
}
