import type { z } from 'zod'
import { addDays, tokyoDate } from '#core/dates.ts'
import { useRoleWords, useWholeOffice } from '#modules/people/index.ts'
import { Badge, DateText, EmptyState, Panel, Table, Timeline, useDay } from '#ui/index.ts'
import type { person } from '../views/person.ts'
import { useAdministration } from './administration-words.ts'

type Person = z.output<typeof person.output>
type Role = Person['roles'][number]

/** What somebody may do, since when, by whom and why. */
export const Roles = ({ place, roles }: Pick<Person, 'roles'> & { place: string }) => {
  const w = useAdministration()
  const roleWords = useRoleWords()
  const whole = useWholeOffice()
  return (
    <Panel title={w.person.can}>
      <Table
        caption={w.person.can}
        hideCaption
        columns={[
          {
            label: w.people.roles,
            head: true,
            cell: ({ id, role, place: where }: Role) => (
              <>
                {roleWords[role].may(where ?? whole)}
                <br />
                <a href={`${place}/roles/${id}/revoke`}>{w.person.revoke(roleWords[role].name)}</a>
              </>
            ),
          },
          {
            label: w.grant.reason,
            cell: ({ reason, givenBy, givenAt }: Role) => (
              <>
                {reason}
                {reason && <br />}
                <DateText date={tokyoDate(givenAt)} /> {w.person.givenBy(givenBy || w.somebody)}
              </>
            ),
          },
        ]}
        rows={roles}
        empty={<EmptyState title={w.person.noRoles} />}
      />
    </Panel>
  )
}

/** Where somebody worked, works and will work. */
export const History = ({ memberships, today }: Pick<Person, 'memberships'> & { today: string }) => {
  const w = useAdministration()
  const day = useDay()
  return (
    <Panel title={w.person.history}>
      <Timeline
        items={memberships.map(({ section, department, from, to }) => ({
          what: (
            <>
              {section ? `${department ? `${department}　` : ''}${section}` : w.person.noSection}
              {from > today && ' '}
              {from > today && <Badge kind="now">{w.person.planned}</Badge>}
            </>
          ),
          at: from,
          detail: to && w.person.until(day(addDays(to, -1))),
        }))}
      />
    </Panel>
  )
}
