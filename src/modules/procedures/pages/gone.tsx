import { draftDays } from '#modules/forms/index.ts'
import {
  Actions,
  Button,
  ButtonLink,
  Form,
  HiddenField,
  Note,
  Page,
  PhoneLink,
  shellPaths,
  useShell,
} from '#ui/index.ts'
import { usePublicWords } from '../words.ts'

type GoneProps = {
  /** The procedure, where what was sent names one that can be begun. */
  procedure: { slug: string; title: string } | null
  /** What was typed on a page of the form, to be carried into a new draft; empty where nothing was. */
  typed: readonly (readonly [name: string, value: string])[]
  files: boolean
}

/** A draft that this browser can't open: why, and how to go on without losing what was typed. */
export const GonePage = ({ procedure, typed, files }: GoneProps) => {
  const w = usePublicWords()
  const { person, path, tenant } = useShell()
  const carries = typed.length > 0
  return (
    <Page title={w.gone.title} crumbs={[{ label: w.menu, href: '/procedures' }, { label: w.gone.title }]}>
      <p>{w.gone.text(draftDays)}</p>
      {procedure && carries && (
        <Note kind="info" title={w.gone.typed}>
          <p>{w.gone.typedText}</p>
          {files && <p>{w.gone.files}</p>}
        </Note>
      )}
      {procedure ? (
        <Form action={`/procedures/${procedure.slug}/begin`} label={procedure.title}>
          <p>
            <a href={`/procedures/${procedure.slug}`}>{procedure.title}</a>
          </p>
          {typed.map(([name, value]) => (
            <HiddenField name={name} value={value} />
          ))}
          <Actions>
            <Button>{carries ? w.gone.carry : w.gone.anew}</Button>
          </Actions>
        </Form>
      ) : (
        <Actions>
          <ButtonLink kind="primary" href="/procedures">
            {w.gone.find}
          </ButtonLink>
        </Actions>
      )}
      {!person && (
        <p>
          {w.gone.signIn} <a href={`${shellPaths.signIn}?back=${encodeURIComponent(path)}`}>{w.gone.signInLink}</a>
        </p>
      )}
      <p>
        {w.gone.filed} <a href="/filings/status">{w.status.title}</a>
      </p>
      {tenant?.contact?.phone && (
        <p>
          {w.gone.other} {tenant.contact.office}　<PhoneLink number={tenant.contact.phone} />
        </p>
      )}
    </Page>
  )
}
