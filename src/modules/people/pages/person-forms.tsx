import {
  ChoiceField,
  DateField,
  LongTextField,
  MailField,
  Note,
  type Option,
  SelectField,
  TextField,
  useShell,
} from '#ui/index.ts'
import { wholeOffice } from '../actions/grant-role.ts'
import { policy } from '../policy.ts'
import { dateParts, type Errors, FormStep, places, type Typed, text, useAdministration } from './administration.tsx'

type FormProps = { typed: Typed; errors: Errors }
type Providers = readonly { name: string; label: string }[]

/** Sections by department, for lists to choose from. */
export type SectionChoice = { id: string; name: string; department: string }

const sectionOptions = (sections: readonly SectionChoice[]): Option[] =>
  sections.map(({ id, name, department }) => ({ value: id, label: `${department}　${name}` }))

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
        value={text(typed.provider) || (providers.length === 1 ? (providers[0]?.name ?? null) : null)}
        error={errors.provider}
        required
      />
      <TextField
        name="subject"
        label={w.invite.subject}
        hint={w.invite.subjectHint}
        value={text(typed.subject)}
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
        value={text(typed.name)}
        error={errors.name}
        autocomplete="off"
        required
      />
      <TextField
        name="reading"
        label={w.people.reading}
        hint={w.invite.readingHint}
        value={text(typed.reading)}
        error={errors.reading}
        autocomplete="off"
      />
      <MailField
        name="mail"
        label={w.people.mail}
        hint={w.invite.mailHint}
        value={text(typed.mail)}
        error={errors.mail}
        autocomplete="off"
        required
      />
      <SelectField
        name="section"
        label={w.invite.section}
        options={sectionOptions(sections)}
        width="l"
        value={text(typed.section)}
        error={errors.section}
        required
      />
      <ProviderFields typed={typed} errors={errors} providers={providers} />
    </FormStep>
  )
}

type OfPerson = { person: { id: string; name: string } }

const about = (person: OfPerson['person'], people: string) => ({
  subject: person.name,
  crumbs: [
    { label: people, href: places.people },
    { label: person.name, href: `${places.people}/${person.id}` },
  ],
  back: `${places.people}/${person.id}`,
})

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

/** Giving a role, with its sentence beside each choice. */
export const GrantPage = ({
  person,
  typed,
  errors,
  units,
}: FormProps & OfPerson & { units: readonly { id: string; name: string; inside: string | null }[] }) => {
  const w = useAdministration()
  const { language, tenant } = useShell()
  const whole = w.wholeOf(tenant?.name ?? w.office)
  return (
    <FormStep title={w.grant.title} {...about(person, w.people.title)} errors={errors} button={w.grant.give}>
      <p>{w.grant.lead(person.name)}</p>
      <ChoiceField
        name="role"
        label={w.grant.role}
        options={Object.entries(policy).map(([value, { reach, [language]: sentence }]) => ({
          value,
          label: sentence.name,
          hint: `${sentence.may(whole)}${language === 'ja' ? '。' : '. '}${reach === 'whole' ? w.grant.wholeOnly : ''}`,
        }))}
        value={text(typed.role)}
        error={errors.role}
        required
      />
      <SelectField
        name="place"
        label={w.grant.place}
        hint={w.grant.placeHint}
        empty={null}
        width="l"
        options={[
          { value: wholeOffice, label: whole },
          ...units.map(({ id, name, inside }) => ({ value: id, label: inside ? `${inside}　${name}` : name })),
        ]}
        value={text(typed.place) || wholeOffice}
        error={errors.place}
        required
      />
      <LongTextField
        name="reason"
        label={w.grant.reason}
        hint={w.grant.reasonHint}
        rows={2}
        maxlength={200}
        value={text(typed.reason)}
        error={errors.reason}
        required
      />
    </FormStep>
  )
}

/** Asking once more before a role is taken back. `sentence` says what will no longer be possible. */
export const RevokePage = ({ person, sentence, errors }: OfPerson & { sentence: string; errors: Errors }) => {
  const w = useAdministration()
  return (
    <FormStep title={w.revoke.title} {...about(person, w.people.title)} errors={errors} button={w.revoke.take} danger>
      <p>{w.revoke.lead(person.name)}</p>
      <ul>
        <li>{sentence}</li>
      </ul>
      <p>{w.revoke.now}</p>
    </FormStep>
  )
}

export const MovePage = ({
  person,
  typed,
  errors,
  sections,
}: FormProps & OfPerson & { sections: readonly SectionChoice[] }) => {
  const w = useAdministration()
  return (
    <FormStep title={w.move.title} {...about(person, w.people.title)} errors={errors} button={w.move.save}>
      <p>{w.move.lead(person.name)}</p>
      <SelectField
        name="section"
        label={w.move.section}
        options={sectionOptions(sections)}
        width="l"
        value={text(typed.section)}
        error={errors.section}
        required
      />
      <DateField
        name="from"
        label={w.move.from}
        hint={w.move.fromHint}
        value={dateParts(typed, 'from')}
        error={errors.from}
        required
      />
      <Note>{w.move.keepsRoles}</Note>
    </FormStep>
  )
}

/** Asking once more before a person is disabled, enabled or signed out. */
export const AskPage = ({
  person,
  about: what,
  errors,
}: OfPerson & { about: 'disable' | 'enable' | 'endSessions'; errors: Errors }) => {
  const w = useAdministration()
  const button = { disable: w.disable.stop, enable: w.enable.go, endSessions: w.endSessions.end }[what]
  return (
    <FormStep
      title={w[what].title}
      {...about(person, w.people.title)}
      errors={errors}
      button={button}
      danger={what !== 'enable'}
    >
      <p>{w[what].lead(person.name)}</p>
      {what === 'disable' && <p>{w.disable.keeps}</p>}
    </FormStep>
  )
}
