import type { Child } from '../jsx/element.ts'
import { useUiWords } from '../ui-words.ts'

/** What every field takes. The id is the name unless given, so that an error's key is also its link. */
export type FieldProps = {
  name: string
  label: string
  hint?: Child
  error?: string | undefined
  required?: boolean
  id?: string
  autocomplete?: string
  /** false: no 「※必須」「※任意」 (a form where the question does not arise) */
  mark?: boolean
}

/** `aria-describedby` from the ids that exist. */
export const describedBy = (...ids: (string | false | null | undefined)[]): string | undefined =>
  ids.filter(Boolean).join(' ') || undefined

export const hintId = (id: string) => `${id}-hint`
export const errorId = (id: string) => `${id}-error`

/** Attributes that tie a control to its hint and its error. */
export const controlOf = ({ name, hint, error, required, id = name, autocomplete }: FieldProps) => ({
  id,
  name,
  required: required || undefined,
  autocomplete,
  'aria-invalid': error ? ('true' as const) : undefined,
  'aria-describedby': describedBy(hint !== undefined && hintId(id), error && errorId(id)),
})

/** 「※必須」 or 「※任意」, in words: never a bare star or colour. */
export const Need = ({ required, mark = true }: Pick<FieldProps, 'required' | 'mark'>) => {
  const w = useUiWords()
  if (!mark) return null
  return (
    <span class="need" data-required={required ? '' : undefined}>
      {required ? w.required : w.optional}
    </span>
  )
}

export const Hint = ({ id, children }: { id: string; children?: Child }) =>
  children === undefined ? null : (
    <p class="hint" id={hintId(id)}>
      {children}
    </p>
  )

/** The sentence of the error. 「＊」 says without colour that it is one. */
export const Why = ({ id, error }: { id: string; error: string | undefined }) =>
  error ? (
    <p class="why" id={errorId(id)}>
      ＊{error.replace(/^[＊*]\s*/, '')}
    </p>
  ) : null

/** One control with its label, hint and error. */
export const Field = ({ children, ...props }: FieldProps & { children?: Child }) => {
  const { name, label, hint, error, required, mark, id = name } = props
  return (
    <div class="field" data-wrong={error ? '' : undefined}>
      <label class="field__label" for={id}>
        {label}
        <Need required={required} mark={mark} />
      </label>
      <Hint id={id}>{hint}</Hint>
      <Why id={id} error={error} />
      {children}
    </div>
  )
}

/** Several controls that answer one question. Hint and error describe the group; first control carries the id. */
export const FieldGroup = ({ children, ...props }: FieldProps & { children?: Child }) => {
  const { name, label, hint, error, required, mark, id = name } = props
  return (
    <fieldset
      class="field"
      data-wrong={error ? '' : undefined}
      aria-describedby={describedBy(hint !== undefined && hintId(id), error && errorId(id))}
    >
      <legend class="field__label">
        {label}
        <Need required={required} mark={mark} />
      </legend>
      <Hint id={id}>{hint}</Hint>
      <Why id={id} error={error} />
      {children}
    </fieldset>
  )
}
