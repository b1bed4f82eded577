import type { Child } from '../jsx/element.ts'
import { useUiWords } from '../ui-words.ts'
import type { Option } from './choice-fields.tsx'

/** Narrowing a list, by GET: the address can be kept and sent to a colleague. */
export const Filters = ({
  action,
  label,
  clear,
  button,
  children,
}: {
  action?: string
  label?: string
  /** the address without conditions; leave out when there are none */
  clear?: string
  /** what the button does, if it doesn't narrow a list */
  button?: string
  children?: Child
}) => {
  const w = useUiWords()
  return (
    <form class="filters" method="get" action={action} aria-label={label ?? w.filters}>
      {children}
      <button type="submit" class="button" data-kind="secondary" data-small="">
        {button ?? w.filter}
      </button>
      {clear && <a href={clear}>{w.clearFilters}</a>}
    </form>
  )
}

export const FilterSelect = ({
  name,
  label,
  options,
  value,
}: {
  name: string
  label: string
  options: readonly Option[]
  value?: string | null
}) => (
  <div class="filters__item">
    <label for={`filter-${name}`}>{label}</label>
    <select class="input" id={`filter-${name}`} name={name}>
      {options.map((option) => (
        <option key={option.value} value={option.value} selected={option.value === value || undefined}>
          {option.label}
        </option>
      ))}
    </select>
  </div>
)

export const FilterText = ({
  name,
  label,
  value,
  hint,
}: {
  name: string
  label: string
  value?: string | null
  hint?: string
}) => (
  <div class="filters__item">
    <label for={`filter-${name}`}>{label}</label>
    {hint && (
      <p class="hint small" id={`filter-${name}-hint`}>
        {hint}
      </p>
    )}
    <input
      class="input"
      type="search"
      id={`filter-${name}`}
      name={name}
      value={value ?? ''}
      autocomplete="off"
      aria-describedby={hint && `filter-${name}-hint`}
    />
  </div>
)
