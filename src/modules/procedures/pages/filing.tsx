// One filing as its applicant sees it is one file: its page, and the page of corrections, of the same parts.
import type { z } from 'zod'
import { FormFields, type FormPage, filesIn, isAsked, type ReadPage, withoutLogic } from '#modules/forms/index.ts'
import {
  Actions,
  Button,
  ButtonLink,
  Consent,
  DateText,
  Facts,
  Form,
  formatBytes,
  Note,
  Page,
  Timeline,
  useDates,
  useShell,
} from '#ui/index.ts'
import { isOpen } from '../rules.ts'
import type { ownFiling } from '../views/own-filing.ts'
import type { PublicWords } from '../words.en.ts'
import { ja } from '../words.ja.ts'
import { usePublicWords } from '../words.ts'
import { ForgetDevice } from './device.tsx'
import { StateBadge } from './state-badge.tsx'
import { Unchanged } from './unchanged.tsx'

type Shown = z.output<typeof ownFiling.output>
type Errors = Readonly<Record<string, string>>

/** The state of a filing: a sentence and a date, what happened, what was filed, and what one can do. */
export const FilingPage = ({ filing, errors = {} }: { filing: Shown; errors?: Errors }) => {
  const w = usePublicWords()
  const { day } = useDates()
  const { number, procedure, state, arrived_at, correction, history, pages, standard_days, used } = filing
  const fresh = history.length === 1
  return (
    <Page
      title={fresh ? w.receipt.title : w.filing.title}
      crumbs={[{ label: w.menu, href: '/procedures' }, { label: number }]}
      errors={errors}
    >
      <p>
        <StateBadge state={state} words={w} /> {w.states[state].long}
      </p>
      {correction && (
        <Note kind="warn" title={w.filing.correctText(day(correction.due_on))}>
          <ul>
            {correction.items.map(({ label, reason }) => (
              <li>
                {label}：{reason}
              </li>
            ))}
          </ul>
          <ButtonLink kind="primary" href={`/filings/${number}/correct`}>
            {w.filing.correct}
          </ButtonLink>
        </Note>
      )}
      {fresh && (
        <Note kind="info" title={w.receipt.number}>
          <p class="receipt-number">{number}</p>
          <p>{w.receipt.keep}</p>
          {filing.mail ? (
            <>
              <p>{w.receipt.mail(filing.mail)}</p>
              <p>{w.receipt.wrongMail}</p>
            </>
          ) : (
            <p>{w.receipt.noMail}</p>
          )}
          <p>{w.receipt.print}</p>
          <p>{w.receipt.next}</p>
        </Note>
      )}
      <Facts
        items={[
          ...(fresh ? [] : [{ label: w.receipt.number, value: <span class="receipt-number">{number}</span> }]),
          { label: w.filing.procedure, value: <a href={`/procedures/${procedure.slug}`}>{procedure.title}</a> },
          ...(filing.representation
            ? [
                { label: w.acting.whom, value: filing.representation.whom },
                { label: w.acting.by, value: filing.representation.by },
              ]
            : []),
          { label: w.receipt.at, value: <DateText date={arrived_at} era /> },
          ...(standard_days && isOpen(state)
            ? [{ label: w.procedure.days, value: w.filing.used(used, standard_days) }]
            : []),
        ]}
      />
      <h2>{w.filing.history}</h2>
      <Timeline
        items={history.toReversed().map(({ kind, at, note }) => ({
          what: w.events[kind] ?? kind,
          at,
          ...(note && { detail: <span class="as-typed">{note}</span> }),
        }))}
      />
      <h2>{w.filing.answers}</h2>
      {pages === null && <Note kind="info">{w.filing.surer}</Note>}
      {pages?.map(({ title, items }) => (
        <section>
          <h3>{title}</h3>
          <Facts
            items={items.map(({ field, label, text }) => ({
              label,
              value: <Answer filing={filing} field={field} text={text ?? w.apply.none} />,
            }))}
          />
        </section>
      ))}
      <p>{w.filing.question}</p>
      <ForgetDevice />
      {isOpen(state) && pages !== null && (
        <details open={'sure' in errors}>
          <summary>{w.filing.withdraw}</summary>
          <Form action={`/filings/${number}/withdraw`} label={w.filing.withdraw}>
            <p>{w.filing.withdrawText}</p>
            <Consent name="sure" label={w.filing.withdrawConfirm} error={errors.sure} required />
            <Actions>
              <Button kind="danger">{w.filing.withdraw}</Button>
            </Actions>
          </Form>
        </details>
      )}
    </Page>
  )
}

/** What was filed in one field; files can be opened again. */
const Answer = ({ filing, field, text }: { filing: Shown; field: string; text: string }) => {
  const files = filesIn(filing.answers[field])
  if (files.length === 0) return <span class="as-typed">{text}</span>
  return (
    <ul>
      {files.map(({ file, name, size }) => (
        <li>
          <a href={`/filings/${filing.number}/files/${file}`}>{name}</a>（{formatBytes(size)}）
        </li>
      ))}
    </ul>
  )
}

type CorrectProps = {
  filing: Shown
  /** The day in Asia/Tokyo, for dates that are counted from it. */
  today: string
  read?: Pick<ReadPage, 'typed' | 'errors' | 'wrong'> | undefined
  /** Why a field stays as it is, by field. */
  keep?: Readonly<Record<string, string>>
  upload: (field: string) => string
}

/** Only the fields that the office named are open, each with the office's reason. */
export const correctionPage = (filing: Shown, w: PublicWords = ja): FormPage => {
  const items = new Map(filing.correction?.items.map((item) => [item.field, item.reason]))
  return {
    id: 'correction',
    title: w.filing.correctTitle,
    fields: filing.definition.pages.flatMap(({ fields }) =>
      fields
        .filter((field) => items.has(field.id) && isAsked(field))
        .map((field) => ({ ...withoutLogic(field), hint: w.filing.correctHint(items.get(field.id) ?? '') })),
    ) as FormPage['fields'],
  }
}

export const CorrectPage = ({ filing, today, read, keep = {}, upload }: CorrectProps) => {
  const w = usePublicWords()
  const page = correctionPage(filing, w)
  const { assets } = useShell()
  const { day } = useDates()
  return (
    <Page
      title={w.filing.correctTitle}
      crumbs={[
        { label: w.menu, href: '/procedures' },
        { label: filing.number, href: `/filings/${filing.number}` },
        { label: w.filing.correct },
      ]}
      errors={read?.errors ?? {}}
    >
      {filing.correction && <p>{w.filing.correctText(day(filing.correction.due_on))}</p>}
      <Form multipart={page.fields.some(({ kind }) => kind === 'file')}>
        <FormFields
          definition={{ title: filing.procedure.title, pages: [page] }}
          page={page}
          answers={filing.answers}
          today={today}
          upload={upload}
          {...(read && { read })}
        />
        <Unchanged items={filing.correction?.items ?? []} keep={keep} errors={read?.errors ?? {}} />
        <Actions>
          <Button>{w.filing.correctSend}</Button>
          <ButtonLink kind="text" href={`/filings/${filing.number}`}>
            {w.apply.back}
          </ButtonLink>
        </Actions>
      </Form>
      {assets.forms && <script type="module" src={assets.forms} />}
    </Page>
  )
}
