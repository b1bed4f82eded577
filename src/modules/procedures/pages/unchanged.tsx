import { LongTextField } from '#ui/index.ts'
import { usePublicWords } from '../words.ts'

type UnchangedProps = {
  items: readonly { field: string; label: string }[]
  keep: Readonly<Record<string, string>>
  errors: Readonly<Record<string, string>>
}

/** Asked once something was sent as it was: correct it, or say why it can stay. */
export const Unchanged = ({ items, keep, errors }: UnchangedProps) => {
  const w = usePublicWords().filing
  const asked = items.filter(({ field }) => errors[`keep.${field}`] || keep[field])
  if (asked.length === 0) return null
  return (
    <>
      <h2>{w.keepTitle}</h2>
      <p>{w.keepText}</p>
      {asked.map(({ field, label }) => (
        <LongTextField
          name={`keep.${field}`}
          label={w.keep(label)}
          value={keep[field] ?? ''}
          error={errors[`keep.${field}`]}
          rows={2}
          maxlength={500}
          mark={false}
        />
      ))}
    </>
  )
}
