import type { z } from 'zod'
import { useAccountCrumbs } from '#modules/people/index.ts'
import type { Errors } from '#ui/index.ts'
import { Actions, Button, ButtonLink, ChoiceField, Form, Note, Page, useDates } from '#ui/index.ts'
import type { myActing } from '../views/my-acting.ts'
import { useRepresentation } from './representation-words.ts'

type Acting = z.output<typeof myActing.output>

/** Choosing for whom one acts. */
export const ActingPage = ({ now, choices, errors }: Acting & { errors: Errors }) => {
  const all = useRepresentation()
  const { day } = useDates()
  const w = all.acting
  const labelOf = ({ whom, name, account, number, until }: Acting['choices'][number]) => {
    if (whom === 'self') return w.self(name)
    if (until) return w.until(name, day(until))
    return w.company(name, number) + (account ? `　GビズID${all.accounts[account]}` : '')
  }
  return (
    <Page title={w.title} crumbs={useAccountCrumbs(w.title)} errors={errors}>
      <p>{w.lead}</p>
      <Form>
        <ChoiceField
          name="whom"
          label={w.label}
          options={choices.filter(({ usable }) => usable).map((one) => ({ value: one.whom, label: labelOf(one) }))}
          value={now}
          error={errors.whom}
          required
        />
        {choices
          .filter(({ usable }) => !usable)
          .map(({ name }) => (
            <Note kind="info">{w.unusable(name)}</Note>
          ))}
        <Actions>
          <Button>{w.save}</Button>
          <ButtonLink kind="text" href="/my/mandates">
            {w.mandates}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>
  )
}
