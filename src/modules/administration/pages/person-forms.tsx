import type { RoleName } from '#core/policy.ts'
import { PlaceField, type Places, RoleField, useRoleWords, useWholeOffice } from '#modules/people/index.ts'
import {
  asTyped,
  DateField,
  dateTyped,
  type Errors,
  FormStep,
  LongTextField,
  Note,
  type Option,
  SelectField,
  type Typed,
} from '#ui/index.ts'
import { places, useAdministration } from './administration-words.ts'

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
export const GrantPage = ({ person, typed, errors, units }: FormProps & OfPerson & { units: Places }) => {
  const w = useAdministration()
  return (
    <FormStep title={w.grant.title} {...about(person, w.people.title)} errors={errors} button={w.grant.give}>
      <p>{w.grant.lead(person.name)}</p>
      <RoleField typed={typed} errors={errors} explained />
      <PlaceField typed={typed} errors={errors} units={units} required />
      <LongTextField
        {...asTyped('reason', typed, errors)}
        label={w.grant.reason}
        hint={w.grant.reasonHint}
        rows={2}
        maxlength={200}
        required
      />
    </FormStep>
  )
}

type Held = { role: RoleName; place: string | null }

/** Asking once more before a role is taken back: what will no longer be possible. */
export const RevokePage = ({ person, held, errors }: OfPerson & { held: Held; errors: Errors }) => {
  const w = useAdministration()
  const roleWords = useRoleWords()
  const whole = useWholeOffice()
  return (
    <FormStep title={w.revoke.title} {...about(person, w.people.title)} errors={errors} button={w.revoke.take} danger>
      <p>{w.revoke.lead(person.name)}</p>
      <ul>
        <li>{roleWords[held.role].may(held.place ?? whole)}</li>
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
        {...asTyped('section', typed, errors)}
        label={w.move.section}
        options={sectionOptions(sections)}
        width="l"
        required
      />
      <DateField
        name="from"
        label={w.move.from}
        hint={w.move.fromHint}
        value={dateTyped(typed, 'from')}
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
