import type { Child } from '../jsx/element.ts'
import { useUiWords } from '../ui-words.ts'
import { controlOf, describedBy, errorId, Field, FieldGroup, type FieldProps, hintId, Need, Why } from './field.tsx'

/** One answer to choose. */
export type Option = {
  value: string
  label: string
  hint?: string
  disabled?: boolean
  /** in a list: the heading that it stands under, together with its neighbours */
  group?: string
  /** beside the label of a radio or checkbox, for the eye only */
  sample?: Child
}

type ChoiceProps = {
  type: 'radio' | 'checkbox'
  option: Option
  field: FieldProps
  first: boolean
  position: number
  checked: boolean
}

/** One radio or checkbox. The first has the id that errors link to, and for checkboxes repeats the group's description. */
const Choice = ({ type, option, field, first, position, checked }: ChoiceProps) => {
  const { name, id = name, hint, error, required } = field
  const own = first ? id : `${id}-${position + 1}`
  const groups = type === 'checkbox' && first ? describedBy(hint !== undefined && hintId(id), error && errorId(id)) : ''
  return (
    <div class="choice">
      <input
        type={type}
        id={own}
        name={name}
        value={option.value}
        checked={checked}
        disabled={option.disabled}
        required={(type === 'radio' && required) || undefined}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={describedBy(groups, option.hint && `${own}-hint-own`)}
      />
      <label for={own}>
        {option.sample}
        {option.label}
      </label>
      {option.hint && (
        <p class="choice__hint" id={`${own}-hint-own`}>
          {option.hint}
        </p>
      )}
    </div>
  )
}

/** One answer of several: radios. */
export const ChoiceField = ({
  options,
  value,
  ...field
}: FieldProps & { options: readonly Option[]; value?: string | null }) => (
  <FieldGroup {...field}>
    {options.map((option, position) => (
      <Choice
        key={option.value}
        type="radio"
        option={option}
        field={field}
        first={position === 0}
        position={position}
        checked={option.value === value}
      />
    ))}
  </FieldGroup>
)

/** Any number of answers: checkboxes, sent under one repeated name. */
export const ChoicesField = ({
  options,
  value = [],
  ...field
}: FieldProps & { options: readonly Option[]; value?: readonly string[] }) => (
  <FieldGroup {...field}>
    {options.map((option, position) => (
      <Choice
        key={option.value}
        type="checkbox"
        option={option}
        field={field}
        first={position === 0}
        position={position}
        checked={value.includes(option.value)}
      />
    ))}
  </FieldGroup>
)

/** One answer of a long list. `empty`: the first line that chooses nothing; null: there is none. */
export const SelectField = ({
  options,
  value,
  empty,
  width = 'm',
  ...field
}: FieldProps & {
  options: readonly Option[]
  value?: string | null
  empty?: string | null
  width?: 's' | 'm' | 'l'
}) => {
  const w = useUiWords()
  return (
    <Field {...field}>
      <select class="input" {...controlOf(field)} data-width={width}>
        {empty !== null && <option value="">{empty ?? w.choose}</option>}
        {[...Map.groupBy(options, ({ group }) => group)].map(([group, some]) =>
          group === undefined ? (
            <Lines options={some} value={value} />
          ) : (
            <optgroup key={group} label={group}>
              <Lines options={some} value={value} />
            </optgroup>
          ),
        )}
      </select>
    </Field>
  )
}

const Lines = ({ options, value }: { options: readonly Option[]; value: string | null | undefined }) => (
  <>
    {options.map((option) => (
      <option
        key={option.value}
        value={option.value}
        selected={option.value === value || undefined}
        disabled={option.disabled || undefined}
      >
        {option.label}
      </option>
    ))}
  </>
)

/** One box to tick, sent as `yes`. */
export const Consent = ({
  value,
  children,
  ...field
}: FieldProps & { value?: string | boolean | null; children?: Child }) => {
  const { name, id = name, error, label, required, mark, hint } = field
  return (
    <div class="field" data-wrong={error ? '' : undefined}>
      {children}
      {hint !== undefined && (
        <p class="hint" id={hintId(id)}>
          {hint}
        </p>
      )}
      <Why id={id} error={error} />
      <div class="choice">
        <input type="checkbox" {...controlOf(field)} value="yes" checked={value === true || value === 'yes'} />
        <label for={id}>
          {label}
          <Need required={required} mark={mark} />
        </label>
      </div>
    </div>
  )
}
