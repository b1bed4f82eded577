import { Actions, Button, Form, MailField, Page, TextField } from '#ui/index.ts'
import { usePublicWords } from '../words.ts'

type Errors = Readonly<Record<string, string>>

/** Where one looks up a filing without signing in. */
export const StatusPage = ({
  number = '',
  mail = '',
  errors = {},
}: {
  number?: string
  mail?: string
  errors?: Errors
}) => {
  const w = usePublicWords()
  return (
    <Page
      title={w.status.title}
      errors={errors}
      crumbs={[{ label: w.menu, href: '/procedures' }, { label: w.status.title }]}
    >
      <p>{w.status.lead}</p>
      <Form>
        <TextField
          name="number"
          label={w.status.number}
          hint={w.status.numberHint}
          value={number}
          error={errors.number}
          width="m"
          spellcheck={false}
          required
        />
        <MailField name="mail" label={w.status.mail} value={mail} error={errors.mail} required />
        <Actions>
          <Button>{w.status.look}</Button>
        </Actions>
      </Form>
    </Page>
  )
}
