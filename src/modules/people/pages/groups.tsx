import type { z } from 'zod'
import { tokyoDate } from '#core/dates.ts'
import {
  asTyped,
  ButtonLink,
  Console,
  DateText,
  EmptyState,
  type Errors,
  FormStep,
  Note,
  SelectField,
  Table,
  TextField,
  type Typed,
} from '#ui/index.ts'
import type { groupRoles } from '../views/group-roles.ts'
import { places, usePeople, useRoleWords } from './people-words.ts'
import { asProvider, PlaceField, type Places, RoleField, useWholeOffice } from './role-fields.tsx'

type Shown = z.output<typeof groupRoles.output>
type Line = Shown['lines'][number]

/** Which group of the office's provider gives which role. */
export const GroupsPage = ({ lines, providers }: Shown) => {
  const w = usePeople()
  const roleWords = useRoleWords()
  const whole = useWholeOffice()
  const labelOf = (name: string) => providers.find((one) => one.name === name)?.label ?? name
  return (
    <Console
      title={w.groups.title}
      crumbs={[{ label: w.groups.title }]}
      state={
        <ButtonLink kind="primary" small href={`${places.groups}/new`}>
          {w.groups.add}
        </ButtonLink>
      }
    >
      <p>{w.groups.lead}</p>
      <Note kind="info">{w.groups.fourEyes}</Note>
      <Table
        caption={w.groups.title}
        hideCaption
        columns={[
          { label: w.groups.group, head: true, wide: true, cell: ({ group }: Line) => group },
          { label: w.groups.provider, cell: ({ provider }: Line) => labelOf(provider) },
          {
            label: w.groups.role,
            cell: ({ role, place }: Line) => `${roleWords[role].name}（${place ?? whole}）`,
          },
          { label: w.groups.holders, cell: ({ holders }: Line) => w.groups.count(holders) },
          {
            label: w.groups.entered,
            cell: ({ at, by }: Line) => (
              <>
                <DateText date={tokyoDate(at)} /> {by}
              </>
            ),
          },
          {
            label: w.groups.change,
            cell: ({ id }: Line) => <a href={`${places.groups}/${id}/remove`}>{w.groups.remove}</a>,
          },
        ]}
        rows={lines}
        empty={
          <EmptyState title={w.groups.none}>
            <p>{w.groups.noneText}</p>
          </EmptyState>
        }
      />
    </Console>
  )
}

type FormProps = { typed: Typed; errors: Errors }

/** Entering a line of the table. */
export const EnterGroupPage = ({
  typed,
  errors,
  providers,
  units,
}: FormProps & { providers: Shown['providers']; units: Places }) => {
  const w = usePeople()
  return (
    <FormStep
      title={w.groups.add}
      subject={w.groups.newOne}
      crumbs={[{ label: w.groups.title, href: places.groups }]}
      back={places.groups}
      errors={errors}
      button={w.groups.save}
    >
      <SelectField {...asProvider(providers, typed, errors)} label={w.groups.provider} required />
      <TextField
        {...asTyped('group', typed, errors)}
        label={w.groups.group}
        hint={w.groups.groupHint}
        spellcheck={false}
        required
      />
      <RoleField typed={typed} errors={errors} />
      <PlaceField typed={typed} errors={errors} units={units} />
    </FormStep>
  )
}

/** Asks before a line is taken away. */
export const RemoveGroupPage = ({ line, errors }: { line: Line; errors: FormProps['errors'] }) => {
  const w = usePeople()
  const roleWords = useRoleWords()
  return (
    <FormStep
      title={w.groups.removeTitle}
      subject={line.group}
      crumbs={[{ label: w.groups.title, href: places.groups }]}
      back={places.groups}
      errors={errors}
      button={w.groups.remove}
      danger
    >
      <p>{w.groups.removeLead(roleWords[line.role].name, line.holders)}</p>
    </FormStep>
  )
}
