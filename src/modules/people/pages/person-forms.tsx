import { ChoiceField, DateField, LongTextField, Note, type Option, SelectField, useShell } from '#ui/index.ts'
import { wholeOffice } from '../actions/grant-role.ts'
import { policy } from '../policy.ts'
import { dateParts, type Errors, FormStep, places, type Typed, text, useAdministration } from './administration.tsx'

export type FormProps = { typed: Typed; errors: Errors }

/** Sections by department, for lists to choose from. */
export type SectionChoice = { id: string; name: string; department: string }

export const sectionOptions = (sections: readonly SectionChoice[]): Option[] =>
  sections.map(({ id, name, department }) => ({ value: id, label: `${department}　${name}` }))

export type OfPerson = { person: { id: string; name: string } }

/** Heading, crumbs and way back of a form about a person. */
export const about = (person: OfPerson['person'], people: string) => ({
  subject: person.name,
  crumbs: [
    { label: people, href: places.people },
    { label: person.name, href: `${places.people}/${person.id}` },
  ],
  back: `${places.people}/${person.id}`,
})

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
