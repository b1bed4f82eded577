import type { z } from 'zod'
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  ChoiceField,
  Console,
  DateField,
  EmptyState,
  Form,
  LongTextField,
  NumberField,
  Panel,
  ReadOnlyField,
  SelectField,
  Table,
  TextField,
  useShell,
} from '#ui/index.ts'
import type { procedureEditor, procedureList } from '../views/editor.ts'
import { ja } from '../words.ja.ts'

const w = ja.editor

type Listed = z.output<typeof procedureList.output>['procedures'][number]
type Shown = z.output<typeof procedureEditor.output>
type Parts = { era?: string; year?: string; month?: string; day?: string }

const badge = { draft: 'idle', published: 'ok', closed: 'idle' } as const

/** All procedures, also those that the public doesn't see. */
export const ProcedureList = ({ procedures, mayEdit }: { procedures: readonly Listed[]; mayEdit: boolean }) => (
  <Console title={w.list}>
    <Panel title={w.caption}>
      {procedures.length === 0 ? (
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
              wide: true,
              cell: (row: Listed) => (mayEdit ? <a href={`/console/procedures/${row.id}`}>{row.title}</a> : row.title),
            },
            { label: w.slug, cell: (row: Listed) => <a href={`/procedures/${row.slug}`}>/procedures/{row.slug}</a> },
            {
              label: w.state,
              cell: (row: Listed) => (
                <Badge kind={badge[row.state as keyof typeof badge]}>{w.states[row.state as keyof typeof badge]}</Badge>
              ),
            },
          ]}
          rows={[...procedures]}
        />
      )}
      {mayEdit && (
        <Actions>
          <ButtonLink href="/console/procedures/new">{w.add}</ButtonLink>
        </Actions>
      )}
    </Panel>
  </Console>
)

type EditorProps = {
  shown: Shown
  values: Record<string, string>
  seen: string
  opens: Parts | undefined
  last: Parts | undefined
  errors?: Readonly<Record<string, string>>
}

/** Where a procedure is entered or changed. */
export const ProcedureEditor = ({ shown, values, seen, opens, last, errors = {} }: EditorProps) => {
  const field = (name: string) => ({ name, value: values[name] ?? '', error: errors[name] })
  const title = shown.id ? w.change : w.add
  const { slug = '', state } = shown.values
  const { tenant } = useShell()
  return (
    <Console
      title={title}
      crumbs={[{ label: w.list, href: '/console/procedures' }, { label: title }]}
      errors={errors}
      state={
        shown.id && (
          <>
            <Badge kind={badge[state as keyof typeof badge]}>{w.states[state as keyof typeof badge]}</Badge>
            {state !== 'draft' && <a href={`/procedures/${slug}`}>{w.publicPage}</a>}
          </>
        )
      }
    >
      <Panel title={values.title || w.content}>
        {shown.forms.length === 0 && <p>{w.noForms}</p>}
        <Form>
          {shown.id && <input type="hidden" name="seen" value={seen} />}
          <TextField {...field('title')} label={w.title} maxlength={100} required />
          {shown.id ? (
            <ReadOnlyField name="slug" label={w.slug} value={slug} reason={w.slugFixed} />
          ) : (
            <TextField {...field('slug')} label={w.slug} hint={w.slugHint} width="m" spellcheck={false} required />
          )}
          <TextField {...field('summary')} label={w.summary} hint={w.summaryHint} maxlength={200} required />
          <LongTextField {...field('explanation')} label={w.explanation} rows={6} required />
          <SelectField {...field('form')} label={w.form} options={shown.forms} required />
          <SelectField {...field('section')} label={w.section} options={shown.sections} />
          <ChoiceField
            {...field('state')}
            label={w.state}
            options={Object.entries(w.states).map(([value, label]) => ({ value, label }))}
            required
          />
          <DateField name="opens_on" label={w.opens} hint={w.opensHint} value={opens} error={errors.opens_on} />
          <DateField name="last_on" label={w.last} hint={w.lastHint} value={last} error={errors.last_on} />
          <NumberField {...field('standard_days')} label={w.days} hint={w.daysHint} unit="日" />
          <TextField {...field('legal_basis')} label={w.basis} hint={w.basisHint(tenant?.name ?? '')} />
          <SelectField
            {...field('name_field')}
            label={w.nameField}
            hint={shown.names.length > 0 ? w.nameHint : w.fieldLater}
            options={shown.names}
          />
          <SelectField
            {...field('mail_field')}
            label={w.mailField}
            hint={shown.mails.length > 0 ? w.mailHint : w.fieldLater}
            options={shown.mails}
          />
          <ChoiceField
            {...field('least_assurance')}
            label={w.assurance}
            hint={w.assuranceHint}
            options={Object.entries(w.assurances).map(([value, label]) => ({ value, label }))}
            required
          />
          <ChoiceField
            {...field('least_account')}
            label={w.account}
            hint={w.accountHint}
            options={Object.entries(w.accounts).map(([value, label]) => ({ value, label }))}
          />
          <Actions>
            <Button>{w.save}</Button>
            <ButtonLink kind="text" href="/console/procedures">
              {w.back}
            </ButtonLink>
          </Actions>
        </Form>
      </Panel>
    </Console>
  )
}
