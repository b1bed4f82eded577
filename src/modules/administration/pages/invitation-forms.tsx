import { asProvider } from '#modules/people/index.ts'
import { asTyped, ChoiceField, FormStep, MailField, SelectField, TextField, type Typed } from '#ui/index.ts'
import { places, useAdministration } from './administration-words.ts'
import { about, type FormProps, type OfPerson, type SectionChoice, sectionOptions } from './person-forms.tsx'

type Providers = readonly { name: string; label: string }[]

/** Which provider vouches for the person, and by which name of theirs. */
const ProviderFields = ({ typed, errors, providers }: FormProps & { providers: Providers }) => {
  const w = useAdministration()
  return (
    <>
      <ChoiceField
        {...asProvider(providers, typed, errors)}
        label={w.invite.provider}
        hint={w.invite.providerHint}
        required
      />
      <TextField
        {...asTyped('subject', typed, errors)}
        label={w.invite.subject}
        hint={w.invite.subjectHint}
        autocomplete="off"
        spellcheck={false}
      />
    </>
  )
}

/** Who is meant, and where the invitation goes. */
const WhoFields = ({ typed, errors }: FormProps) => {
  const w = useAdministration()
  return (
    <>
      <TextField {...asTyped('name', typed, errors)} label={w.people.name} autocomplete="off" required />
      <TextField
        {...asTyped('reading', typed, errors)}
        label={w.people.reading}
        hint={w.invite.readingHint}
        autocomplete="off"
      />
      <MailField
        {...asTyped('mail', typed, errors)}
        label={w.people.mail}
        hint={w.invite.mailHint}
        autocomplete="off"
        required
      />
    </>
  )
}

/** Entering somebody before they sign in for the first time. */
export const InvitePage = ({
  typed,
  errors,
  providers,
  sections,
}: FormProps & { providers: Providers; sections: readonly SectionChoice[] }) => {
  const w = useAdministration()
  return (
    <FormStep
      title={w.invite.title}
      subject={w.invite.subjectOfForm}
      crumbs={[{ label: w.people.title, href: places.people }]}
      back={places.people}
      errors={errors}
      button={w.invite.send}
    >
      <p>{w.invite.lead}</p>
      <WhoFields typed={typed} errors={errors} />
      <SelectField
        {...asTyped('section', typed, errors)}
        label={w.invite.section}
        options={sectionOptions(sections)}
        width="l"
        required
      />
      <ProviderFields typed={typed} errors={errors} providers={providers} />
    </FormStep>
  )
}

/** The same again for somebody who has never signed in, with what was entered wrong put right. */
export const InviteAgainPage = ({
  person,
  entered,
  typed,
  errors,
  providers,
}: FormProps & OfPerson & { entered: Typed; providers: Providers }) => {
  const w = useAdministration()
  const shown = 'mail' in typed ? typed : entered
  return (
    <FormStep title={w.invite.again} {...about(person, w.people.title)} errors={errors} button={w.invite.again}>
      <p>{w.invite.againLead}</p>
      <WhoFields typed={shown} errors={errors} />
      <ProviderFields typed={typed} errors={errors} providers={providers} />
    </FormStep>
  )
}
