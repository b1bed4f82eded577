import type { z } from 'zod'
import { tokyoDate } from '#core/dates.ts'
import { trialIssuer, useRoleWords } from '#modules/people/index.ts'
import {
  Actions,
  Badge,
  ButtonLink,
  Columns,
  Console,
  DateText,
  type Fact,
  Facts,
  Note,
  Panel,
  Timeline,
  useDay,
} from '#ui/index.ts'
import type { person } from '../views/person.ts'
import { places, useAdministration } from './administration-words.ts'
import { History, Roles } from './person-parts.tsx'
import { Members, Representation } from './representation.tsx'

type Person = z.output<typeof person.output>

/** One person: who they are, what they may do and why, where they work. `today` tells what is still to come. */
export const PersonPage = ({ today, ...person }: Person & { today: string }) => {
  const w = useAdministration()
  const day = useDay()
  const roleWords = useRoleWords()
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
            {person.kind === 'company' && <Members {...person} />}
            <Representation {...person} />
            {staff && <History today={today} {...person} />}
            {person.formerRoles.length > 0 && (
              <Panel title={w.person.former}>
                <Timeline
                  items={[...person.formerRoles]
                    .sort((a, b) => Number(b.takenAt) - Number(a.takenAt))
                    .map((role) => ({
                      what: roleWords[role.role].name + (role.place ? `（${role.place}）` : ''),
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
              {person.kind === 'company' && !person.disabledAt && (
                <ButtonLink kind="primary" href={`${places.companies}/${person.id}/members/new`}>
                  {w.company.add}
                </ButtonLink>
              )}
              {person.kind === 'resident' && !person.disabledAt && (
                <ButtonLink href={`${place}/mandates/new`}>{w.company.legal}</ButtonLink>
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
  const kind = { label: w.people.kind, value: w.people.kinds[person.kind] }
  const company: Fact[] = [
    { label: w.company.name, value: person.name },
    { label: w.company.number, value: person.number },
    kind,
  ]
  const human: Fact[] = [
    { label: w.people.name, value: person.name },
    { label: w.people.reading, value: person.reading },
    {
      label: w.people.mail,
      value: person.mail && `${person.mail}（${person.mailVerified ? w.person.verified : w.person.unverified}）`,
    },
    kind,
    ...(person.kind === 'staff' || person.signIns.length > 0
      ? [{ label: w.person.signIn, value: <SignIns {...person} /> }]
      : []),
    { label: w.person.sessions, value: w.person.devices(person.openSessions) },
  ]
  const items = person.kind === 'company' ? company : human
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
          {w.person.signInSince(issuer === trialIssuer ? w.person.trialProvider : issuer)}
          <br />
          <DateText date={since} />
        </p>
      ))}
    </>
  )
}
