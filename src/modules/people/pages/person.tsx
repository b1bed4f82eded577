import type { z } from 'zod'
import { addDays, tokyoDate } from '#core/dates.ts'
import {
  Actions,
  Badge,
  ButtonLink,
  Columns,
  Console,
  DateText,
  EmptyState,
  type Fact,
  Facts,
  Note,
  Panel,
  Table,
  Timeline,
  useShell,
} from '#ui/index.ts'
import { policy } from '../policy.ts'
import type { person } from '../views/person.ts'
import { places, useAdministration, useDay } from './administration.tsx'

type Person = z.output<typeof person.output>
type Role = Person['roles'][number]

/** One person: who they are, what they may do and why, where they work. `today` tells what is still to come. */
export const PersonPage = ({ today, ...person }: Person & { today: string }) => {
  const w = useAdministration()
  const day = useDay()
  const { language } = useShell()
  const place = `${places.people}/${person.id}`
  const staff = person.kind === 'staff'
  return (
    <Console
      title={person.name}
      crumbs={[{ label: w.people.title, href: places.people }, { label: person.name }]}
      state={
        person.disabledAt ? (
          <Badge kind="bad">{w.people.disabled}</Badge>
        ) : staff && person.signIns.length === 0 ? (
          <Badge kind="warn">{w.people.invited}</Badge>
        ) : (
          <Badge kind="ok">{w.people.active}</Badge>
        )
      }
    >
      {person.disabledAt && <Note kind="warn">{w.person.disabledNote(day(tokyoDate(person.disabledAt)))}</Note>}
      <Columns
        main={
          <>
            <About {...person} />
            {staff ? <Roles place={place} {...person} /> : <Note>{w.person.notStaff}</Note>}
            {staff && <History today={today} {...person} />}
            {person.formerRoles.length > 0 && (
              <Panel title={w.person.former}>
                <Timeline
                  items={[...person.formerRoles]
                    .sort((a, b) => Number(b.takenAt) - Number(a.takenAt))
                    .map((role) => ({
                      what: policy[role.role][language].name + (role.place ? `（${role.place}）` : ''),
                      at: role.takenAt ?? role.givenAt,
                      who: w.person.takenBy(role.takenBy || w.somebody),
                    }))}
                />
              </Panel>
            )}
          </>
        }
        side={
          <Panel title={w.person.todo} kind="next">
            {person.oneself && <Note>{w.person.fourEyes}</Note>}
            <Actions>
              {staff && !person.oneself && !person.disabledAt && (
                <ButtonLink kind="primary" href={`${place}/roles`}>
                  {w.person.grant}
                </ButtonLink>
              )}
              {staff && <ButtonLink href={`${place}/section`}>{w.person.move}</ButtonLink>}
              {person.openSessions > 0 && (
                <ButtonLink href={`${place}/end-sessions`}>{w.person.endSessions}</ButtonLink>
              )}
              {staff && person.signIns.length === 0 && !person.disabledAt && (
                <ButtonLink href={`${place}/invitation`}>{w.person.inviteAgain}</ButtonLink>
              )}
              {person.disabledAt ? (
                <ButtonLink href={`${place}/enable`}>{w.person.enable}</ButtonLink>
              ) : (
                !person.oneself && (
                  <ButtonLink kind="danger" href={`${place}/disable`}>
                    {w.person.disable}
                  </ButtonLink>
                )
              )}
            </Actions>
          </Panel>
        }
      />
    </Console>
  )
}

const About = (person: Person) => {
  const w = useAdministration()
  const items: Fact[] = [
    { label: w.people.name, value: person.name },
    { label: w.people.reading, value: person.reading },
    {
      label: w.people.mail,
      value: person.mail && `${person.mail}（${person.mailVerified ? w.person.verified : w.person.unverified}）`,
    },
    { label: w.people.kind, value: w.people.kinds[person.kind] },
    ...(person.kind === 'staff' ? [{ label: w.person.signIn, value: <SignIns {...person} /> }] : []),
    { label: w.person.sessions, value: w.person.devices(person.openSessions) },
  ]
  return (
    <Panel title={w.person.about}>
      <Facts items={items} />
    </Panel>
  )
}

const SignIns = ({ signIns, invitation }: Person) => {
  const w = useAdministration()
  const day = useDay()
  if (signIns.length === 0) {
    // The last day, not the moment after it.
    const until = invitation && day(tokyoDate(new Date(invitation.until.getTime() - 1)))
    return (
      <>
        {w.person.neverSignedIn}
        <br />
        {until ? w.person.invitedUntil(until) : w.person.invitationOver}
      </>
    )
  }
  return (
    <>
      {signIns.map(({ issuer, since }) => (
        <p key={issuer}>
          {w.person.signInSince(issuer)}
          <br />
          <DateText date={since} />
        </p>
      ))}
    </>
  )
}

const Roles = ({ place, roles }: Pick<Person, 'roles'> & { place: string }) => {
  const w = useAdministration()
  const { language, tenant } = useShell()
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
                {policy[role][language].may(where ?? w.wholeOf(tenant?.name ?? w.office))}
                <br />
                <a href={`${place}/roles/${id}/revoke`}>{w.person.revoke(policy[role][language].name)}</a>
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

const History = ({ memberships, today }: Pick<Person, 'memberships'> & { today: string }) => {
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
