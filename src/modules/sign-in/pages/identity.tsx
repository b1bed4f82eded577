import type { z } from 'zod'
import type { Profile } from '#core/outside.ts'
import { useAccountCrumbs } from '#modules/people/index.ts'
import {
  Actions,
  Button,
  ButtonLink,
  Consent,
  DateText,
  type Errors,
  Facts,
  Form,
  HiddenField,
  Note,
  Page,
  useWords,
} from '#ui/index.ts'
import type { mySignIns } from '../views/my-sign-ins.ts'
import { en } from '../words.identity.en.ts'
import { ja } from '../words.identity.ja.ts'
import { Hidden, Verified } from './verified.tsx'

export const words = { ja, en }

/** The words of all pages about identity. */
export const useIdentity = () => useWords(words)

type SignIns = z.output<typeof mySignIns.output>

/** Part of the account page: how one can sign in, what could be linked, what was verified. */
export const SignInsPart = ({ mail, signIns, verified, hidden, offers }: SignIns) => {
  const w = useIdentity()
  return (
    <>
      <h2>{w.signIns.title}</h2>
      <p>{w.signIns.lead}</p>
      <Facts
        items={[
          ...(mail ? [{ label: w.signIns.mail, value: w.signIns.mailAt(mail) }] : []),
          ...signIns.map(({ id, profile, linked, last, removable }) => ({
            label: w.profiles[profile],
            value: (
              <>
                {w.signIns.linked} <DateText date={linked} />
                {last && (
                  <>
                    <br />
                    {w.signIns.last} <DateText date={last} />
                  </>
                )}
              </>
            ),
            ...(removable && { action: { href: `/my/account/sign-ins/${id}`, label: w.signIns.unlink } }),
          })),
        ]}
      />
      {offers.length > 0 && (
        <>
          <h3>{w.signIns.add}</h3>
          <p>{w.signIns.addText}</p>
          <Actions>
            {offers.map(({ name, label }) => (
              <ButtonLink kind="secondary" href={`/my/account/link/${name}`}>
                {w.signIns.link(label)}
              </ButtonLink>
            ))}
          </Actions>
        </>
      )}
      {verified.length > 0 && <Verified verified={verified} />}
      {hidden.map((way) => (
        <Hidden way={way} offers={offers} />
      ))}
    </>
  )
}

/** Before leaving for the provider: what linking would mean. By a link, since a form may not lead to another site. */
export const LinkPage = ({
  label,
  profile,
  href,
  back,
}: {
  label: string
  profile: Profile
  href: string
  back: string
}) => {
  const w = useIdentity().link
  return (
    <Page title={w.title(label)} crumbs={useAccountCrumbs(w.title(label))}>
      <p>{w[profile]}</p>
      <p>{w.text}</p>
      <Actions>
        <ButtonLink href={href}>{w.go}</ButtonLink>
        <ButtonLink kind="text" href={back}>
          {w.cancel}
        </ButtonLink>
      </Actions>
    </Page>
  )
}

type ConsentProps = {
  pending: string
  account: string
  profile: Profile
  name: string
  company: string | null
  back: string
  errors?: Errors
}

/** After coming back: who was found, and the question itself. */
export const ConsentPage = ({ pending, account, profile, name, company, back, errors = {} }: ConsentProps) => {
  const all = useIdentity()
  const w = all.consent
  return (
    <Page title={w.title} crumbs={useAccountCrumbs(w.title)} errors={errors}>
      <p>{w.text}</p>
      <Facts
        items={[
          { label: w.account, value: account },
          { label: w.found, value: all.profiles[profile] },
          { label: w.who, value: name },
          ...(company ? [{ label: w.company, value: company }] : []),
        ]}
      />
      <Form action="/my/account/link" label={w.title}>
        <HiddenField name="pending" value={pending} />
        <Consent name="consent" label={w.label} error={errors.consent} required />
        <Actions>
          <Button>{w.save}</Button>
          <ButtonLink kind="text" href={back}>
            {all.link.cancel}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>
  )
}

/** Asks before a way to sign in is taken away. */
export const UnlinkPage = ({ profile, errors }: { profile: Profile; errors: Errors }) => {
  const all = useIdentity()
  const w = all.unlink
  return (
    <Page title={w.title} crumbs={useAccountCrumbs(w.title)} errors={errors}>
      {errors.signIn && <Note kind="error">{errors.signIn}</Note>}
      <p>{w.text(all.profiles[profile])}</p>
      <p>
        {profile === 'gbizid' ? w.gbizid : ''}
        {w.sessions}
      </p>
      <Form>
        <Actions>
          <Button kind="danger">{w.save}</Button>
          <ButtonLink kind="text" href="/my/account">
            {all.link.cancel}
          </ButtonLink>
        </Actions>
      </Form>
    </Page>
  )
}
