import { Actions, Badge, Button, Columns, Console, DateText, Facts, Form, Note, Panel, useWords } from '#ui/index.ts'
import type { Delivery } from '../views/deliveries.ts'
import { en } from '../words.en.ts'
import { ja } from '../words.ja.ts'
import { badgeOf } from './deliveries.tsx'
import { Paragraphs } from './notice.tsx'

const words = { ja, en }

type DeliveryProps = {
  delivery: Delivery & { text: string; href: string | null; readAt: Date | null; settledBy: string | null }
}

/** One mailed notice: what it is, what became of it, what to do next. */
export const DeliveryPage = ({ delivery }: DeliveryProps) => {
  const w = useWords(words).console
  const { id, subject, state } = delivery
  return (
    <Console
      title={subject}
      crumbs={[{ label: w.title, href: '/console/notices' }, { label: subject }]}
      state={<Badge kind={badgeOf[state]}>{w.states[state]}</Badge>}
    >
      <Columns
        main={
          <>
            <Panel title={w.content}>
              <Paragraphs text={delivery.text} />
              {delivery.href && (
                <p>
                  {w.facts.about}：<a href={delivery.href}>{w.facts.aboutLink}</a>
                </p>
              )}
            </Panel>
            <Record delivery={delivery} />
          </>
        }
        side={
          <Panel title={w.next} kind="next">
            {state === 'given-up' ? (
              <>
                <Note kind="warn" title={w.byPost}>
                  <p>{w.byPostText}</p>
                </Note>
                <Form action={`/console/notices/${id}?act=resend`} label={w.resend}>
                  <Actions>
                    <Button small>{w.resend}</Button>
                    <Button small kind="secondary" formaction={`/console/notices/${id}?act=settle`}>
                      {w.settle}
                    </Button>
                  </Actions>
                </Form>
              </>
            ) : (
              <p>{state === 'queued' ? w.sending : state === 'failed' ? w.retrying : w.nothing}</p>
            )}
          </Panel>
        }
      />
    </Console>
  )
}

const Record = ({ delivery }: DeliveryProps) => {
  const w = useWords(words).console
  const [kind = '', code] = delivery.response?.split(/ (.*)/) ?? []
  const when = (at: Date | null) => at && <DateText date={at} />
  return (
    <Panel title={w.state}>
      <Facts
        missing={w.facts.notYet}
        items={[
          { label: w.facts.to, value: delivery.to },
          { label: w.facts.at, value: when(delivery.at) },
          { label: w.facts.attempts, value: w.facts.times(delivery.attempts) },
          { label: w.facts.last, value: when(delivery.lastAttemptAt) },
          ...(kind
            ? [{ label: w.facts.response, value: `${w.responses[kind] ?? kind}${code ? `（${code}）` : ''}` }]
            : []),
          ...(delivery.sentAt ? [{ label: w.facts.sent, value: when(delivery.sentAt) }] : []),
          ...(delivery.settledAt
            ? [
                {
                  label: w.facts.settled,
                  value: (
                    <>
                      {when(delivery.settledAt)} {delivery.settledBy}
                    </>
                  ),
                },
              ]
            : []),
          ...(delivery.person ? [{ label: w.facts.read, value: when(delivery.readAt) ?? w.facts.readNot }] : []),
        ]}
      />
    </Panel>
  )
}
