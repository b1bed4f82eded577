import type { z } from 'zod'
import { tokyoDate } from '#core/dates.ts'
import { ButtonLink, Console, DateText, EmptyState, Note, SelectField, Table, TextField, useShell } from '#ui/index.ts'
import { wholeOffice } from '../actions/grant-role.ts'
import { policy } from '../policy.ts'
import type { groupRoles } from '../views/group-roles.ts'
import { FormStep, places, text, useAdministration } from './administration.tsx'
import type { FormProps } from './person-forms.tsx'

type Shown = z.output<typeof groupRoles.output>
type Line = Shown['lines'][number]

/** Which group of the office's provider gives which role. */
export const GroupsPage = ({ lines, providers }: Shown) => {
  const w = useAdministration()
  const { language, tenant } = useShell()
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
            cell: ({ role, place }: Line) =>
              `${policy[role][language].name}（${place ?? w.wholeOf(tenant?.name ?? w.office)}）`,
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

type Places = readonly { id: string; name: string; inside: string | null }[]

/** Entering a line of the table. */
export const EnterGroupPage = ({
  typed,
  errors,
  providers,
  units,
}: FormProps & { providers: Shown['providers']; units: Places }) => {
  const w = useAdministration()
  const { language, tenant } = useShell()
  return (
    <FormStep
      title={w.groups.add}
      subject={w.groups.newOne}
      crumbs={[{ label: w.groups.title, href: places.groups }]}
      back={places.groups}
      errors={errors}
      button={w.groups.save}
    >
      <SelectField
        name="provider"
        label={w.groups.provider}
        options={providers.map(({ name, label }) => ({ value: name, label }))}
        value={text(typed.provider) || (providers.length === 1 ? (providers[0]?.name ?? null) : null)}
        error={errors.provider}
        required
      />
      <TextField
        name="group"
        label={w.groups.group}
        hint={w.groups.groupHint}
        value={text(typed.group)}
        error={errors.group}
        spellcheck={false}
        required
      />
      <SelectField
        name="role"
        label={w.groups.role}
        options={Object.entries(policy).map(([value, { [language]: sentence }]) => ({ value, label: sentence.name }))}
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
          { value: wholeOffice, label: w.wholeOf(tenant?.name ?? w.office) },
          ...units.map(({ id, name, inside }) => ({ value: id, label: inside ? `${inside}　${name}` : name })),
        ]}
        value={text(typed.place)}
        error={errors.place}
      />
    </FormStep>
  )
}

/** Asks before a line is taken away. */
export const RemoveGroupPage = ({ line, errors }: { line: Line; errors: FormProps['errors'] }) => {
  const w = useAdministration()
  const { language } = useShell()
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
      <p>{w.groups.removeLead(policy[line.role][language].name, line.holders)}</p>
    </FormStep>
  )
}
