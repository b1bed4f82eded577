import type { OutgoingMail } from '#core/outside.ts'
import { DateText, EmptyState, Facts, Page, useWords } from '#ui/index.ts'
import { en, ja } from './words.ts'

/** Mails of a trial instance, newest first, as their readers would get them. */
export const MailboxPage = ({ mails }: { mails: readonly (OutgoingMail & { at: Date })[] }) => {
  const w = useWords({ ja, en }).mailbox
  return (
    <Page title={w.title}>
      <p>{w.lead}</p>
      {mails.length === 0 && <EmptyState title={w.none} />}
      {mails.map(({ to, subject, text, at }) => (
        <article class="mail">
          <h2>{subject}</h2>
          <Facts
            items={[
              { label: w.to, value: to },
              { label: w.at, value: <DateText date={at} /> },
            ]}
          />
          <p class="as-typed">{text}</p>
        </article>
      ))}
    </Page>
  )
}
