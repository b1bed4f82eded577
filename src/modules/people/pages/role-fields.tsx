import { roleNames } from '#core/policy.ts'
import { asTyped, ChoiceField, type Errors, SelectField, type Typed, textTyped, useShell } from '#ui/index.ts'
import { wholeOffice } from '../actions/grant-role.ts'
import { reach } from '../rules/reach.ts'
import { usePeople, useRoleWords } from './people-words.ts'

/** Departments, each followed by its sections, to choose where a role holds. */
export type Places = readonly { id: string; name: string; inside: string | null }[]

type Props = { typed: Typed; errors: Errors }

/** The whole office by its name, where a role holds for all of it. */
export function useWholeOffice(): string {
  const w = usePeople()
  const { tenant } = useShell()
  return w.wholeOf(tenant?.name ?? w.office)
}

/** Which of the office's providers, as a field to choose from: where there is only one, it is chosen already. */
export const asProvider = (providers: readonly { name: string; label: string }[], typed: Typed, errors: Errors) => {
  const field = asTyped('provider', typed, errors)
  const only = providers.length === 1 ? (providers[0]?.name ?? null) : null
  return { ...field, value: field.value || only, options: providers.map(({ name, label }) => ({ value: name, label })) }
}

/** Which role; `explained`: with the sentence of what it may do beside each choice. */
export const RoleField = ({ typed, errors, explained = false }: Props & { explained?: boolean }) => {
  const w = usePeople().roleAt
  const { language } = useShell()
  const sentences = useRoleWords()
  const whole = useWholeOffice()
  const field = { ...asTyped('role', typed, errors), label: w.role, required: true }
  const options = roleNames.map((value) => ({
    value,
    label: sentences[value].name,
    ...(explained && {
      hint: `${sentences[value].may(whole)}${language === 'ja' ? '。' : '. '}${reach[value] === 'whole' ? w.wholeOnly : ''}`,
    }),
  }))
  return explained ? <ChoiceField {...field} options={options} /> : <SelectField {...field} options={options} />
}

/** Where it holds: the whole office, a department or a section. */
export const PlaceField = ({ typed, errors, units, required }: Props & { units: Places; required?: boolean }) => {
  const w = usePeople().roleAt
  return (
    <SelectField
      name="place"
      label={w.place}
      hint={w.placeHint}
      empty={null}
      width="l"
      options={[
        { value: wholeOffice, label: useWholeOffice() },
        ...units.map(({ id, name, inside }) => ({ value: id, label: inside ? `${inside}　${name}` : name })),
      ]}
      value={textTyped(typed.place) || wholeOffice}
      error={errors.place}
      required={required}
    />
  )
}
