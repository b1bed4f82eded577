import { useUiWords } from '../ui-words.ts'
import { describedBy, errorId, FieldGroup, type FieldProps, hintId } from './field.tsx'

/** A date as typed; the server makes sense of it. */
export type DateParts = {
  era?: string | undefined
  year?: string | undefined
  month?: string | undefined
  day?: string | undefined
}

/** The year counts offered, newest first; 西暦 is the default. */
export const eras = ['西暦', '令和', '平成', '昭和', '大正', '明治'] as const

/**
 * A date in three boxes, as DADS asks, because pickers are slow for birthdays and hard by keyboard. With `era` the year may be
 * given as it stands on paper (令和8). Sends `name.year`, `name.month`, `name.day` and, with `era`, `name.era`.
 */
export const DateField = ({
  value = {},
  era = false,
  wrong = [],
  ...field
}: FieldProps & { value?: DateParts; era?: boolean; wrong?: readonly ('year' | 'month' | 'day')[] }) => {
  const w = useUiWords()
  const { name, id = name, error, required, autocomplete, hint = era ? w.dateHintEra : w.dateHint } = field
  const described = describedBy(hintId(id), error && errorId(id))

  const part = (unit: 'year' | 'month' | 'day') => {
    const own = unit === 'year' ? id : `${id}.${unit}`
    // Which box is wrong is known for some faults only; otherwise all three are.
    const invalid = error && (wrong.length === 0 || wrong.includes(unit))
    return (
      <div class="date__part">
        <label for={own}>{w[unit]}</label>
        <input
          class="input num"
          type="text"
          id={own}
          name={`${name}.${unit}`}
          value={value[unit] ?? ''}
          inputmode="numeric"
          maxlength={unit === 'year' ? 4 : 2}
          data-unit={unit}
          required={required || undefined}
          autocomplete={autocomplete === 'bday' ? `bday-${unit}` : 'off'}
          aria-invalid={invalid ? 'true' : undefined}
          aria-describedby={unit === 'year' ? described : undefined}
        />
      </div>
    )
  }

  return (
    <FieldGroup {...field} hint={hint}>
      <div class="date">
        {era && (
          <div class="date__part">
            <label for={`${id}.era`}>{w.era}</label>
            <select class="input" id={`${id}.era`} name={`${name}.era`}>
              {eras.map((name) => (
                <option key={name} value={name} selected={name === (value.era ?? '西暦') || undefined}>
                  {name}
                </option>
              ))}
            </select>
          </div>
        )}
        {part('year')}
        {part('month')}
        {part('day')}
      </div>
    </FieldGroup>
  )
}
