import type { Child } from '../jsx/element.ts'
import { Console } from '../page.tsx'
import type { Crumb } from '../parts/crumbs.tsx'
import { Panel } from '../parts/panel.tsx'
import { useUiWords } from '../ui-words.ts'
import { Actions, Button, ButtonLink } from './button.tsx'
import type { Errors } from './error-summary.tsx'
import { Form } from './form.tsx'

type StepProps = {
  title: string
  /** Whom or what it is about: the heading of the panel. */
  subject: string
  crumbs: readonly Crumb[]
  back: string
  errors?: Errors
  button: string
  danger?: boolean
  children?: Child
}

/** A page of the console with one form and one thing to do; `back` leads out of it. */
export const FormStep = ({ title, subject, crumbs, back, errors, button, danger = false, children }: StepProps) => (
  <Console title={title} crumbs={[...crumbs, { label: title }]} errors={errors}>
    <Panel title={subject}>
      <Form>
        {children}
        <Actions>
          <Button kind={danger ? 'danger' : 'primary'}>{button}</Button>
          <ButtonLink kind="text" href={back}>
            {useUiWords().cancel}
          </ButtonLink>
        </Actions>
      </Form>
    </Panel>
  </Console>
)
