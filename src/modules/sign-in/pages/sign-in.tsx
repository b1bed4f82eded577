import type { Profile } from '#core/outside.ts'
import {
  Actions,
  Button,
  ButtonLink,
  Form,
  HiddenField,
  MailField,
  Note,
  Page,
  TextField,
  useShell,
  useWords,
} from '#ui/index.ts'
import { en } from '../words.en.ts'
import { ja } from '../words.ja.ts'

const words = { ja, en }

type Errors = Readonly<Record<string, string>>

type Offered = { name: string; label: string; profile: Profile }

type SignInProps = {
  back: string
  providers: readonly Offered[]
  mail?: string
  errors?: Errors
  failed?: keyof typeof ja.failed.reasons | null
}

/** The doors: card and mail for residents, GビズID for businesses, the office's provider for staff. */
export const SignInPage = ({ back, providers, mail = '', errors = {}, failed = null }: SignInProps) => {
  const w = useWords(words)
  const ways = { back, providers }
  return (
    <Page title={w.signIn.title} errors={errors} crumbs={[{ label: w.signIn.title }]}>
      {failed && (
        <Note kind="error" title={w.failed.title}>
          <p>{w.failed.reasons[failed]}</p>
          <p>{w.failed.text}</p>
        </Note>
      )}
      <p>{w.signIn.lead}</p>
      <Providers {...ways} profile="card" title={w.signIn.byCard} text={w.signIn.byCardText} />
      <h2>{w.signIn.byMail}</h2>
      <Form action="/sign-in/mail" label={w.signIn.byMail}>
        <HiddenField name="back" value={back} />
        <MailField
          name="mail"
          label={w.signIn.mail}
          hint={w.signIn.mailHint}
          value={mail}
          error={errors.mail}
          required
        />
        <Actions>
          <Button>{w.signIn.send}</Button>
        </Actions>
      </Form>
      <Providers {...ways} profile="gbizid" title={w.signIn.byBusiness} text={w.signIn.byBusinessText} />
      <Providers {...ways} profile="office" title={w.signIn.byOffice} />
    </Page>
  )
}

type ProvidersProps = { back: string; providers: readonly Offered[]; profile: Profile; title: string; text?: string }

const Providers = ({ back, providers, profile, title, text }: ProvidersProps) => {
  const w = useWords(words)
  const found = providers.filter((one) => one.profile === profile)
  if (found.length === 0) return null
  return (
    <>
      <h2>{title}</h2>
      {text && <p>{text}</p>}
      {found.map(({ name, label }) => (
        <p>
          <ButtonLink kind="secondary" href={`/sign-in/with/${name}?back=${encodeURIComponent(back)}`}>
            {w.signIn.withProvider(label)}
          </ButtonLink>
        </p>
      ))}
    </>
  )
}

type CodeProps = { id: string; back: string; mail: string | null; over: boolean; code?: string; errors?: Errors }

/** Where the code from the mail is typed in; once it opens nothing any more, where another one is asked for. */
export const CodePage = ({ id, back, mail, over, code = '', errors = {} }: CodeProps) => {
  const w = useWords(words)
  const { trial } = useShell()
  const signIn = `/sign-in?back=${encodeURIComponent(back)}`
  return (
    <Page
      title={over ? w.code.over : w.code.title}
      errors={over ? undefined : errors}
      crumbs={[{ label: w.signIn.title, href: signIn }, { label: over ? w.code.over : w.code.title }]}
    >
      <p>{over ? w.code.overText : w.code.lead}</p>
      {mail && (
        <p>
          {w.code.sentTo(mail)} <a href={signIn}>{w.code.otherMail}</a>
        </p>
      )}
      {!over && trial && (
        <Note kind="info">
          {w.code.trial} <a href="/trial/mailbox">{w.code.mailbox}</a>
        </Note>
      )}
      {!over && (
        <Form>
          <HiddenField name="id" value={id} />
          <HiddenField name="back" value={back} />
          <TextField
            name="code"
            label={w.code.label}
            hint={w.code.hint}
            value={code}
            error={errors.code}
            width="s"
            inputmode="numeric"
            autocomplete="one-time-code"
            required
          />
          <Actions>
            <Button>{w.code.use}</Button>
          </Actions>
        </Form>
      )}
      {mail ? (
        <Form action="/sign-in/mail">
          <HiddenField name="mail" value={mail} />
          <HiddenField name="back" value={back} />
          <Actions>
            <Button kind={over ? 'primary' : 'text'}>{w.code.again}</Button>
          </Actions>
        </Form>
      ) : (
        <Actions>
          <ButtonLink kind={over ? 'primary' : 'text'} href={signIn}>
            {w.code.again}
          </ButtonLink>
        </Actions>
      )}
    </Page>
  )
}
