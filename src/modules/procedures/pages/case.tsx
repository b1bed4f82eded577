// One filing as the office works on it is one file: its page, and the page on which corrections are asked for, of the same parts.
import type { z } from 'zod'
import { formatDate } from '#core/dates.ts'
import { Traces } from '#modules/traces/index.ts'
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  Change,
  ChoiceField,
  Columns,
  Console,
  DateField,
  Facts,
  Form,
  formatBytes,
  LongTextField,
  Panel,
  Timeline,
} from '#ui/index.ts'
import type { casePage } from '../views/case.ts'
import { ja as w } from '../words.ja.ts'
import { StateBadge } from './state-badge.tsx'

export type Case = z.output<typeof casePage.output>
type Errors = Readonly<Record<string, string>>

type CaseProps = {
  shown: Case
  values?: Record<string, string>
  errors?: Errors
}

/** What is it, what is its state and clock, what do I do next: answered without scrolling. */
export const CasePage = ({ shown, values = {}, errors = {} }: CaseProps) => {
  const { number, title, state, used, standard_days } = shown
  return (
    <Console
      title={`${number}　${title}`}
      heading={number}
      crumbs={[{ label: w.queue.title, href: '/console/filings' }, { label: title }]}
      errors={errors}
      state={
        <>
          <StateBadge state={state} words={w} />
          <span>{`${standard_days ? w.procedure.days : w.queue.clock} ${w.queue.clockValue(used, standard_days)}`}</span>
        </>
      }
    >
      <Columns
        main={<Answers shown={shown} />}
        side={
          <>
            <NextPanel {...{ shown, values, errors }} />
            <Panel title={w.case.history}>
              <Timeline
                items={shown.history.toReversed().map(({ kind, at, note, who }) => ({
                  what: w.events[kind] ?? kind,
                  at,
                  who: who ?? (['arrived', 'corrected', 'withdrawn'].includes(kind) ? w.case.applicant : w.case.office),
                  ...(note && { detail: <span class="as-typed">{note}</span> }),
                }))}
              />
              <Form action={`/console/filings/${shown.id}/note`} label={w.case.note}>
                <LongTextField
                  name="note"
                  label={w.case.note}
                  hint={w.case.noteHint}
                  value={values.note ?? ''}
                  error={errors.note}
                  rows={2}
                  mark={false}
                />
                <Button kind="secondary" small>
                  {w.case.noteAdd}
                </Button>
              </Form>
            </Panel>
            <Traces of={{ module: 'procedures', kind: 'filing', id: shown.id }} traces={shown.traces} editable />
          </>
        }
      />
    </Console>
  )
}

const Answers = ({ shown }: { shown: Case }) => (
  <Panel title={w.case.answers(shown.edition)}>
    <Facts
      items={[
        ...(shown.representation
          ? [
              { label: w.acting.whom, value: shown.representation.whom },
              { label: w.acting.by, value: w.acting.byShown(shown.representation.by, shown.representation.whom) },
            ]
          : []),
        { label: w.queue.applicant, value: shown.name ?? w.queue.unnamed },
        { label: w.known.title, value: <Known shown={shown} /> },
        { label: w.case.contact, value: shown.mail ?? w.case.noMail },
      ]}
    />
    {shown.pages.map(({ title, items }) => (
      <section>
        <h3>{title}</h3>
        <Facts
          items={items.map(({ field, label, text }) => ({
            label,
            value: <Answer shown={shown} field={field} text={text} />,
          }))}
        />
      </section>
    ))}
  </Panel>
)

const Known = ({ shown: { assurance, account } }: { shown: Case }) => (
  <>{account ? w.known.accounts[account] : assurance ? w.known.levels[assurance] : w.known.unknown}</>
)

const Answer = ({ shown, field, text }: { shown: Case; field: string; text: string | null }) => {
  const files = shown.files.filter((file) => file.field === field)
  const reason = shown.unchanged[field]
  if (reason !== undefined) {
    return (
      <>
        <Answer shown={{ ...shown, unchanged: {} }} field={field} text={text} />
        <p class="as-typed">
          <Badge kind="warn">{w.case.unchanged}</Badge> {w.case.unchangedWhy(reason)}
        </p>
      </>
    )
  }
  if (files.length > 0) {
    return (
      <ul>
        {files.map(({ file, name, size }) => (
          <li>
            <a href={`/files/${file}`}>{name}</a>（{formatBytes(size)}）
          </li>
        ))}
      </ul>
    )
  }
  if (field in shown.before) return <Change before={shown.before[field] ?? null} after={text} note={w.case.changed} />
  return <span class="as-typed">{text ?? w.apply.none}</span>
}

const NextPanel = ({ shown, values, errors }: Required<CaseProps>) => {
  const { id, state, correction } = shown
  const ask = (
    <ButtonLink kind="secondary" small href={`/console/filings/${id}/correction`}>
      {w.case.ask}
    </ButtonLink>
  )
  return (
    <Panel title={w.case.next} kind="next">
      {state === 'received' && (
        <>
          <p>{w.case.received}</p>
          <Form action={`/console/filings/${id}/accept`}>
            <Actions>
              <Button small>{w.case.accept}</Button>
              {ask}
            </Actions>
          </Form>
        </>
      )}
      {state === 'reviewing' && (
        <>
          <p>{shown.decides ? w.case.reviewing : w.case.onlyApprover}</p>
          {shown.decides && (
            <Form action={`/console/filings/${id}/decide`} label={w.case.decide}>
              <ChoiceField
                name="outcome"
                label={w.case.outcome}
                options={[
                  { value: 'approved', label: w.case.approve },
                  { value: 'rejected', label: w.case.reject },
                ]}
                value={values.outcome ?? null}
                error={errors.outcome}
                required
              />
              <LongTextField
                name="reason"
                label={w.case.reason}
                hint={shown.legal_basis ? w.case.reasonHint : w.case.reasonHintFree}
                value={values.reason ?? ''}
                error={errors.reason}
                rows={3}
              />
              <Actions>
                <Button small>{w.case.decide}</Button>
              </Actions>
            </Form>
          )}
          <Actions>{ask}</Actions>
        </>
      )}
      {state === 'correcting' && correction && <p>{w.case.waiting(formatDate(correction.due_on))}</p>}
      {['approved', 'rejected', 'withdrawn'].includes(state) && <p>{w.case.closed}</p>}
    </Panel>
  )
}

type AskProps = {
  shown: Case
  reasons: Record<string, string>
  due: { year?: string; month?: string; day?: string; era?: string } | undefined
  errors?: Errors
}

/** Which fields are to be corrected, why, and until when. */
export const AskPage = ({ shown, reasons, due, errors = {} }: AskProps) => (
  <Console
    title={w.case.askTitle}
    crumbs={[
      { label: w.queue.title, href: '/console/filings' },
      { label: shown.number, href: `/console/filings/${shown.id}` },
      { label: w.case.askTitle },
    ]}
    errors={errors}
  >
    <Panel title={shown.title}>
      <p>{w.case.askLead}</p>
      <Form>
        {errors.items && (
          <p class="why" id="items" tabindex={-1}>
            ＊{errors.items}
          </p>
        )}
        {shown.pages.flatMap(({ items }) =>
          items.map(({ field, label, text }) => (
            <LongTextField
              name={`reason.${field}`}
              label={w.case.askReason(label)}
              hint={text ?? w.apply.none}
              value={reasons[field] ?? ''}
              rows={2}
              mark={false}
            />
          )),
        )}
        <DateField
          name="due_on"
          label={w.case.askDue}
          hint={w.case.askDueHint}
          value={due}
          error={errors.due_on}
          required
        />
        <Actions>
          <Button>{w.case.askSend}</Button>
          <ButtonLink kind="text" href={`/console/filings/${shown.id}`}>
            {w.apply.back}
          </ButtonLink>
        </Actions>
      </Form>
    </Panel>
  </Console>
)
