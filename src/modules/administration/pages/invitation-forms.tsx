import { ChoiceField, FormStep, MailField, SelectField, TextField, type Typed, textTyped } from '#ui/index.ts'
import { places, useAdministration } from './administration-words.ts'

import { about, type FormProps, type OfPerson, type SectionChoice, sectionOptions } from './person-forms.tsx'

type Providers = readonly { name: string; label: string }[]

/** Which provider vouches for the person, and by which name of theirs. */
const ProviderFields = ({ typed, errors, providers }: FormProps & { providers: Providers }) => {
  const w = useAdministration()
  return (
    <>
      <ChoiceField
        name="provider"
        label={w.invite.provider}
        hint={w.invite.providerHint}
        options={providers.map(({ name, label }) => ({ value: name, label }))}
        value={textTyped(typed.provider) || (providers.length === 1 ? (providers[0]?.name ?? null) : null)}
        error={errors.provider}
        required
      />
      <TextField
        name="subject"
        label={w.invite.subject}
        hint={w.invite.subjectHint}
        value={textTyped(typed.subject)}
        error={errors.subject}
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
      <TextField
        name="name"
        label={w.people.name}
        value={textTyped(typed.name)}
        error={errors.name}
        autocomplete="off"
        required
      />
      <TextField
        name="reading"
        label={w.people.reading}
        hint={w.invite.readingHint}
        value={textTyped(typed.reading)}
        error={errors.reading}
        autocomplete="off"
      />
      <MailField
        name="mail"
        label={w.people.mail}
        hint={w.invite.mailHint}
        value={textTyped(typed.mail)}
        error={errors.mail}
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
        name="section"
        label={w.invite.section}
        options={sectionOptions(sections)}
        width="l"
        value={textTyped(typed.section)}
        error={errors.section}
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
