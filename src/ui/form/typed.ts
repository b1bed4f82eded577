/** What was typed in a form, by the names of its fields. */
export type Typed = Readonly<Record<string, string | string[] | undefined>>

/** One typed value as text; nothing where there is none, or several. */
export const textTyped = (value: string | string[] | undefined): string => (typeof value === 'string' ? value : '')

/** A field as it was typed, for any of the fields that hold one text: its name, its value and what is wrong with it. */
export const asTyped = (name: string, typed: Typed, errors: Readonly<Record<string, string | undefined>>) => ({
  name,
  value: textTyped(typed[name]),
  error: errors[name],
})

/** All typed values of a repeated name. */
export const listTyped = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value

/** The three boxes of a date, as they were typed. */
export const dateTyped = (typed: Typed, name: string) => ({
  year: textTyped(typed[`${name}.year`]),
  month: textTyped(typed[`${name}.month`]),
  day: textTyped(typed[`${name}.day`]),
})

/** The three boxes of a date for an action; nothing typed at all is no date. */
export const dayTyped = (typed: Typed, name: string) => {
  const parts = dateTyped(typed, name)
  return parts.year || parts.month || parts.day ? parts : undefined
}
