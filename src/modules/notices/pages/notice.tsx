import { Actions, Badge, Button, ButtonLink, DateText, Form, Hidden, HiddenField, Panel, useWords } from '#ui/index.ts'
import type { OwnNotice } from '../views/my-page.ts'
import { en } from '../words.en.ts'
import { ja } from '../words.ja.ts'

const words = { ja, en }

/** One notice: what and when, in full, and what to do with it. */
export const Notice = ({ notice, back }: { notice: OwnNotice; back: string }) => {
  const w = useWords(words).my
  const { id, subject, text, href, at, readAt } = notice
  return (
    <Panel title={subject} id={`notice-${id}`}>
      <p class="small">
        {!readAt && <Badge kind="now">{w.unread}</Badge>}
        {!readAt && '　'}
        <DateText date={at} />
      </p>
      <Paragraphs text={text} />
      {(href || !readAt) && (
        <Form action="/my" label={subject}>
          <HiddenField name="id" value={id} />
          <HiddenField name="back" value={back} />
          <Actions>
            {href && (
              <ButtonLink href={href} small>
                {w.open}
                <Hidden>{w.openHidden(subject)}</Hidden>
              </ButtonLink>
            )}
            {!readAt && (
              <Button kind="text" small>
                {w.markRead}
                <Hidden>{w.openHidden(subject)}</Hidden>
              </Button>
            )}
          </Actions>
        </Form>
      )}
    </Panel>
  )
}

/** Marks everything up to the newest notice of this page; what has come since then stays unread. */
export const MarkAllRead = ({ notices, back }: { notices: readonly OwnNotice[]; back: string }) => {
  const w = useWords(words).my
  const newest = new Date(Math.max(...notices.map(({ at }) => at.getTime())))
  return (
    <Form action="/my?all=1" label={w.markAll}>
      <HiddenField name="upTo" value={newest.toISOString()} />
      <HiddenField name="back" value={back} />
      <Actions>
        <Button kind="secondary" small>
          {w.markAll}
        </Button>
      </Actions>
    </Form>
  )
}

/** Plain text as its writer set it: paragraphs and line breaks. */
export const Paragraphs = ({ text }: { text: string }) => (
  <>
    {text
      .trim()
      .split(/\n{2,}/)
      .map((paragraph) => (
        <p>
          {paragraph.split('\n').map((line, position) => (
            <>
              {position > 0 && <br />}
              {line}
            </>
          ))}
        </p>
      ))}
  </>
)
