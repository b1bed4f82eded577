import {
  Actions,
  Button,
  ButtonLink,
  Columns,
  Console,
  DateText,
  Facts,
  Form,
  Note,
  Panel,
  useWords,
} from '#ui/index.ts'
import type { TracePageShown } from '../views/trace.ts'
import { en } from '../words.en.ts'
import { ja } from '../words.ja.ts'

const words = { ja, en }

/** One link with both ends, and the way to withdraw it. */
export const TracePage = ({ trace }: { trace: TracePageShown }) => {
  const w = useWords(words)
  const { id, from, to, kind, reason, madeBy, madeAt, withdrawnAt, withdrawnBy } = trace
  const end = (one: typeof from) => (
    <>
      <a href={one.href}>{one.title}</a>{' '}
      <span class="small muted">（{[one.label, one.state].filter(Boolean).join('・')}）</span>
    </>
  )
  return (
    <Console title={w.one.title} crumbs={[{ label: from.title, href: from.href }, { label: w.one.title }]}>
      <Columns
        main={
          <Panel title={w.title}>
            <Facts
              items={[
                { label: w.one.from, value: end(from) },
                { label: w.kinds[kind].there.heading, value: end(to) },
                { label: w.one.reason, value: reason },
                { label: w.one.madeBy, value: madeBy ?? w.one.program },
                { label: w.one.madeAt, value: <DateText date={madeAt} /> },
                ...(withdrawnAt
                  ? [
                      {
                        label: w.one.withdrawn,
                        value: (
                          <>
                            <DateText date={withdrawnAt} /> {withdrawnBy ?? w.one.program}
                          </>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
          </Panel>
        }
        side={
          <Panel title={w.one.next} kind="next">
            {withdrawnAt ? (
              <Note>{w.one.gone}</Note>
            ) : (
              <>
                <p>{w.one.text}</p>
                <Form action={`/console/traces/${id}`} label={w.one.unlink}>
                  <Actions>
                    <Button kind="danger" small>
                      {w.one.unlink}
                    </Button>
                    <ButtonLink kind="text" small href={from.href}>
                      {w.one.back}
                    </ButtonLink>
                  </Actions>
                </Form>
              </>
            )}
          </Panel>
        }
      />
    </Console>
  )
}
