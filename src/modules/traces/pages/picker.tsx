import {
  Actions,
  Button,
  ButtonLink,
  ChoiceField,
  Console,
  EmptyState,
  Form,
  HiddenField,
  LongTextField,
  Panel,
  SelectField,
  TextField,
  useWords,
} from '#ui/index.ts'
import { longestReason } from '../actions/link.ts'
import { choices, nameOf, readChoice } from '../rules.ts'
import { type Candidates, mostPerKind } from '../views/candidates.ts'
import { en } from '../words.en.ts'
import { ja } from '../words.ja.ts'

const words = { ja, en }

export type PickerValues = { to?: string; link?: string; reason?: string }

type PickerProps = Candidates & { values?: PickerValues; errors?: Readonly<Record<string, string>> }

/** Finds the other end among the things of all modules, and says what it has to do with this one. */
export const PickerPage = (picked: PickerProps) => {
  const { thing, q, labels, groups, errors = {} } = picked
  const w = useWords(words)
  const { module, kind, id } = thing.reference
  return (
    <Console
      title={w.picker.title}
      crumbs={[{ label: thing.title, href: thing.href }, { label: w.picker.title }]}
      errors={errors}
    >
      <Panel title={w.picker.this(thing.label)}>
        <p>
          <a href={thing.href}>{thing.title}</a>
          {thing.state && <span class="small muted">（{thing.state}）</span>}
        </p>
      </Panel>
      <Panel title={w.picker.search}>
        <Form method="get" action="/console/traces/new" label={w.picker.search}>
          <HiddenField name="module" value={module} />
          <HiddenField name="kind" value={kind} />
          <HiddenField name="id" value={id} />
          <p>{w.picker.what(labels.join(w.picker.between))}</p>
          <TextField name="q" label={w.picker.words} hint={w.picker.hint} value={q} mark={false} autocomplete="off" />
          <Actions>
            <Button kind={groups.length > 0 ? 'secondary' : 'primary'}>{w.picker.find}</Button>
          </Actions>
        </Form>
      </Panel>
      {q && groups.length === 0 && (
        <EmptyState title={w.picker.none(q)}>
          <p>{w.picker.noneText}</p>
        </EmptyState>
      )}
      {groups.length > 0 && (
        <Panel title={w.picker.found} kind="next">
          <LinkForm {...picked} />
        </Panel>
      )}
    </Console>
  )
}

const LinkForm = ({ thing, q, groups, values = {}, errors = {} }: PickerProps) => {
  const w = useWords(words)
  const { module, kind, id } = thing.reference
  return (
    <Form action="/console/traces/new" label={w.picker.title}>
      {Object.entries({ module, kind, id, q }).map(([name, value]) => (
        <HiddenField key={name} name={name} value={value} />
      ))}
      <p>{w.picker.foundText}</p>
      {groups.map(({ label, things, more }, position) => (
        <ChoiceField
          key={label}
          name="to"
          id={position === 0 ? 'to' : `to-group-${position}`}
          label={w.picker.group(label)}
          mark={false}
          error={position === 0 ? errors.to : undefined}
          {...(more && { hint: w.picker.more(mostPerKind) })}
          value={values.to ?? null}
          options={things.map(({ reference, title, state, linked }) => {
            const hint = [state, linked && w.picker.linked].filter(Boolean).join('・')
            return { value: nameOf(reference), label: title, ...(hint && { hint }) }
          })}
        />
      ))}
      <SelectField
        name="link"
        label={w.picker.kind}
        value={values.link ?? null}
        error={errors.link}
        hint={w.picker.kindHint}
        width="l"
        required
        options={(['there', 'back', 'both'] as const).flatMap((way) =>
          choices.flatMap((choice) => {
            const { kind: one, direction } = readChoice(choice) ?? { kind: 'related', direction: 'there' }
            if ((one === 'related' ? 'both' : direction) !== way) return []
            return [{ value: choice, label: w.kinds[one][direction].choice, group: w.picker.directions[way] }]
          }),
        )}
      />
      <LongTextField
        name="reason"
        label={w.picker.reason}
        hint={w.picker.reasonHint}
        value={values.reason ?? ''}
        error={errors.reason}
        rows={3}
        maxlength={longestReason}
        required
      />
      <Actions>
        <Button>{w.picker.submit}</Button>
        <ButtonLink kind="text" href={thing.href}>
          {w.picker.cancel}
        </ButtonLink>
      </Actions>
    </Form>
  )
}
