import { useUiWords } from '../ui-words.ts'
import { describedBy, errorId, FieldGroup, type FieldProps, hintId } from './field.tsx'

/** One input of an answer that has several. With `options` it is a list to choose from. */
export type FieldPart = {
  name: string
  label: string
  options?: readonly string[]
  optional?: boolean
  numeric?: boolean
  autocomplete?: string
}

/**
 * Several inputs that make one answer (a name with its reading, an address). Sends `name.part` for each. The first has the id
 * that errors link to.
 */
export const PartsField = ({
  parts,
  value = {},
  wrong = [],
  ...field
}: FieldProps & {
  parts: readonly FieldPart[]
  value?: Readonly<Record<string, string | undefined>>
  wrong?: readonly string[]
}) => {
  const w = useUiWords()
  const { name, id = name, hint, error, required } = field
  const described = describedBy(hint !== undefined && hintId(id), error && errorId(id))
  return (
    <FieldGroup {...field}>
      <div class="parts">
        {parts.map((part, n) => {
          const control = {
            id: n === 0 ? id : `${id}.${part.name}`,
            name: `${name}.${part.name}`,
            required: (required && !part.optional) || undefined,
            autocomplete: part.autocomplete ?? 'off',
            'aria-invalid':
              error && (wrong.length === 0 ? !part.optional : wrong.includes(part.name))
                ? ('true' as const)
                : undefined,
            'aria-describedby': n === 0 ? described : undefined,
          }
          return (
            <div class="parts__part" key={part.name}>
              <label for={control.id}>
                {part.label}
                {required && part.optional && <span class="need">{w.optional}</span>}
              </label>
              {part.options ? (
                <select class="input" {...control}>
                  <option value="">{w.choose}</option>
                  {part.options.map((option) => (
                    <option key={option} value={option} selected={option === value[part.name] || undefined}>
                      {option}
                    </option>
                  ))}
                </select>
              ) : (
                <input
                  class="input"
                  type="text"
                  {...control}
                  value={value[part.name] ?? ''}
                  inputmode={part.numeric ? 'numeric' : undefined}
                />
              )}
            </div>
          )
        })}
      </div>
    </FieldGroup>
  )
}
