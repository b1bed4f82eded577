import { AgentMailField, UntilField } from '#modules/representation/index.ts'
import { asTyped, FormStep, LongTextField, TextField } from '#ui/index.ts'
import { places, useAdministration } from './administration-words.ts'
import { about, type FormProps, type OfPerson } from './person-forms.tsx'

/** Entering a company by its 法人番号. */
export const EnterCompanyPage = ({ typed, errors }: FormProps) => {
  const all = useAdministration()
  const w = all.company
  return (
    <FormStep
      title={w.enter}
      subject={w.newOne}
      crumbs={[{ label: all.people.title, href: places.people }]}
      back={`${places.people}?kind=company`}
      errors={errors}
      button={w.save}
    >
      <p>{w.enterLead}</p>
      <TextField
        {...asTyped('number', typed, errors)}
        label={w.number}
        hint={w.numberHint}
        inputmode="numeric"
        width="m"
        required
      />
      <TextField {...asTyped('name', typed, errors)} label={w.name} required />
    </FormStep>
  )
}

/** Letting somebody act for a company whom the office has checked. */
export const AddMemberPage = ({ person, typed, errors }: FormProps & OfPerson) => {
  const all = useAdministration()
  const w = all.company
  return (
    <FormStep title={w.add} {...about(person, all.people.title)} errors={errors} button={w.add}>
      <p>{w.addLead}</p>
      <AgentMailField typed={typed} errors={errors} label={w.mail} hint={w.mailHint} />
      <Reason typed={typed} errors={errors} />
    </FormStep>
  )
}

const Reason = ({ typed, errors }: FormProps) => {
  const w = useAdministration().company
  return <LongTextField {...asTyped('reason', typed, errors)} label={w.reason} hint={w.reasonHint} rows={2} required />
}

/** Asks before somebody no longer acts for a company or a person. */
export const EndPage = ({
  person,
  who,
  mandate,
  errors,
}: OfPerson & { who: string; mandate: boolean; errors: FormProps['errors'] }) => {
  const all = useAdministration()
  const w = all.company
  return (
    <FormStep title={w.endTitle} {...about(person, all.people.title)} errors={errors} button={w.end} danger>
      <p>{mandate ? w.endMandateLead(who) : w.endLead(who)}</p>
    </FormStep>
  )
}

/** Entering a legal representative. */
export const LegalMandatePage = ({ person, typed, errors }: FormProps & OfPerson) => {
  const all = useAdministration()
  const w = all.company
  return (
    <FormStep title={w.legal} {...about(person, all.people.title)} errors={errors} button={w.save}>
      <p>{w.legalLead(person.name)}</p>
      <AgentMailField typed={typed} errors={errors} label={w.legalMail} />
      <UntilField typed={typed} errors={errors} />
      <Reason typed={typed} errors={errors} />
    </FormStep>
  )
}
