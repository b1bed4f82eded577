import { asTyped, DateField, dateTyped, type Errors, MailField, type Typed } from '#ui/index.ts'
import { useRepresentation } from './representation-words.ts'

type Props = { typed: Typed; errors: Errors }

/** The mailbox of somebody who is to act for another: never the typist's own, so browsers don't fill it in. */
export const AgentMailField = ({ typed, errors, label, hint }: Props & { label: string; hint?: string }) => (
  <MailField {...asTyped('mail', typed, errors)} label={label} {...(hint && { hint })} autocomplete="off" required />
)

/** The last day on which somebody may act for another. */
export const UntilField = ({ typed, errors }: Props) => {
  const w = useRepresentation().mandates
  return (
    <DateField
      name="until"
      label={w.until}
      hint={w.untilHint}
      value={dateTyped(typed, 'until')}
      error={errors.until}
      required
    />
  )
}
