import type { z } from 'zod'
import {
  Actions,
  asTyped,
  Button,
  ChoiceField,
  Console,
  type Errors,
  Form,
  MailField,
  Panel,
  PhoneField,
  TextField,
  type Typed,
} from '#ui/index.ts'
import { ratio } from '../rules.ts'
import type { settings } from '../views/settings.ts'
import { useAdministration } from './administration-words.ts'

type Props = { typed: Typed; errors: Errors; colours: z.output<typeof settings.output>['colours'] }

/** Name, colour and contact of the office. */
export const SettingsPage = ({ typed, errors, colours }: Props) => {
  const w = useAdministration()
  return (
    <Console title={w.settings.title} crumbs={[{ label: w.settings.title }]} errors={errors}>
      <p>{w.settings.lead}</p>
      <Form>
        <Panel title={w.settings.look}>
          <TextField {...asTyped('name', typed, errors)} label={w.settings.name} autocomplete="off" required />
          <ChoiceField
            {...asTyped('keyColour', typed, errors)}
            label={w.settings.keyColour}
            hint={w.settings.keyColourHint}
            options={colours.map(({ hue, text, rail, passes }) => ({
              value: hue,
              label: w.colours[hue],
              sample: <Sample hue={hue} />,
              hint: `${w.settings.ratios(ratio(text), ratio(rail))}${passes ? '' : `　${w.settings.fails}`}`,
            }))}
            required
          />
        </Panel>
        <Panel title={w.settings.contact}>
          <p>{w.settings.contactLead}</p>
          <TextField {...asTyped('office', typed, errors)} label={w.settings.office} autocomplete="off" />
          <PhoneField {...asTyped('phone', typed, errors)} label={w.settings.phone} autocomplete="off" />
          <MailField {...asTyped('mail', typed, errors)} label={w.settings.mail} autocomplete="off" />
          <TextField
            {...asTyped('hours', typed, errors)}
            label={w.settings.hours}
            hint={w.settings.hoursHint}
            autocomplete="off"
          />
          <Actions>
            <Button>{w.settings.save}</Button>
          </Actions>
        </Panel>
      </Form>
    </Console>
  )
}

/** A hue to look at: buttons' colour and rail's. Its name and its numbers stand beside it. */
const Sample = ({ hue }: { hue: string }) => (
  <span data-key={hue} aria-hidden="true">
    <svg aria-hidden="true" width="32" height="16" viewBox="0 0 32 16">
      <rect width="16" height="16" fill="var(--key-900)" />
      <rect x="16" width="16" height="16" fill="var(--key-1100)" />
    </svg>{' '}
  </span>
)
