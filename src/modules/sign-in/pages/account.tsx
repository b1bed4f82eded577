import type { z } from 'zod'
import type { myAccount, myOffices } from '#modules/people/index.ts'
import { useRoleWords } from '#modules/people/index.ts'
import {
  Actions,
  asTyped,
  Button,
  ButtonLink,
  DateText,
  type Errors,
  Facts,
  Form,
  HiddenField,
  Page,
  TextField,
  type Typed,
  useShell,
  useWords,
} from '#ui/index.ts'
import type { mySignIns } from '../views/my-sign-ins.ts'
import { en } from '../words.en.ts'
import { ja } from '../words.ja.ts'
import { SignInsPart } from './identity.tsx'

const words = { ja, en }

type Account = z.output<typeof myAccount.output>
type SignIns = z.output<typeof mySignIns.output>
type Offices = z.output<typeof myOffices.output>['offices']

/** One's own account. */
export const AccountPage = ({ offices, ways, ...me }: Account & { offices: Offices; ways: SignIns }) => {
  const w = useWords(words).account
  const { tenant } = useShell()
  const roleWords = useRoleWords()
  const staff = me.kind === 'staff'
  return (
    <Page title={w.title} crumbs={[{ label: w.myPage, href: '/my' }, { label: w.title }]}>
      <p>{w.lead}</p>
      <h2>{w.about}</h2>
      <Facts
        items={[
          {
            label: w.name,
            // Whoever signed in by mail for the first time is known by nothing else.
            value: me.name === me.mail ? null : me.name,
            ...(staff ? {} : { action: { href: '/my/account/name', label: w.changeName } }),
          },
          { label: w.reading, value: me.reading },
          { label: w.mail, value: me.mail },
          ...(staff ? [{ label: w.section, value: me.section }] : []),
        ]}
      />
      {(staff || me.mail) && <p>{staff ? w.staffNote : w.mailNote}</p>}
      {staff && (
        <>
          <h2>{w.roles}</h2>
          {me.roles.length === 0 ? (
            <p>{w.noRoles}</p>
          ) : (
            <ul>
              {me.roles.map(({ role, place }) => (
                <li key={`${role} ${place}`}>{roleWords[role].may(place ?? tenant?.name ?? '')}</li>
              ))}
            </ul>
          )}
        </>
      )}
      <SignInsPart {...ways} />
      {!staff && (
        <>
          <h2>{w.acting}</h2>
          <p>{w.actingText}</p>
          <Actions>
            <ButtonLink kind="secondary" href="/my/acting">
              {w.actingLink}
            </ButtonLink>
            <ButtonLink kind="secondary" href="/my/mandates">
              {w.mandatesLink}
            </ButtonLink>
          </Actions>
        </>
      )}
      <h2>{w.sessions}</h2>
      <Facts
        items={me.sessions.map(({ here, since, seen }, n) => ({
          label: here ? w.here : w.elsewhere(n + 1),
          value: (
            <>
              {w.started} <DateText date={since} />
              <br />
              {w.seen} <DateText date={seen} />
            </>
          ),
        }))}
      />
      <p>{w.signOutNote}</p>
      <Form action="/sign-out" label={w.signOutEverywhere}>
        <HiddenField name="everywhere" value="yes" />
        <Actions>
          <Button kind="danger">{w.signOutEverywhere}</Button>
        </Actions>
      </Form>
      {(staff || offices.length > 0) && (
        <>
          <h2>{w.offices}</h2>
          {offices.length === 0 ? (
            <p>{w.noOffices}</p>
          ) : (
            <>
              <p>{w.officesLead}</p>
              <ul>
                {offices.map(({ tenant, name, href }) => (
                  <li key={tenant}>
                    <a href={href}>{w.officeLink(name)}</a>
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </Page>
  )
}

/** Saying how one is called. */
export const MyNamePage = ({ typed, errors }: { typed: Typed; errors: Errors }) => {
  const w = useWords(words).account
  return (
    <Page
      title={w.nameTitle}
      crumbs={[{ label: w.myPage, href: '/my' }, { label: w.title, href: '/my/account' }, { label: w.nameTitle }]}
      errors={errors}
    >
      <Form>
        <TextField {...asTyped('name', typed, errors)} label={w.name} hint={w.nameHint} autocomplete="name" required />
        <TextField {...asTyped('reading', typed, errors)} label={w.reading} hint={w.readingHint} />
        <Actions>
          <Button>{w.save}</Button>
          <ButtonLink kind="text" href="/my/account">
            {w.cancel}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>
  )
}
