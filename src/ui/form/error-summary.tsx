import { useUiWords } from '../ui-words.ts'

/** Sentences by field name, as in `Refusal.fields`; the key `''` is an error of the whole form. */
export type Errors = Readonly<Record<string, string | undefined>>

/** The entries that say something, in the order given. */
export const listErrors = (errors: Errors | undefined): [string, string][] =>
  Object.entries(errors ?? {}).filter((entry): entry is [string, string] => Boolean(entry[1]))

/** Field errors begin with 「＊」 in words of the rule; in the summary and in names of links the mark is left out. */
const plain = (sentence: string) => sentence.replace(/^[＊*]\s*/, '')

/**
 * How many places to correct, with links to them. The browser part moves the focus here. `places`: how many they are,
 * where an entry stands for a whole list of them on the page.
 */
export const ErrorSummary = ({ errors, places }: { errors: Errors; places?: number | undefined }) => {
  const w = useUiWords()
  const entries = listErrors(errors)
  if (entries.length === 0) return null
  return (
    <div class="error-summary" role="alert" tabindex={-1} data-error-summary="">
      <h2>{w.problems(places ?? entries.length)}</h2>
      <ul>
        {entries.map(([name, sentence]) => (
          <li key={name}>{name ? <a href={`#${name}`}>{plain(sentence)}</a> : plain(sentence)}</li>
        ))}
      </ul>
    </div>
  )
}
