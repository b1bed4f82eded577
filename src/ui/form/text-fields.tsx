import { useUiWords } from '../ui-words.ts'
import { controlOf, describedBy, Field, type FieldProps } from './field.tsx'

type Width = 's' | 'm' | 'l'
type TextProps = FieldProps & {
  value?: string | null
  width?: Width
  maxlength?: number
  inputmode?: 'text' | 'numeric' | 'decimal' | 'email' | 'tel' | 'url' | 'search'
  lang?: string
  spellcheck?: boolean
}

/** One line of text. `maxlength` is said, not forced: cutting pasted text in silence loses what a person wrote. */
export const TextField = ({ value, width, maxlength, inputmode, lang, spellcheck, ...field }: TextProps) => (
  <Field {...field}>
    <input
      class="input"
      type="text"
      {...controlOf(field)}
      value={value ?? ''}
      inputmode={inputmode}
      lang={lang}
      spellcheck={spellcheck}
      data-width={width}
      data-maxlength={maxlength}
    />
  </Field>
)

/** Several lines of text; with `maxlength` the browser part counts what is left. `code`: for machines, in letters of one width. */
export const LongTextField = ({
  value,
  rows = 6,
  maxlength,
  code = false,
  ...field
}: FieldProps & { value?: string | null; rows?: number; maxlength?: number; code?: boolean }) => {
  const w = useUiWords()
  const { id = field.name } = field
  const control = controlOf(field)
  const countId = `${id}-count`
  return (
    <Field {...field}>
      <textarea
        class="input"
        {...control}
        aria-describedby={describedBy(control['aria-describedby'], maxlength !== undefined && countId)}
        rows={rows}
        spellcheck={code ? false : undefined}
        data-code={code ? '' : undefined}
        data-maxlength={maxlength}
      >
        {/* A parser drops the first line break of a textarea: one of ours keeps a typed one. */}
        {`\n${value ?? ''}`}
      </textarea>
      {maxlength !== undefined && (
        <p class="count" id={countId} data-left={w.charactersLeft} data-over={w.charactersOver}>
          {w.maxLength(maxlength)}
        </p>
      )}
    </Field>
  )
}

/** An address for mail. `type=email` brings the right keyboard; checking is the server's. */
export const MailField = ({ value, width = 'l', autocomplete = 'email', ...field }: TextProps) => (
  <Field {...field}>
    <input
      class="input"
      type="email"
      {...controlOf({ ...field, autocomplete })}
      value={value ?? ''}
      spellcheck={false}
      data-width={width}
    />
  </Field>
)

/** A telephone number, with or without hyphens. */
export const PhoneField = ({ value, width = 'm', autocomplete = 'tel', ...field }: TextProps) => (
  <Field {...field}>
    <input class="input" type="tel" {...controlOf({ ...field, autocomplete })} value={value ?? ''} data-width={width} />
  </Field>
)

/** A number typed as text: `type=number` changes values by the mouse wheel and swallows what it does not understand. */
export const NumberField = ({
  value,
  unit,
  decimals = false,
  width = 's',
  ...field
}: FieldProps & { value?: string | number | null; unit?: string; decimals?: boolean; width?: Width }) => {
  const w = useUiWords()
  return (
    <Field {...field}>
      <span class="with-unit">
        <input
          class="input num"
          type="text"
          {...controlOf(field)}
          value={value ?? ''}
          inputmode={decimals ? 'decimal' : 'numeric'}
          data-width={width}
        />
        {unit && (
          <span>
            <span aria-hidden="true">{unit}</span>
            <span class="visually-hidden">{w.unitOf(unit)}</span>
          </span>
        )}
      </span>
    </Field>
  )
}

/** A value that cannot be changed here, and why. It can still be read, selected and copied. */
export const ReadOnlyField = ({
  label,
  value,
  reason,
  name,
  id = name ?? `read-only-${label}`,
}: {
  label: string
  value: string
  reason: string
  name?: string
  id?: string
}) => {
  const w = useUiWords()
  const safeId = id.replaceAll(/\s/g, '-')
  return (
    <div class="field">
      <label class="field__label" for={safeId}>
        {label}
        <span class="need">{w.readOnly}</span>
      </label>
      <p class="hint" id={`${safeId}-hint`}>
        {reason}
      </p>
      <input
        class="input"
        type="text"
        id={safeId}
        name={name}
        value={value}
        readonly
        aria-describedby={`${safeId}-hint`}
      />
    </div>
  )
}
