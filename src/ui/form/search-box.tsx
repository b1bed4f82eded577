import type { Child } from '../jsx/element.ts'
import { useUiWords } from '../ui-words.ts'
import { describedBy } from './field.tsx'

/** A search by GET. The key `/` moves the focus here where JavaScript runs. */
export const SearchBox = ({
  action,
  label,
  name = 'q',
  value,
  hint,
  button,
  id = name,
}: {
  action: string
  label: string
  name?: string
  value?: string | null
  hint?: Child
  button?: string
  id?: string
}) => {
  const w = useUiWords()
  return (
    <search class="search">
      <form method="get" action={action}>
        <label class="search__label" for={id}>
          {label}
        </label>
        {hint !== undefined && (
          <p class="hint" id={`${id}-hint`}>
            {hint}
          </p>
        )}
        <div class="search__row">
          <input
            class="input"
            type="search"
            id={id}
            name={name}
            value={value ?? ''}
            autocomplete="off"
            aria-describedby={describedBy(hint !== undefined && `${id}-hint`)}
          />
          <button type="submit" class="button" data-kind="primary">
            {button ?? w.search}
          </button>
        </div>
      </form>
    </search>
  )
}
