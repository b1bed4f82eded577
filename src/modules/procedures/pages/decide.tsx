import { Actions, Button, Console, Facts, Form, HiddenField, Panel } from '#ui/index.ts'
import { ja } from '../words.ja.ts'
import type { Case } from './case.tsx'
import { StateBadge } from './state-badge.tsx'

const w = ja.decide

type Props = { shown: Case; outcome: 'approved' | 'rejected'; reason: string }

/** The last look before a decision, which can't be taken back: what is decided, and what the applicant will read. */
export const DecidePage = ({ shown, outcome, reason }: Props) => {
  const address = `/console/filings/${shown.id}`
  return (
    <Console
      title={w.title}
      crumbs={[
        { label: ja.queue.title, href: '/console/filings' },
        { label: shown.number, href: address },
        { label: w.title },
      ]}
    >
      <Panel title={shown.title}>
        <p>{w.lead}</p>
        <Facts
          items={[
            { label: ja.queue.number, value: shown.number },
            { label: ja.queue.applicant, value: shown.name ?? ja.queue.unnamed },
            { label: w.edition, value: ja.filing.edition(shown.edition) },
            {
              label: ja.case.outcome,
              value: <StateBadge state={outcome} words={ja} />,
            },
            { label: ja.case.reason, value: <span class="as-typed">{reason || w.noReason}</span> },
            { label: w.told, value: shown.mail ?? ja.case.noMail },
          ]}
        />
        <Form action={`${address}/decide`}>
          <HiddenField name="outcome" value={outcome} />
          <HiddenField name="reason" value={reason} />
          <Actions>
            <Button name="sure" value="yes" kind={outcome === 'rejected' ? 'danger' : 'primary'}>
              {w.sure[outcome]}
            </Button>
            <Button name="sure" value="no" kind="text">
              {w.back}
            </Button>
          </Actions>
        </Form>
      </Panel>
    </Console>
  )
}
