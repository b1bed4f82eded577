import { ChoiceField, FormStep, MailField, SelectField, TextField, textTyped } from '#ui/index.ts'
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

export const InviteAgainPage = ({
  person,
  mail,
  typed,
  errors,
  providers,
}: FormProps & OfPerson & { mail: string | null; providers: Providers }) => {
  const w = useAdministration()
  return (
    <FormStep title={w.invite.again} {...about(person, w.people.title)} errors={errors} button={w.invite.again}>
      <p>{mail}</p>
      <ProviderFields typed={typed} errors={errors} providers={providers} />
    </FormStep>
  )
}
