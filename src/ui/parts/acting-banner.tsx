import { shellPaths, useShell } from '../shell.tsx'
import { useUiWords } from '../ui-words.ts'

/** Says on every page for whom somebody acts, if not for themselves, and leads to where that is changed. */
export const ActingBanner = () => {
  const { person } = useShell()
  const w = useUiWords()
  if (!person?.actsFor) return null
  return (
    <p class="acting-banner">
      <strong>{w.actsFor(person.actsFor)}</strong> <a href={shellPaths.acting}>{w.actsForChange}</a>
    </p>
  )
}
